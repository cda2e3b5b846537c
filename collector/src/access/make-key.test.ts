import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readKeyFile, writeKeyFile } from './key-file.ts'
import { digestOf } from './key-text.ts'
import { type KeyWish, makeKey } from './make-key.ts'
import { createOperatorKey } from './operator-key.ts'
import { testAccess, testKey } from './testing.ts'

const WISH: KeyWish = {
  name: 'ci',
  kind: 'secret',
  scopes: ['ingest'],
  origins: [],
  rates: {},
  expiresMs: undefined,
}

describe('makeKey', () => {
  it('gives a text that opens what was wished, and a record that does not hold it', () => {
    const { text, record } = makeKey('shop', { ...WISH, scopes: ['ingest', 'ingest', 'read'] }, 1000)
    expect(record).toMatchObject({ project: 'shop', scopes: ['ingest', 'read'], createdMs: 1000, revokedMs: undefined })
    expect(record.sha256).toBe(digestOf(text).toString('hex'))
    expect(JSON.stringify(record)).not.toContain(text.slice(13))
    const { access } = testAccess({ records: [record] })
    expect(access.identify({ apiKey: text })).toMatchObject({ grant: { project: 'shop', keyId: record.keyId } })
  })

  it.each([
    ['no scope', { scopes: [] }, /no scope/],
    ['a public key that reads', { kind: 'public', scopes: ['ingest', 'read'] }, /ingest is all/],
    ['a secret key with origins', { origins: ['https://a.example'] }, /only one has origins/],
    ['a public key for every page', { kind: 'public', origins: ['*'] }, /must be named/],
    ['an end in the past', { expiresMs: 1000 }, /expired already/],
  ] as [string, Partial<KeyWish>, RegExp][])('refuses %s', (_name, over, message) => {
    expect(() => makeKey('shop', { ...WISH, ...over }, 1000)).toThrow(message)
  })
})

describe('in the data directory', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'insights-keys-'))
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  it('a copy of the keys is kept for the owner alone, without their texts', async () => {
    const { text, record } = testKey({ rates: { bytesPerSecond: 5 }, expiresMs: 7, origins: [] })
    expect(await readKeyFile(dataDir)).toBeUndefined()
    await writeFile(join(dataDir, `keys.json.${process.pid}.draft`), 'left by a killed process', { mode: 0o666 })
    await writeKeyFile(dataDir, [record])
    expect(await readKeyFile(dataDir)).toEqual([record])
    const path = join(dataDir, 'keys.json')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(path, 'utf8')).not.toContain(text.slice(13))
  })

  it.each(['', '{', '{"version":2,"keys":[]}', '{"version":1,"keys":[{"keyId":1}]}'])(
    'a copy that is broken (%s) is an error, not a list without keys',
    async (content) => {
      await writeFile(join(dataDir, 'keys.json'), content)
      await expect(readKeyFile(dataDir)).rejects.toThrow()
    },
  )

  it("the operator's key is another one at each start", async () => {
    const first = await createOperatorKey(dataDir)
    const second = await createOperatorKey(dataDir)
    expect(first).not.toBe(second)
    expect(await readFile(join(dataDir, 'operator-key'), 'utf8')).toBe(`${second}\n`)
    expect((await stat(join(dataDir, 'operator-key'))).mode & 0o777).toBe(0o600)
  })
})
