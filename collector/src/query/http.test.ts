import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createHostCheck } from '../net/host.ts'
import { systemClock } from '../telemetry/clock.ts'
import { InsightsError } from '../telemetry/errors.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import type { Select } from './deps.ts'
import { asOwner, createTestApp, get } from './query.fixture.ts'
import { startQueryApi } from './start-query-api.ts'

// A store that fails, or is empty: what these tests ask is answered before or after it.
const failing =
  (error: Error): Select =>
  () =>
    Promise.reject(error)
const empty: Select = async () => []
const clickHouse = (code: string): Error =>
  Object.assign(new Error('SELECT secret FROM /path: DB::Exception'), { code, type: 'X' })
const wrapped = (code: string): Error =>
  new InsightsError('INSIGHTS_STORE_REJECTED', 'cannot run', { cause: clickHouse(code) })

describe('a failure', () => {
  it.each([
    [clickHouse('159'), 504, 'INSIGHTS_QUERY_TIMEOUT', null],
    [wrapped('241'), 422, 'INSIGHTS_QUERY_LIMIT', null],
    [clickHouse('396'), 422, 'INSIGHTS_QUERY_LIMIT', null],
    [wrapped('60'), 503, 'INSIGHTS_STORE_UNREACHABLE', '5'],
    [new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot reach'), 503, 'INSIGHTS_STORE_UNREACHABLE', '5'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 503, 'INSIGHTS_STORE_UNREACHABLE', '5'],
    [clickHouse('62'), 500, 'INSIGHTS_INTERNAL', null],
    [new TypeError('a bug'), 500, 'INSIGHTS_INTERNAL', null],
  ])('%s is answered with a problem that says nothing of the inside', async (error, status, code, retryAfter) => {
    const answer = await get(createTestApp(failing(error)), '/api/v1/traces')
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('retry-after')).toBe(retryAfter)
    expect(answer.body).toMatchObject({ type: 'about:blank', status, code, title: expect.any(String) })
    expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'))
    expect(JSON.stringify(answer.body)).not.toMatch(/SELECT|secret|Exception|\.ts|bug/)
  })

  it('is not waited for by more than 32 readers', async () => {
    const waiting: (() => void)[] = []
    const app = createTestApp(() => new Promise((resolve) => waiting.push(() => resolve([]))))
    const asked = Array.from({ length: 33 }, () => get(app, '/api/v1/users'))
    const refused = await Promise.race(asked)
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'INSIGHTS_OVERLOADED',
      '1',
    ])
    for (const release of waiting) release()
    expect((await Promise.all(asked)).filter(({ status }) => status === 200)).toHaveLength(32)
  })
})

describe('a wrong parameter', () => {
  it.each([
    ['traces?environmnt=prod', 'environmnt', 'did you mean environment?'],
    ['traces?attribute.x=1', 'attribute.x', undefined],
    ['generations?attribute.=1', 'attribute.', undefined],
    ['traces?limit=0', 'limit', undefined],
    ['traces?limit=1001', 'limit', undefined],
    ['traces?limit=1&limit=2', 'limit', undefined],
    ['traces?cursor=abc', 'cursor', undefined],
    ['traces?from=yesterday', 'from', undefined],
    ['traces?from=now&to=now-1h', 'to', undefined],
    ['traces?min_cost_usd=1e3', 'min_cost_usd', undefined],
    ["traces?min_cost_usd=1'", 'min_cost_usd', undefined],
    ['traces?fields=cost_us', 'fields', 'did you mean cost_usd?'],
    ['traces?fields=constructor', 'fields', undefined],
    ['traces?project_id=beta', 'project_id', undefined],
    ['traces?__proto__=1', '__proto__', undefined],
    [`users?user_id=${'x'.repeat(1025)}`, 'user_id', undefined],
    ['metrics/cost?interval=1s', 'interval', undefined],
    ['metrics/cost?from=now-30d&interval=1m', 'interval', 'use a longer interval, or auto'],
    ['metrics/cost?group_by=modell', 'group_by', 'did you mean model?'],
    ['metrics/cost?error_type=x', 'error_type', undefined],
  ])('%s is refused by name', async (path, parameter, hint) => {
    const { status, body } = await get(createTestApp(empty), `/api/v1/${path}`)
    expect([status, body.code, body.parameter]).toEqual([400, 'INSIGHTS_QUERY_INVALID', parameter])
    if (hint !== undefined) expect(body.hint).toBe(hint)
  })

  it('or a wrong path is a problem too', async () => {
    expect((await get(createTestApp(empty), '/api/v1/nothing')).body.code).toBe('INSIGHTS_NOT_FOUND')
    expect((await get(createTestApp(empty), '/api/v1/metrics/nothing')).status).toBe(404)
  })
})

it('sends every statement with its limits', async () => {
  const sent: unknown[] = []
  const app = createTestApp(async (_sql, _params, options) => {
    sent.push(options)
    return []
  })
  await get(app, '/api/v1/scores?limit=10')
  expect(sent).toMatchObject([
    {
      maxRows: 11,
      settings: {
        readonly: 2,
        max_execution_time: 20,
        max_memory_usage: 2e9,
        max_result_rows: 11,
        max_result_bytes: 2 ** 26,
      },
    },
  ])
})

describe('operations', () => {
  it('says alive and not ready, without a key', async () => {
    const app = createTestApp(empty, {
      health: () => ({ live: true, ready: false, checks: { store: { ok: false, detail: 'no answer' } } }),
    })
    expect(await get(app, '/livez', '')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await get(app, '/readyz', '')).toMatchObject({
      status: 503,
      body: { status: 'failing', checks: { store: { ok: false, detail: 'no answer' } } },
    })
  })

  it('counts requests by route, not by path', async () => {
    const app = createTestApp(empty)
    await get(app, '/api/v1/traces/0123')
    const text = await (await app.request('/metrics')).text()
    expect(text).toContain('insights_query_requests_total{route="/api/v1/traces/:trace_id",status="404"} 1')
  })

  it('describes every route with examples in OpenAPI 3.1', async () => {
    const { body } = await get(createTestApp(empty), '/api/openapi.json', '')
    expect(body.openapi).toBe('3.1.0')
    const paths = Object.keys(body.paths)
    expect(paths).toEqual(expect.arrayContaining(['/api/v1/traces', '/api/v1/metrics/cost', '/api/v1/facets']))
    const notJson = ['/metrics', '/api/v1/tail', '/api/v1/export/{list}']
    for (const path of paths.filter((name) => !notJson.includes(name))) {
      expect(body.paths[path].get.responses['200'].content['application/json'].example).toBeDefined()
    }
    const parameters = body.paths['/api/v1/traces'].get.parameters.map(({ name }: { name: string }) => name)
    expect(parameters).toEqual(expect.arrayContaining(['from', 'to', 'limit', 'cursor', 'tag', 'min_cost_usd']))
  })
})

describe('a browser elsewhere', () => {
  it('gets no CORS header, no cache and no sniffing', async () => {
    const { headers } = await get(createTestApp(empty), '/api/v1/traces')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('is refused when its name points at our loopback address', async () => {
    const deps = {
      select: empty,
      auth: () => asOwner('default'),
      health: () => ({ live: true, ready: true, checks: {} }),
      metrics: createMetrics(),
      log: createLog('silent'),
      clock: systemClock,
      version: '1',
      servesHost: createHostCheck({ isLoopback: true, isOpen: true, allowed: [] }),
    }
    const server = await startQueryApi({ ...deps, listen: { host: '127.0.0.1', port: 0 } })
    const port = Number(server.address.split(':')[1])
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({ port, host: '127.0.0.1', path: '/livez', headers: { host } }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
          .on('error', reject)
          .end()
      })
    const names = [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `[::1]:${port}`,
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
    ]
    expect(await Promise.all(names.map(statusFor))).toEqual([200, 200, 200, 421, 421, 421])
    await expect(startQueryApi({ ...deps, listen: { host: '127.0.0.1', port } })).rejects.toMatchObject({
      code: 'INSIGHTS_LISTEN',
    })
    await server.stop()
    await expect(statusFor('localhost')).rejects.toThrow()
  })
})
