import { describe, expect, it } from 'vitest'
import { makeKey } from '../access/make-key.ts'
import { createHostCheck } from '../net/host.ts'
import type { Caller, KeyState, ProjectKeys, Scope } from './access-deps.ts'
import { type Answer, createTestApp } from './query.fixture.ts'

const NOW_MS = Date.UTC(2026, 0, 31)

/** Keys in memory, made by the access stage. */
function memory(): ProjectKeys {
  const kept = new Map<string, KeyState & { project: string }>()
  return {
    list: async (project) => [...kept.values()].filter((key) => key.project === project),
    create: async (project, wish) => {
      const { text, record } = makeKey(project, wish, NOW_MS)
      const state = { ...record, lastUsedMs: undefined, month: { bytes: 0, spans: 0 } }
      kept.set(record.keyId, state)
      return { ...state, key: text }
    },
    revoke: async (project, keyId) => {
      const key = kept.get(keyId)
      if (key?.project !== project) return undefined
      key.revokedMs ??= NOW_MS
      return key
    },
  }
}

const asks = (name: string | null): Caller | undefined => {
  const [project, scopes] = name?.split('/') ?? []
  return project && scopes ? { project, scopes: new Set(scopes.split('+') as Scope[]) } : undefined
}

const app = createTestApp(async () => [], {
  keys: memory(),
  auth: ({ headers }) => asks(headers.get('x-api-key')),
  allowsOrigin: (origin) => origin === 'https://ops.example',
  servesHost: createHostCheck({ isLoopback: true, isOpen: true, allowed: [] }),
})

interface Asked {
  method?: string
  as?: string
  body?: unknown
  headers?: Record<string, string>
}

async function ask(path: string, { method = 'GET', as = 'alpha/admin', body, headers }: Asked = {}) {
  const response = await app.request(path, {
    method,
    headers: { 'x-api-key': as, 'content-type': 'application/json', host: 'localhost', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer: Answer['body'] = text === '' ? {} : JSON.parse(text)
  return { status: response.status, headers: response.headers, body: answer }
}
const create = (body: unknown, as?: string) =>
  ask('/api/v1/keys', { method: 'POST', body, ...(as === undefined ? {} : { as }) })

describe('keys of a project', () => {
  it('are told once, listed without their text, and revoked for good', async () => {
    const made = await create({ name: ' checkout ', scopes: ['ingest'], spans_per_second: 5 })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      name: 'checkout',
      kind: 'secret',
      scopes: ['ingest'],
      spans_per_second: 5,
      bytes_per_second: null,
    })
    expect(made.body.key).toMatch(/^hz_sec_/)
    expect(made.headers.get('cache-control')).toBe('no-store')
    const listed = await ask('/api/v1/keys')
    expect(listed.body.data).toMatchObject([
      { key_id: made.body.key_id, prefix: made.body.key.slice(0, 13), revoked_time: null },
    ])
    expect(JSON.stringify(listed.body)).not.toContain(made.body.key.slice(13))
    expect(JSON.stringify(listed.body)).not.toMatch(/sha256|[0-9a-f]{64}/)
    const revoked = await ask(`/api/v1/keys/${made.body.key_id}`, { method: 'DELETE' })
    expect([revoked.status, revoked.body.revoked_time]).toEqual([200, '2026-01-31T00:00:00.000Z'])
  })

  it('are for sending and reading unless said, and only for sending when they are public', async () => {
    expect((await create({ name: 'a' })).body.scopes).toEqual(['ingest', 'read'])
    const open = await create({ name: 'web', kind: 'public', origins: ['https://App.example/'] })
    expect(open.body).toMatchObject({ scopes: ['ingest'], origins: ['https://app.example'] })
    expect(open.body.key).toMatch(/^hz_pub_/)
  })

  it.each([
    [{ name: '' }, 'INSIGHTS_QUERY_INVALID'],
    [{}, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x'.repeat(101) }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', scope: ['ingest'] }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', scopes: ['root'] }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', project: 'beta' }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', spans_per_second: 0 }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', spans_per_second: 1.5 }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', expires_time: 'tomorrow' }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', kind: 'public', origins: ['app.example'] }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', kind: 'public', origins: ['*'] }, 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', kind: 'public', scopes: ['read'] }, 'INSIGHTS_KEY_INVALID'],
    [{ name: 'x', origins: ['https://a.example'] }, 'INSIGHTS_KEY_INVALID'],
    [{ name: 'x', expires_time: '2020-01-01T00:00:00Z' }, 'INSIGHTS_KEY_INVALID'],
    [[], 'INSIGHTS_QUERY_INVALID'],
    ['{', 'INSIGHTS_QUERY_INVALID'],
    [{ name: 'x', __proto__: null, constructor: 1 }, 'INSIGHTS_QUERY_INVALID'],
  ])('%j is refused', async (body, code) => {
    const answer = await create(body)
    expect([answer.status, answer.body.code]).toEqual([400, code])
  })

  it('of another project are neither seen nor revoked, whatever is asked', async () => {
    const made = await create({ name: 'mine' })
    const path = `/api/v1/keys/${made.body.key_id}`
    expect((await ask(path, { method: 'DELETE', as: 'beta/admin' })).status).toBe(404)
    expect((await ask('/api/v1/keys', { as: 'beta/admin' })).body.data).toEqual([])
    expect((await ask('/api/v1/keys?project=alpha', { as: 'beta/admin' })).status).toBe(400)
  })
})

describe('a key is let do what its scopes say', () => {
  const ROUTES: [method: string, path: string, scope: string][] = [
    ['GET', '/api/v1/traces', 'read'],
    ['GET', '/api/v1/metrics/cost', 'read'],
    ['GET', '/api/v1/nothing', 'read'],
    ['GET', '/api/v1/keys', 'admin'],
    ['GET', '/api/v1/keys/', 'admin'],
    ['GET', '/api/v1/%6beys', 'admin'],
    ['POST', '/api/v1/keys', 'admin'],
    ['DELETE', '/api/v1/keys/x', 'admin'],
    ['PUT', '/api/v1/prices', 'admin'],
    ['PATCH', '/api/v1/anything', 'admin'],
    ['POST', '/api/v1/scores', 'ingest'],
    ['POST', '/api/v1/sql', 'read'],
  ]

  it.each(ROUTES)('%s %s needs %s', async (method, path, scope) => {
    const others = ['ingest', 'read', 'admin'].filter((one) => one !== scope).join('+')
    const refused = await ask(path, { method, as: `alpha/${others}` })
    expect([refused.status, refused.body.code]).toEqual([403, 'INSIGHTS_FORBIDDEN'])
    expect(refused.body.detail).toContain(scope)
    expect(refused.headers.get('www-authenticate')).toBeNull()
    const allowed = await ask(path, { method, as: `alpha/${scope}` })
    expect([401, 403]).not.toContain(allowed.status)
    const unknown = await ask(path, { method, as: 'nobody' })
    expect([unknown.status, unknown.body.code]).toEqual([401, 'INSIGHTS_UNAUTHORIZED'])
    expect(unknown.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  it('and while the keys cannot be read, it is asked to come again', async () => {
    const starting = createTestApp(async () => [], { auth: () => ({ status: 'unavailable', message: 'not yet' }) })
    const response = await starting.request('/api/v1/traces')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
  })
})

describe('a page', () => {
  const change = (headers: Record<string, string>) =>
    ask('/api/v1/keys', { method: 'POST', body: { name: 'x' }, headers })

  it('of another origin changes nothing, though its request arrives', async () => {
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3000' },
      { origin: 'http://localhost.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await change(headers as Record<string, string>)
      expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'INSIGHTS_ORIGIN_REFUSED'])
    }
  })

  it('of ours does, and so does a program, and a page that was named', async () => {
    for (const headers of [
      {},
      { origin: 'http://localhost' },
      { origin: 'https://localhost', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://ops.example', 'sec-fetch-site': 'cross-site' },
    ])
      expect((await change(headers as Record<string, string>)).status).toBe(201)
  })

  it('that was named may ask before and read the answer; others learn nothing', async () => {
    const preflight = (origin: string) => ask('/api/v1/keys', { method: 'OPTIONS', as: '', headers: { origin } })
    const named = await preflight('https://ops.example')
    expect([named.status, named.headers.get('access-control-allow-origin')]).toEqual([204, 'https://ops.example'])
    expect(named.headers.get('access-control-allow-credentials')).toBeNull()
    const other = await preflight('https://evil.example')
    expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([401, null])
    const read = (origin: string) => ask('/api/v1/traces', { as: 'alpha/read', headers: { origin } })
    expect((await read('https://ops.example')).headers.get('access-control-allow-origin')).toBe('https://ops.example')
    expect((await read('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('that reached us by a rebound name reads nothing, not even whether we live', async () => {
    for (const path of ['/', '/livez', '/metrics', '/api/openapi.json', '/api/v1/traces']) {
      const answer = await ask(path, { as: 'alpha/read', headers: { host: 'rebound.evil.example:4320' } })
      expect([path, answer.status, answer.body.code]).toEqual([path, 421, 'INSIGHTS_HOST_REFUSED'])
    }
  })
})

it('every answer but the page says that nothing of it is to be run, framed, sniffed or kept', async () => {
  for (const path of ['/api/v1/traces', '/api/v1/nothing', '/api/openapi.json', '/livez', '/metrics', '/nowhere.js']) {
    const { headers } = await app.request(path, { headers: { host: 'localhost', 'x-api-key': 'alpha/read' } })
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff'])
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
})
