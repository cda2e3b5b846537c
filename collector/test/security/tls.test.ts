// TLS and client certificates at every door, through the configuration of a real collector; the engine's door by itself.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SecureVersion } from 'node:tls'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/supervise.ts'
import { systemClock } from '../../src/telemetry/clock.ts'
import { createLog } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { useCollector } from '../collector-process.ts'
import { request as otlp, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpan } from '../stored.ts'

const FOLDER = join(import.meta.dirname, '../fixtures/tls')
const FILES = { INSIGHTS_TLS_CERT_FILE: join(FOLDER, 'cert.pem'), INSIGHTS_TLS_KEY_FILE: join(FOLDER, 'key.pem') }
// The certificate signed itself, so it is its own CA, for servers and clients.
const MUTUAL = { ...FILES, INSIGHTS_TLS_CLIENT_CA_FILE: join(FOLDER, 'cert.pem') }

let cert: Buffer
let key: Buffer
beforeAll(async () => {
  cert = await readFile(join(FOLDER, 'cert.pem'))
  key = await readFile(join(FOLDER, 'key.pem'))
})

interface Asked {
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: Uint8Array
  isClient?: boolean
  maxVersion?: SecureVersion
}

/** @returns the status, or the error by which the connection failed */
function ask(
  url: string,
  { path = '/', method = 'GET', headers = {}, body, isClient = false, maxVersion }: Asked = {},
) {
  const { port } = new URL(url)
  const own = isClient ? { cert, key } : {}
  const version = maxVersion === undefined ? {} : { maxVersion, minVersion: 'TLSv1' as const }
  return new Promise<number | string>((resolve) => {
    request({ host: 'localhost', port, ca: cert, path, method, headers, ...own, ...version }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end(body)
  })
}

const same = (bytes: Buffer): Buffer => bytes
const body = (name: string) => new Uint8Array(otlp(span({ traceId: traceIdOf(name), spanId: spanIdOf(1) })))
const OTLP = { path: '/v1/traces', method: 'POST', headers: { 'content-type': 'application/x-protobuf' } }

/** @returns the code of gRPC */
function sendGrpc(address: string, { isClient, name, apiKey }: { isClient: boolean; name: string; apiKey?: string }) {
  const channel = isClient ? credentials.createSsl(cert, key, cert) : credentials.createSsl(cert)
  const client = new Client(`localhost:${address.split(':').at(-1)}`, channel)
  const metadata = new Metadata()
  if (apiKey !== undefined) metadata.set('x-api-key', apiKey)
  return new Promise<number>((resolve) => {
    const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
    const deadline = { deadline: Date.now() + 5_000 }
    const done = (error: ServiceError | null) => resolve(error?.code ?? status.OK)
    client.makeUnaryRequest(path, same, same, Buffer.from(body(name)), metadata, deadline, done)
  }).finally(() => client.close())
}

describe('TLS', () => {
  const collector = useCollector(FILES)
  it('is spoken at every door, from version 1.2 on, and plain text is not understood', async () => {
    const { doors } = collector()
    expect([doors.http, doors.api].map((url) => new URL(url).protocol)).toEqual(['https:', 'https:'])
    expect(await ask(doors.http, { ...OTLP, body: body('tls') })).toBe(200)
    expect(await sendGrpc(doors.grpc, { isClient: false, name: 'tls-grpc' })).toBe(status.OK)
    expect(await ask(doors.api, { path: '/api/v1/traces' })).toBe(200)
    for (const url of [doors.http, doors.api, `https://${doors.grpc}`]) {
      expect(await ask(url, { maxVersion: 'TLSv1.1' })).toMatch(/^ERR_SSL|^ECONNRESET/)
      await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow()
    }
  })
})

describe('client certificates that all must show', () => {
  const collector = useCollector(MUTUAL)
  it('are asked for at every door, before any request', async () => {
    const { doors } = collector()
    expect(await ask(doors.http, { ...OTLP, body: body('mutual'), isClient: true })).toBe(200)
    expect(await ask(doors.api, { path: '/livez', isClient: true })).toBe(200)
    expect(await sendGrpc(doors.grpc, { isClient: true, name: 'mutual-grpc' })).toBe(status.OK)
    expect(await ask(doors.http, { ...OTLP, body: body('none') })).toMatch(/^ERR_SSL|^ECONNRESET|^EPIPE/)
    expect(await ask(doors.api, { path: '/livez' })).toMatch(/^ERR_SSL|^ECONNRESET|^EPIPE/)
    expect(await sendGrpc(doors.grpc, { isClient: false, name: 'none' })).toBe(status.UNAVAILABLE)
  })
})

describe('client certificates that name a project', () => {
  const collector = useCollector({
    ...MUTUAL,
    INSIGHTS_TLS_CLIENT_AUTH: 'optional',
    INSIGHTS_TLS_CLIENT_PROJECTS: 'localhost:mesh',
    INSIGHTS_API_KEYS: 'shop:key-of-the-shop',
  })

  it('stand in for a key to send and read, not to change; without one a key is shown', async () => {
    const { doors } = collector()
    const apiKey = 'key-of-the-shop'
    const withKey = { ...OTLP, headers: { ...OTLP.headers, 'x-api-key': apiKey } }
    expect(await ask(doors.http, { ...OTLP, body: body('mesh'), isClient: true })).toBe(200)
    expect(await sendGrpc(doors.grpc, { isClient: true, name: 'mesh-grpc' })).toBe(status.OK)
    expect(await ask(doors.http, { ...withKey, body: body('shop') })).toBe(200)
    expect(await sendGrpc(doors.grpc, { isClient: false, name: 'shop-grpc', apiKey })).toBe(status.OK)
    const projects = ['mesh', 'mesh-grpc', 'shop', 'shop-grpc'].map(
      async (name) => (await storedSpan(collector(), traceIdOf(name)))['project_id'],
    )
    expect(await Promise.all(projects)).toEqual(['mesh', 'mesh', 'shop', 'shop'])
    expect(await ask(doors.api, { path: '/api/v1/traces', isClient: true })).toBe(200)
    expect(await ask(doors.api, { path: '/api/v1/keys', isClient: true })).toBe(403)
    // Neither of the two.
    expect(await ask(doors.http, { ...OTLP, body: body('nobody') })).toBe(401)
    expect(await ask(doors.api, { path: '/api/v1/traces' })).toBe(401)
    expect(await sendGrpc(doors.grpc, { isClient: false, name: 'nobody' })).toBe(status.UNAUTHENTICATED)
    // For orchestrators.
    expect(await ask(doors.api, { path: '/livez' })).toBe(200)
  })

  it('are added by browsers by themselves, so no page elsewhere may use one', async () => {
    const { doors } = collector()
    const headers = { ...OTLP.headers, origin: 'https://evil.example' }
    expect(await ask(doors.http, { ...OTLP, headers, body: body('page'), isClient: true })).toBe(403)
    const change = { path: '/api/v1/scores', method: 'POST', headers: { origin: 'https://evil.example' } }
    expect(await ask(doors.api, { ...change, isClient: true })).toBe(403)
  })
})

describe('the door of the engine', () => {
  let dataDir: string
  let engine: Awaited<ReturnType<typeof startEngine>>
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'insights-tls-'))
    const tls = { cert: cert.toString(), key: key.toString(), ca: cert.toString() }
    const base = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
    engine = await startEngine({ ...base, dataDir, listen: '127.0.0.1:0', tls })
  })
  afterAll(async () => {
    await engine.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('speaks TLS to others, asks for their certificate, and stays plain on loopback for the collector', async () => {
    const headers = { 'x-clickhouse-user': engine.username, 'x-clickhouse-key': engine.password }
    const query = { path: '/?query=SELECT+1', method: 'POST', headers }
    expect(await ask(engine.publicUrl, { ...query, isClient: true })).toBe(200)
    expect(await ask(engine.publicUrl, query)).toMatch(/^ERR_SSL|^ECONNRESET|^EPIPE/)
    expect((await fetch(`${engine.url}/?query=SELECT+1`, { method: 'POST', headers })).status).toBe(200)
    expect(new URL(engine.url).hostname).toBe('127.0.0.1')
    expect(engine.publicUrl).not.toBe(engine.url)
  })
})
