// The life of a key, through the real command, the real doors and the real store: made, used, limited, revoked, known after a restart.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyText } from '../../src/access/key-text.ts'
import { CollectorProcess, eventually, type RunningCollector, withDataDir } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpan } from '../stored.ts'
import { typeCommand } from '../type-command.ts'

const ENV = { INSIGHTS_AUTH: 'keys', INSIGHTS_BATCH_MAX_DELAY_MS: '20' }
const NOBODY = 'http://127.0.0.1:9'

let dataDir: string
let collector: RunningCollector
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'insights-keys-'))
  collector = await CollectorProcess.spawn({ dataDir, env: ENV }).ready()
})
afterAll(async () => {
  await collector.process.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

/** As typed on the machine of the collector. */
const insights = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  typeCommand({ dataDir, api: collector.doors.api, env: { ...ENV, ...env } }, argv)

const json = async (...argv: string[]) => JSON.parse((await insights([...argv, '--json'])).out)

const body = (name: string, count = 1) => {
  const spans = Array.from({ length: count }, (_, i) => span({ traceId: traceIdOf(name), spanId: spanIdOf(i + 1) }))
  return new Uint8Array(request(...spans))
}
const send = (key: string, name = 'keys', headers: Record<string, string> = {}) =>
  collector.post(body(name), { headers: { authorization: `Bearer ${key}`, ...headers } })
const read = (key: string, path = '/api/v1/traces') =>
  fetch(collector.doors.api + path, { headers: { 'x-api-key': key } })

const same = (bytes: Buffer): Buffer => bytes
const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

function sendGrpc(key: string, name = 'grpc'): Promise<number> {
  const client = new Client(collector.doors.grpc, credentials.createInsecure())
  const metadata = new Metadata()
  metadata.set('authorization', `Bearer ${key}`)
  return new Promise<number>((resolve) => {
    const done = (error: ServiceError | null) => resolve(error?.code ?? 0)
    client.makeUnaryRequest(EXPORT, same, same, Buffer.from(body(name)), metadata, {}, done)
  }).finally(() => client.close())
}

describe('a key', () => {
  it('is made on the machine of the collector without any other, printed once, and lets in at every door', async () => {
    const { code, out, err } = await insights(['keys', 'create', 'checkout', '--project', 'shop'])
    expect([code, out]).toEqual([0, expect.stringMatching(/^hz_sec_[0-9A-Za-z]{49}\n$/)])
    expect(err).toContain('cannot be shown again')
    const key = out.trim()
    expect([(await send(key, 'checkout')).status, await sendGrpc(key), (await read(key)).status]).toEqual([200, 0, 200])
    expect((await storedSpan(collector, traceIdOf('checkout')))['project_id']).toBe('shop')
    const listed = await insights(['keys', 'list', '--project', 'shop'])
    expect(listed.out).toContain(key.slice(0, 13))
    expect(listed.out).not.toContain(key.slice(0, 14))
    expect((await insights(['keys', 'list'])).out).toBe('no keys\n')
  })

  it('is kept nowhere but as a digest: not in the store, not on disk, not in the log', async () => {
    const { key, key_id } = await json('keys', 'create', 'traceless', '--project', 'shop')
    await send(key)
    const rows = await collector.sql<Record<string, unknown>>('SELECT * FROM api_keys WHERE key_id = {id:String}', {
      id: key_id,
    })
    expect(JSON.stringify(rows)).not.toContain(key.slice(13))
    const files = ['keys.json', ...(await readdir(join(dataDir, 'journal'))).map((name) => join('journal', name))]
    for (const file of files) {
      const text = await readFile(join(dataDir, file), 'latin1').catch(() => '')
      expect([file, text.includes(key.slice(13))]).toEqual([file, false])
    }
    expect((await stat(join(dataDir, 'keys.json'))).mode & 0o777).toBe(0o600)
    expect(collector.process.stderr).not.toContain(key.slice(13))
    const metrics = await (await fetch(`${collector.doors.api}/metrics`)).text()
    expect(metrics).not.toMatch(/hz_|config-/)
  })

  it('that is wrong is told how it is wrong, at every door, and never to try again', async () => {
    const { key } = await json('keys', 'create', 'short-lived', '--project', 'shop')
    const wrong = [key.slice(0, -1), createKeyText('secret'), 'foreign', `${key} ${key}`]
    for (const one of wrong) {
      const [http, api] = [await send(one), await read(one)]
      expect([one, http.status, api.status, await sendGrpc(one)]).toEqual([one, 401, 401, status.UNAUTHENTICATED])
      expect(http.headers.get('retry-after')).toBeNull()
    }
    expect(((await (await read(key.slice(0, -1))).json()) as { detail: string }).detail).toContain('mistyped')
    expect(((await (await read(createKeyText('secret'))).json()) as { detail: string }).detail).toContain('no such key')
  })

  it('may do what its scopes say, and is told so when it may not', async () => {
    const scoped = async (scope: string) => (await json('keys', 'create', scope, '--scope', scope)).key
    const [sender, reader, admin] = [await scoped('ingest'), await scoped('read'), await scoped('admin')]
    const statuses = async (key: string) => [
      (await send(key)).status,
      await sendGrpc(key),
      (await read(key)).status,
      (await read(key, '/api/v1/keys')).status,
    ]
    expect(await statuses(sender)).toEqual([200, 0, 403, 403])
    expect(await statuses(reader)).toEqual([403, status.PERMISSION_DENIED, 200, 403])
    expect(await statuses(admin)).toEqual([403, status.PERMISSION_DENIED, 403, 200])
  })

  it('is revoked at once where that was asked, and for good', async () => {
    const { key, key_id } = await json('keys', 'create', 'leaked', '--project', 'shop')
    expect((await send(key)).status).toBe(200)
    expect((await insights(['keys', 'revoke', 'leaked', '--project', 'lab'])).code).toBe(1)
    expect((await send(key)).status).toBe(200)
    const { code, out } = await insights(['keys', 'revoke', key_id, '--project', 'shop'])
    expect([code, out]).toEqual([0, `revoked leaked (${key.slice(0, 13)}…)\n`])
    expect([(await send(key)).status, await sendGrpc(key), (await read(key)).status]).toEqual([401, 16, 401])
    const all = await json('keys', 'list', '--all', '--project', 'shop')
    expect(all.find((one: { key_id: string }) => one.key_id === key_id).revoked_time).not.toBeNull()
    expect((await insights(['keys', 'list', '--project', 'shop'])).out).not.toContain('leaked')
  })

  it('made or revoked by another collector of the store is in force here within seconds', async () => {
    const { key, key_id } = await json('keys', 'create', 'elsewhere', '--project', 'shop')
    await collector.sql(
      `INSERT INTO api_keys SELECT * REPLACE (now64(3) AS revoked_time, version + 1 AS version) FROM api_keys WHERE key_id = {id:String}`,
      { id: key_id },
    )
    await eventually('the revocation', async () => ((await send(key)).status === 401 ? true : undefined), 15_000)
  })

  it('has a limit of its own, told with the time to wait, and is shown with what it sent', async () => {
    const { key, key_id } = await json('keys', 'create', 'limited', '--project', 'slow', '--spans-per-second', '2')
    const big = body('limited', 60)
    const post = () => collector.post(big, { headers: { 'x-api-key': key } })
    expect((await post()).status).toBe(200)
    const refused = await post()
    expect([refused.status, Number(refused.headers.get('retry-after')) >= 19]).toEqual([429, true])
    expect(await sendGrpc(key)).toBe(status.RESOURCE_EXHAUSTED)
    const metrics = await (await fetch(`${collector.doors.api}/metrics`)).text()
    expect(metrics).toContain('insights_receive_refused_total{door="http",reason="rate"} 1')
    expect(metrics).toContain('insights_receive_refused_total{door="grpc",reason="rate"} 1')
    await eventually(
      'the usage',
      async () => {
        const [one] = (await json('keys', 'list', '--project', 'slow')) as Record<string, unknown>[]
        return one !== undefined && one['key_id'] === key_id && one['spans_this_month'] === 60 ? one : undefined
      },
      45_000,
    )
  })
})

it("the operator's key is of the data directory's owner alone, and sends nothing", async () => {
  const file = join(dataDir, 'operator-key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const key = (await readFile(file, 'utf8')).trim()
  expect([(await send(key)).status, (await read(key)).status]).toEqual([403, 200])
  // A command elsewhere has none, and is refused.
  await withDataDir(async (elsewhere) => {
    const { code, err } = await insights(['keys', 'list'], { INSIGHTS_DATA_DIR: elsewhere })
    expect([code, err]).toEqual([1, expect.stringContaining('INSIGHTS_UNAUTHORIZED')])
  })
})

it('a collector that restarts while ClickHouse is away knows the keys of before; one that never knew asks to wait', () =>
  withDataDir(async (own) => {
    const env = { ...ENV, INSIGHTS_LOG_LEVEL: 'silent' }
    const first = await CollectorProcess.spawn({ dataDir: own, env }).ready()
    const made = async (path: string, init: RequestInit = {}) => {
      const key = (await readFile(join(own, 'operator-key'), 'utf8')).trim()
      const headers = { 'x-api-key': key, 'x-insights-project': 'shop', 'content-type': 'application/json' }
      return (await (await fetch(first.doors.api + path, { ...init, headers })).json()) as Record<string, string>
    }
    const live = await made('/api/v1/keys', { method: 'POST', body: JSON.stringify({ name: 'live' }) })
    const dead = await made('/api/v1/keys', { method: 'POST', body: JSON.stringify({ name: 'dead' }) })
    await made(`/api/v1/keys/${dead['key_id']}`, { method: 'DELETE' })
    await first.process.kill()

    const away = { ...env, INSIGHTS_CLICKHOUSE_URL: NOBODY }
    const post = async (to: RunningCollector, key: string) =>
      (await to.post(body('away'), { headers: { 'x-api-key': key } })).status
    const second = await CollectorProcess.spawn({ dataDir: own, env: away }).ready()
    expect([await post(second, live['key']!), await post(second, dead['key']!)]).toEqual([200, 401])
    await second.process.kill()

    await withDataDir(async (fresh) => {
      const third = await CollectorProcess.spawn({ dataDir: fresh, env: away }).ready()
      expect([await post(third, live['key']!), await post(third, 'foreign')]).toEqual([503, 401])
      await third.process.kill()
    })
  }))
