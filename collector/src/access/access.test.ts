import { describe, expect, it } from 'vitest'
import type { Sender } from './access.ts'
import { createKeyText } from './key-text.ts'
import { testAccess, testKey } from './testing.ts'

const withKeys = () =>
  testAccess({
    configured: [
      { project: 'one', key: 'secret-of-one' },
      { project: 'two', key: 'secret-of-two', scopes: ['ingest'] },
    ],
  }).access

describe('who a request is from', () => {
  it('is told by its key, as bearer or in x-api-key, the bearer first', () => {
    const access = withKeys()
    const projectOf = (shown: Parameters<typeof access.admit>[0]) => {
      const admitted = access.admit(shown)
      return admitted.status === 'admitted' ? admitted.project : admitted.status
    }
    expect(projectOf({ authorization: 'Bearer secret-of-one' })).toBe('one')
    expect(projectOf({ authorization: 'bearer  secret-of-one ' })).toBe('one')
    expect(projectOf({ apiKey: 'secret-of-two' })).toBe('two')
    expect(projectOf({ authorization: 'Bearer secret-of-one', apiKey: 'secret-of-two' })).toBe('one')
    expect(projectOf({ authorization: 'Bearer wrong', apiKey: 'secret-of-two' })).toBe('unauthenticated')
    expect(projectOf({ authorization: 'Basic secret-of-one' })).toBe('unauthenticated')
    expect(projectOf({ authorization: `Basic ${btoa('anybody:secret-of-one')}` })).toBe('one')
    expect(projectOf({ authorization: `basic ${btoa(':secret-of-two')}`, apiKey: 'secret-of-one' })).toBe('two')
    expect(projectOf({ authorization: `Basic ${btoa('secret-of-one:')}`, apiKey: '' })).toBe('unauthenticated')
    expect(projectOf({ authorization: `Basic ${btoa('x:wrong')}`, apiKey: 'secret-of-one' })).toBe('unauthenticated')
    expect(projectOf({})).toBe('unauthenticated')
    expect(projectOf({ apiKey: '' })).toBe('unauthenticated')
  })

  it('is not taken from a password for a page elsewhere, since a browser shows it by itself', () => {
    const access = withKeys()
    const origin = 'https://elsewhere.example'
    expect(access.admit({ authorization: 'Bearer secret-of-one', origin }).status).toBe('admitted')
    expect(access.admit({ authorization: `Basic ${btoa('x:secret-of-one')}`, origin }).status).toBe('forbidden')
  })

  it('is everyone, as project default, where no key is asked for', () => {
    const { access } = testAccess()
    expect(access.admit({})).toMatchObject({ status: 'admitted', project: 'default' })
    expect(access.admit({ apiKey: 'whatever' })).toMatchObject({ status: 'admitted', project: 'default' })
  })

  it('is still its key where none is asked for: a known one names its project, a wrong one of ours does not pass for none', () => {
    const [live, dead] = [testKey(), testKey({ revokedMs: 1 })]
    const { access } = testAccess({ records: [live.record, dead.record], isOpen: true })
    expect(access.admit({ apiKey: live.text })).toMatchObject({ status: 'admitted', project: 'shop' })
    expect(access.admit({ apiKey: dead.text })).toMatchObject({ status: 'unauthenticated' })
    expect(access.admit({ apiKey: createKeyText('secret') })).toMatchObject({ status: 'unauthenticated' })
  })

  it('is told apart when it is wrong: missing, mistyped, unknown, revoked, expired', () => {
    const [live, dead, old] = [testKey(), testKey({ revokedMs: 1 }), testKey({ expiresMs: 1 })]
    const { access } = testAccess({ records: [live.record, dead.record, old.record] })
    const why = (apiKey: string | undefined) => {
      const identified = access.identify({ apiKey })
      return identified.status === 'refused' ? identified.refusal.message : identified.grant.project
    }
    expect(why(live.text)).toBe('shop')
    expect(why(undefined)).toContain('there is no key')
    expect(why(live.text.slice(0, -1))).toContain('mistyped')
    expect(why(createKeyText('secret'))).toContain('no such key')
    expect(why('foreign')).toContain('no such key')
    expect(why(dead.text)).toContain('revoked')
    expect(why(old.text)).toContain('expired')
  })

  it('cannot be told before the keys were read: a key that may be right is asked to come again, others are refused', () => {
    const { access, keyring } = testAccess({ isOpen: false })
    const { text, record } = testKey()
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'unavailable', reason: 'starting' })
    expect(access.admit({ apiKey: 'foreign' })).toMatchObject({ status: 'unauthenticated' })
    expect(access.admit({ apiKey: text.slice(1) })).toMatchObject({ status: 'unauthenticated' })
    keyring.replace([record])
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'admitted' })
    keyring.replace([])
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'unauthenticated' })
  })

  it('is told by a client certificate whose name is known, and by a key before that', () => {
    const { access } = testAccess({
      configured: [{ project: 'one', key: 'secret-of-one' }],
      certificates: new Map([['gateway.internal', 'mesh']]),
    })
    const certificateNames = ['other', 'gateway.internal']
    expect(access.admit({ certificateNames })).toMatchObject({ status: 'admitted', project: 'mesh' })
    expect(access.admit({ certificateNames, apiKey: 'secret-of-one' })).toMatchObject({ project: 'one' })
    expect(access.admit({ certificateNames: ['other'] })).toMatchObject({ status: 'unauthenticated' })
  })
})

describe('what it may do', () => {
  it('is what its scopes say, and ingest is one of them', () => {
    const access = withKeys()
    const reader = testKey({ scopes: ['read', 'admin'] })
    expect(testAccess({ records: [reader.record] }).access.admit({ apiKey: reader.text })).toMatchObject({
      status: 'forbidden',
      reason: 'scope',
    })
    expect(access.identify({ apiKey: 'secret-of-two' })).toMatchObject({ grant: { scopes: new Set(['ingest']) } })
    // A key of the configuration changes nothing unless that was said.
    expect(access.identify({ apiKey: 'secret-of-one' })).toMatchObject({
      grant: { scopes: new Set(['ingest', 'read']) },
    })
  })

  it("is reading and changing of a project by name for the operator's key, and not sending", () => {
    const operatorKey = createKeyText('operator')
    const { access } = testAccess({ operatorKey, configured: [{ project: 'one', key: 'secret-of-one' }] })
    expect(access.identify({ apiKey: operatorKey, project: 'shop' })).toMatchObject({
      grant: { project: 'shop', scopes: new Set(['read', 'admin']) },
    })
    expect(access.identify({ apiKey: operatorKey })).toMatchObject({ grant: { project: 'default' } })
    expect(access.identify({ apiKey: operatorKey, project: "x'; DROP" })).toMatchObject({ status: 'refused' })
    expect(access.identify({ apiKey: createKeyText('operator') })).toMatchObject({ status: 'refused' })
    expect(access.admit({ apiKey: operatorKey })).toMatchObject({ status: 'forbidden', reason: 'scope' })
    // Nobody else can name a project.
    expect(access.identify({ apiKey: 'secret-of-one', project: 'shop' })).toMatchObject({ grant: { project: 'one' } })
  })
})

it('metrics by project are for the operator and for whoever has their key, where keys are asked for', () => {
  const operatorKey = createKeyText('operator')
  const { access } = testAccess({
    operatorKey,
    metricsKey: 'm',
    configured: [{ project: 'one', key: 'secret-of-one' }],
  })
  const sees = (apiKey?: string) => access.seesProjects({ apiKey })
  expect([sees('m'), sees(operatorKey), sees('secret-of-one'), sees('x'), sees()]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  expect(access.identify({ apiKey: 'm' })).toMatchObject({ status: 'refused' })
  expect(testAccess().access.seesProjects({})).toBe(true)
})

describe('from where', () => {
  const page = 'https://app.example'
  const open = testKey({ kind: 'public', origins: [page] })

  it('a public key may be used: from its own origins, and where there is no page', () => {
    const { access } = testAccess({ records: [open.record, testKey({ kind: 'public', revokedMs: 1 }).record] })
    const admit = (origin?: string) => access.admit({ apiKey: open.text, origin })
    expect(admit(page)).toMatchObject({ status: 'admitted', maxBodyBytes: 1000 })
    expect(admit()).toMatchObject({ status: 'admitted' })
    expect(admit('https://evil.example')).toMatchObject({ status: 'forbidden', reason: 'origin' })
    expect(admit('null')).toMatchObject({ status: 'forbidden' })
    expect([access.allowsOrigin(page), access.allowsOrigin('https://evil.example')]).toEqual([true, false])
  })

  it('is not asked of a secret key, and no page may send without a key unless it was named', () => {
    const secret = testKey()
    const { access } = testAccess({ records: [secret.record], isOpen: true, corsOrigins: [page] })
    expect(access.admit({ apiKey: secret.text, origin: 'https://evil.example' })).toMatchObject({ status: 'admitted' })
    expect(access.admit({ origin: 'https://evil.example' })).toMatchObject({ status: 'forbidden', reason: 'origin' })
    expect(access.admit({ origin: page })).toMatchObject({ status: 'admitted' })
    const certificates = new Map([['n', 'mesh']])
    expect(
      testAccess({ certificates }).access.admit({ certificateNames: ['n'], origin: 'http://evil.example' }),
    ).toMatchObject({ status: 'forbidden' })
  })

  it('of a revoked public key is no longer told to a preflight', () => {
    const { access, keyring } = testAccess({ records: [open.record] })
    expect(access.allowsOrigin(page)).toBe(true)
    keyring.put({ ...open.record, revokedMs: 5 })
    expect(access.allowsOrigin(page)).toBe(false)
    expect(access.admit({ apiKey: open.text })).toMatchObject({ status: 'unauthenticated' })
  })
})

describe('how much', () => {
  const admitted = (value: ReturnType<ReturnType<typeof testAccess>['access']['admit']>): Sender => {
    if (value.status !== 'admitted') throw new Error(value.message)
    return value
  }

  it('is limited by bytes of a key before they are read, with the time to wait', () => {
    const { text, record } = testKey({ rates: { bytesPerSecond: 100 } })
    const { access, clock } = testAccess({ records: [record] })
    expect(admitted(access.admit({ apiKey: text })).reserve(60)).toBeUndefined()
    const second = admitted(access.admit({ apiKey: text }))
    expect(second.reserve(60)).toMatchObject({ status: 'exhausted', reason: 'rate', retryAfterMs: 200 })
    clock.ms += 200
    expect(second.reserve(60)).toBeUndefined()
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'exhausted', reason: 'rate' })
  })

  it('is paid for afterwards by spans, which no request is refused for once it was let in', () => {
    const { text, record } = testKey({ rates: { spansPerSecond: 10 } })
    const { access, clock } = testAccess({ records: [record] })
    admitted(access.admit({ apiKey: text })).settle({ bytes: 1, spans: 30 })
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'exhausted', retryAfterMs: 2100 })
    clock.ms += 2100
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'admitted' })
  })

  it('counts what came, not what was declared', () => {
    const { text, record } = testKey({ rates: { bytesPerSecond: 100 } })
    const { access, usage } = testAccess({ records: [record] })
    const sender = admitted(access.admit({ apiKey: text }))
    sender.reserve(100)
    sender.settle({ bytes: 20, spans: 1 })
    expect(usage.ofKey('shop', record.keyId)).toEqual({ bytes: 20, spans: 1 })
    expect(admitted(access.admit({ apiKey: text })).reserve(80)).toBeUndefined()
  })

  it('is limited for a project over all of its keys', () => {
    const [one, two, other] = [testKey(), testKey(), testKey({ project: 'lab' })]
    const { access } = testAccess({
      records: [one.record, two.record, other.record],
      meters: { projectRates: { bytesPerSecond: 100 } },
    })
    admitted(access.admit({ apiKey: one.text })).settle({ bytes: 100, spans: 1 })
    expect(access.admit({ apiKey: two.text })).toMatchObject({ status: 'exhausted', message: /project/ })
    expect(access.admit({ apiKey: other.text })).toMatchObject({ status: 'admitted' })
  })

  it('of a month has no time to wait when it is used up, until the month turns', () => {
    const { text, record } = testKey({ rates: { bytesPerMonth: 100, spansPerMonth: 5 } })
    const { access, clock } = testAccess({ records: [record] })
    const sender = admitted(access.admit({ apiKey: text }))
    expect(sender.reserve(101)).toMatchObject({ status: 'exhausted', reason: 'quota' })
    sender.settle({ bytes: 10, spans: 5 })
    const refusal = access.admit({ apiKey: text })
    expect(refusal).toMatchObject({ status: 'exhausted', reason: 'quota' })
    expect('retryAfterMs' in refusal).toBe(false)
    clock.ms = Date.UTC(2026, 1, 1) - 1
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'exhausted' })
    clock.ms += 1
    expect(access.admit({ apiKey: text })).toMatchObject({ status: 'admitted' })
  })

  it('is by default what the configuration says for its kind, and its own where it has one', () => {
    const [plain, own, open] = [testKey(), testKey({ rates: { bytesPerSecond: 1000 } }), testKey({ kind: 'public' })]
    const { access } = testAccess({
      records: [plain.record, own.record, open.record],
      meters: { keyRates: { bytesPerSecond: 100 }, publicKeyRates: { bytesPerSecond: 10 } },
    })
    const isUsedUpBy = (apiKey: string, bytes: number): boolean => {
      admitted(access.admit({ apiKey })).reserve(bytes)
      return access.admit({ apiKey }).status === 'exhausted'
    }
    expect([open, plain, own].map(({ text }) => isUsedUpBy(text, 10))).toEqual([true, false, false])
    expect([plain, own].map(({ text }) => isUsedUpBy(text, 90))).toEqual([true, false])
    expect(isUsedUpBy(own.text, 900)).toBe(true)
  })
})
