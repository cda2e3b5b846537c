import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestCli } from '../test-context.ts'
import type { Check } from './check.ts'
import { checkClock, checkNode } from './local.ts'

let dir: string
const servers: Server[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'insights-doctor-'))
})
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(dir, { recursive: true })
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Report {
  code: number
  of(name: string): Check | undefined
}

const CLOSED = {
  INSIGHTS_GRPC_LISTEN: 'off',
  INSIGHTS_ENGINE_LISTEN: 'off',
  INSIGHTS_HTTP_LISTEN: '0',
  INSIGHTS_API_LISTEN: '127.0.0.1:1',
}

async function doctor(env: Record<string, string>, ...args: string[]): Promise<Report> {
  const cli = createTestCli({ env: { INSIGHTS_DATA_DIR: dir, ...CLOSED, ...env } })
  const code = await cli.run('doctor', '--json', ...args)
  const { checks } = JSON.parse(cli.out()) as { checks: Check[] }
  expect(checks.every(({ status, next }) => status === 'ok' || status === 'skip' || next !== undefined)).toBe(true)
  return { code, of: (name) => checks.find((check) => check.name === name) }
}

/** Both doors of a collector over real sockets, storing in memory. */
async function collector(
  options: { key?: string; ready?: boolean; reject?: boolean } = {},
): Promise<Record<string, string>> {
  const traces = new Set<string>()
  const refuses = (header: string | undefined) => options.key !== undefined && header !== `Bearer ${options.key}`
  const http = await listen(async (request, response) => {
    const body = JSON.parse(await text(request))
    if (refuses(request.headers.authorization)) return response.writeHead(401).end()
    if (options.reject) return response.end('{"partialSuccess":{"rejectedSpans":"1","errorMessage":"no"}}')
    traces.add(body.resourceSpans[0].scopeSpans[0].spans[0].traceId)
    return response.end('{}')
  })
  const api = await listen((request, response) => {
    const id = request.url?.split('/').at(-1) ?? ''
    if (request.url === '/livez') return response.end('ok')
    if (request.url === '/readyz')
      return response.writeHead(options.ready === false ? 503 : 200).end('store: unreachable')
    if (refuses(request.headers.authorization)) return response.writeHead(401).end()
    return traces.has(id) ? response.end('{"trace":{},"spans":[{}]}') : response.writeHead(404).end('{}')
  })
  return { INSIGHTS_HTTP_LISTEN: http, INSIGHTS_API_LISTEN: api }
}

describe('without a collector', () => {
  test('a sound machine passes, and is told to start', async () => {
    const { code, of } = await doctor({})
    expect(code).toBe(0)
    expect(of('collector')).toMatchObject({ status: 'warn', next: 'insights start' })
    expect(of('data directory')).toMatchObject({ status: 'ok', detail: dir })
    expect(of('disk')?.status).not.toBe('fail')
    expect(of('grpc door')).toMatchObject({ status: 'skip' })
    expect(of('round trip')).toMatchObject({ status: 'skip' })
  })

  test('a port that another program has fails, with how to find it', async () => {
    const taken = await listen((_request, response) => response.end())
    const { code, of } = await doctor({ INSIGHTS_HTTP_LISTEN: taken })
    expect(code).toBe(1)
    expect(of('http door')).toMatchObject({ status: 'fail', next: expect.stringContaining('lsof -i :') })
  })

  test('an address of another machine fails', async () => {
    const { of } = await doctor({ INSIGHTS_HTTP_LISTEN: '192.0.2.1:4318', INSIGHTS_AUTH: 'none' })
    expect(of('http door')).toMatchObject({ status: 'fail', detail: expect.stringContaining('EADDRNOTAVAIL') })
    expect(of('configuration')).toMatchObject({ status: 'warn' })
  })

  test('a data directory that is a file fails, and one to be made passes without being made', async () => {
    writeFileSync(join(dir, 'file'), '')
    expect((await doctor({ INSIGHTS_DATA_DIR: join(dir, 'file') })).of('data directory')?.status).toBe('fail')
    const made = await doctor({ INSIGHTS_DATA_DIR: join(dir, 'a', 'b') })
    expect(made.of('data directory')).toMatchObject({
      status: 'ok',
      detail: `${join(dir, 'a', 'b')}, to be made in ${dir}`,
    })
  })

  test('a journal larger than the disk is a warning', async () => {
    expect((await doctor({ INSIGHTS_JOURNAL_MAX_BYTES: '1024 TiB' })).of('disk')?.status).toBe('warn')
  })

  test('a ClickHouse of the user is asked directly', async () => {
    const url = await listen((_request, response) => response.end('Ok.\n'))
    const { of } = await doctor({ INSIGHTS_CLICKHOUSE_URL: `http://u:hunter2@${url}` })
    expect(of('store')).toMatchObject({ status: 'ok', detail: `ClickHouse answers at http://${url}` })
    expect(of('clock skew')).toMatchObject({ status: 'ok' })
    const gone = await doctor({ INSIGHTS_CLICKHOUSE_URL: 'http://u:hunter2@127.0.0.1:1' })
    expect(gone.code).toBe(1)
    expect(gone.of('store')?.next).toContain('curl -sS http://127.0.0.1:1/ping')
  })

  test('a ClickHouse whose clock is an hour off is a warning', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString()
    const url = await listen((_request, response) => response.setHeader('date', date).end('Ok.\n'))
    expect((await doctor({ INSIGHTS_CLICKHOUSE_URL: `http://${url}` })).of('clock skew')?.status).toBe('warn')
  })
})

describe('with a collector', () => {
  test('a span goes in and comes out', async () => {
    const { code, of } = await doctor(await collector())
    expect(code).toBe(0)
    expect(of('collector')?.status).toBe('ok')
    expect(of('http door')).toMatchObject({ status: 'ok', detail: expect.stringContaining('is open') })
    expect(of('store')).toMatchObject({ status: 'ok', detail: 'ready' })
    expect(of('round trip')).toMatchObject({ status: 'ok', detail: expect.stringContaining('read back in') })
  })

  test('keys are shown on both doors, and a wrong one is named as the reason', async () => {
    const env = await collector({ key: 'sk-0123456789abcdef' })
    expect((await doctor({ ...env, INSIGHTS_API_KEY: 'sk-0123456789abcdef' })).of('round trip')?.status).toBe('ok')
    const wrong = await doctor({ ...env, INSIGHTS_API_KEYS: 'p:sk-wrong-wrong-wrong' })
    expect(wrong.code).toBe(1)
    expect(wrong.of('round trip')?.detail).toContain('the key was not accepted')
  })

  test('one that is not ready, or rejects the span, fails', async () => {
    const env = await collector({ ready: false, reject: true })
    const { code, of } = await doctor(env)
    expect(code).toBe(1)
    expect(of('store')?.detail).toBe('not ready (503): store: unreachable')
    expect(of('round trip')?.detail).toContain('the span was rejected')
  })

  test('--no-send sends nothing', async () => {
    expect((await doctor(await collector(), '--no-send')).of('round trip')?.status).toBe('skip')
  })
})

test('an old Node and a clock that was never set fail', () => {
  expect(checkNode('22.17.9').status).toBe('fail')
  expect(checkNode('22.18.0').status).toBe('ok')
  expect(checkNode('26.10.0').status).toBe('ok')
  expect(checkClock(0).status).toBe('fail')
  expect(checkClock(Date.now()).status).toBe('ok')
})

test('the table for people says the status in words and what to type next', async () => {
  const cli = createTestCli({ env: { INSIGHTS_DATA_DIR: dir, ...CLOSED } })
  expect(await cli.run('doctor')).toBe(0)
  expect(cli.out()).toMatch(/^ok {4}node {12}\d+\./m)
  expect(cli.out()).toMatch(/^warn {2}collector {7}not running .*\n {22}next: insights start$/m)
  expect(cli.out()).not.toContain('\u001b')
})
