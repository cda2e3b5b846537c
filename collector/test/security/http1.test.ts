// What a client can do to the HTTP/1 servers with bytes that no library would send: the OTLP door, the query API, the engine's door.
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/supervise.ts'
import { createHostCheck } from '../../src/net/host.ts'
import { asOwner } from '../../src/query/query.fixture.ts'
import { startQueryApi } from '../../src/query/start-query-api.ts'
import { startOtlpHttp } from '../../src/receive/otlp-http.ts'
import { rawExchange, testDoor, waitUntil } from '../../src/receive/testing.ts'
import { systemClock } from '../../src/telemetry/clock.ts'
import { createLog } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'

let ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

interface Opened {
  address: string
  /** A POST that this server reads: target and headers. */
  post: string
  rendered(): string
}

interface Limits {
  connections?: { max: number; maxPerAddress: number }
  requestTimeoutMs?: number
  bodyIdleMs?: number
}

const shared = () => ({ log: createLog('silent'), metrics: createMetrics(), clock: systemClock })

async function openDoor({ connections, ...times }: Limits = {}): Promise<Opened> {
  const made = testDoor()
  const limits = { ...made.options.limits, ...(connections ? { connections } : {}) }
  const door = await startOtlpHttp({ ...made.options, limits, ...times })
  ends.push(() => door.stop(0))
  return { address: door.address, post: 'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\n', rendered: made.rendered }
}

async function openApi(limits: Limits = {}): Promise<Opened> {
  const base = shared()
  const api = await startQueryApi({
    ...base,
    ...limits,
    listen: { host: '127.0.0.1', port: 0 },
    select: async () => [],
    auth: () => asOwner('default'),
    health: () => ({ live: true, ready: true, checks: {} }),
    keys: { list: async () => [], create: () => Promise.reject(new Error('no')), revoke: async () => undefined },
    servesHost: createHostCheck({ isLoopback: true, isOpen: true, allowed: [] }),
    version: '1',
  })
  ends.push(() => api.stop())
  return {
    address: api.address,
    post: 'POST /api/v1/keys HTTP/1.1\r\nhost: localhost\r\n',
    rendered: () => base.metrics.render(),
  }
}

let engine: Awaited<ReturnType<typeof startEngine>>
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'insights-http1-'))
  engine = await startEngine({
    ...shared(),
    dataDir,
    listen: '127.0.0.1:0',
    connections: { max: 50, maxPerAddress: 40 },
  })
})
afterAll(async () => {
  await engine.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const openEngine = async (): Promise<Opened> => ({
  address: new URL(engine.url).host,
  post: `POST / HTTP/1.1\r\nhost: localhost\r\nx-clickhouse-user: insights\r\nx-clickhouse-key: ${engine.password}\r\n`,
  rendered: () => '',
})

const SERVERS: Record<string, (limits?: Limits) => Promise<Opened>> = {
  'the OTLP door': openDoor,
  'the query API': openApi,
  'the door of the engine': openEngine,
}
const JSON_TYPE = 'content-type: application/json\r\n'

const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
const statusesOf = (text: string): number[] => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) => Number(code))

/** Two readers of these could disagree on where the request ends, or what it is. */
const AMBIGUOUS: Record<string, (post: string) => string> = {
  'length and chunks at once': (post) =>
    `${post}${JSON_TYPE}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  'two lengths': (post) => `${post}${JSON_TYPE}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
  'a length that is none': (post) => `${post}${JSON_TYPE}content-length: 0x2\r\n\r\n{}`,
  'a negative length': (post) => `${post}${JSON_TYPE}content-length: -1\r\n\r\n{}`,
  'a length beyond 2^64': (post) => `${post}${JSON_TYPE}content-length: 99999999999999999999999\r\n\r\n{}`,
  'chunked that is not last': (post) => `${post}${JSON_TYPE}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  'a chunk size that is none': (post) => `${post}${JSON_TYPE}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  'a chunk size that overflows': (post) =>
    `${post}${JSON_TYPE}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n`,
  'a space before the colon': (post) => `${post}${JSON_TYPE}content-length : 2\r\n\r\n{}`,
  'a header that goes on in the next line': (post) =>
    `${post}${JSON_TYPE}x-a: 1\r\n x-api-key: 2\r\ncontent-length: 2\r\n\r\n{}`,
  'a NUL in a header': (post) => `${post}x-a: 1\0\r\n\r\n`,
  'a bare CR in a header': (post) => `${post}x-a: 1\rx-b: 2\r\n\r\n`,
  'no host': () => 'GET /livez HTTP/1.1\r\n\r\n',
  'a method that is none': () => 'G@T / HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'a TLS greeting': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
  'the greeting of HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
}

describe.each(Object.keys(SERVERS))('%s', (name) => {
  const open = SERVERS[name]!

  it.each(Object.keys(AMBIGUOUS))('refuses %s and closes', async (what) => {
    const { address, post } = await open()
    const text = await rawExchange(address, [AMBIGUOUS[what]!(post)], { quietMs: 2_000 })
    const statuses = statusesOf(text)
    expect(statuses.length).toBeLessThanOrEqual(1)
    // Some are not even worth an answer.
    if (statuses.length === 1) expect([400, 404, 413, 505]).toContain(statuses[0])
    expect(text).not.toMatch(/HTTP\/1\.1 2/)
  })

  it('reads at most 100 headers, of 16 KiB in all (the engine: of 1 MiB, for queries in the URL)', async () => {
    const { address, post } = await open()
    const many = Array.from({ length: 150 }, (_, i) => `x-${i}: 1\r\n`).join('')
    expect(statusOf(await rawExchange(address, [`${post}${many}content-length: 0\r\n\r\n`]))).toBe(431)
    const size = name === 'the door of the engine' ? 2 ** 20 : 2 ** 14
    const large = `${post}x-large: ${'a'.repeat(size + 1_000)}\r\n\r\n`
    expect(statusOf(await rawExchange(address, [large]))).toBe(431)
  })

  it('answers what was piped before it closes, and no more', async () => {
    const { address } = await open()
    const head = name === 'the query API' ? 'GET /livez' : name === 'the OTLP door' ? 'GET /' : 'GET /ping'
    const request = `${head} HTTP/1.1\r\nhost: localhost\r\n`
    const text = await rawExchange(address, [`${request}\r\n`.repeat(499), `${request}connection: close\r\n\r\n`])
    expect(statusesOf(text).filter((status) => status === 200)).toHaveLength(500)
  })

  it('says that its answers are not to be taken for pages', async () => {
    const { address, post } = await open()
    const text = await rawExchange(address, [`${post}connection: close\r\ncontent-length: 0\r\n\r\n`])
    if (name !== 'the OTLP door') expect(text).toMatch(/x-content-type-options: nosniff/i)
    expect(text).not.toMatch(/access-control-allow-origin/i)
    expect(text).not.toMatch(/x-powered-by|server:/i)
  })
})

describe.each(['the OTLP door', 'the query API'])('%s, slowly', (name) => {
  const open = SERVERS[name]!

  it('gives up a head that does not come to its end (slowloris)', async () => {
    const { address } = await open({ requestTimeoutMs: 300 })
    const socket = dial(address)
    const began = performance.now()
    const drip = setInterval(() => socket.write('x-a: b\r\n'), 50)
    ends.push(() => clearInterval(drip))
    socket.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n')
    await new Promise((resolve) => socket.once('close', resolve))
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  it('gives up a body of which nothing comes', async () => {
    const { address, post, rendered } = await open({ bodyIdleMs: 200 })
    const text = await rawExchange(address, [`${post}${JSON_TYPE}content-length: 100\r\n\r\n{`])
    expect(statusOf(text)).toBe(408)
    expect(rendered()).toMatch(/refused_total\{.*reason="slow"\} 1/)
  })

  it('lets a body be slow that keeps coming, and an answer take its time', async () => {
    const { address, post } = await open({ bodyIdleMs: 150 })
    const socket = dial(address)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    const content = '{"name": "a"}'
    socket.write(`${post}${JSON_TYPE}content-length: ${content.length}\r\n\r\n`)
    for (const byte of content) {
      socket.write(byte)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    await waitUntil(() => statusOf(text) > 0)
    expect(statusOf(text)).not.toBe(408)
    // The same connection goes on, beyond the time that a body may pause.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(socket.destroyed).toBe(false)
  })

  it('closes connections beyond the number from one address, and lets others in when one is gone', async () => {
    const { address, rendered } = await open({ connections: { max: 100, maxPerAddress: 5 } })
    const sockets = Array.from({ length: 5 }, () => dial(address))
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
    const get = 'GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'
    expect(await rawExchange(address, [get])).toBe('')
    expect(rendered()).toMatch(/refused_total\{.*reason="connections"\} 1/)
    sockets[0]!.destroy()
    await waitUntil(() => sockets[0]!.destroyed)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(statusOf(await rawExchange(address, [get]))).toBe(200)
  })
})

function dial(address: string): Socket {
  const at = address.lastIndexOf(':')
  const socket = connect(Number(address.slice(at + 1)), address.slice(0, at))
  socket.on('error', () => undefined)
  ends.push(() => socket.destroy())
  return socket
}

describe('the door of the engine', () => {
  const ask = async (headers: string) => {
    const { address } = await openEngine()
    const auth = `x-clickhouse-user: insights\r\nx-clickhouse-key: ${engine.password}\r\n`
    const head = `POST /?query=SELECT%2042 HTTP/1.1\r\n${headers}${auth}connection: close\r\ncontent-length: 0\r\n\r\n`
    return rawExchange(address, [head])
  }

  it('answers this machine, and nobody by a rebound name, though it shows the password', async () => {
    for (const host of ['localhost:4323', '127.0.0.1', '[::1]:1'])
      expect(await ask(`host: ${host}\r\n`)).toMatch(/42\n/)
    for (const host of ['evil.example', 'localhost.evil.example:4323', '127.0.0.1.evil.example'])
      expect(statusOf(await ask(`host: ${host}\r\n`))).toBe(421)
    const ping = 'GET /ping HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n'
    expect(statusOf(await rawExchange(new URL(engine.url).host, [ping]))).toBe(421)
  })

  it('runs nothing for a page elsewhere, to which a browser would lend the password', async () => {
    expect(statusOf(await ask('host: localhost\r\norigin: http://evil.example\r\n'))).toBe(403)
    expect(statusOf(await ask('host: localhost\r\norigin: null\r\n'))).toBe(403)
    expect(await ask('host: localhost\r\norigin: http://localhost\r\n')).toMatch(/42\n/)
  })
})
