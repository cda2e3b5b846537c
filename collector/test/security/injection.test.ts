// Hostile keys and SQL at a running collector: keys are data, values are values, and SQL of users that wants more than its views is refused.
import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../src/query/sql/attacks.fixture.ts'
import { eventually } from '../collector-process.ts'
import { any, keyValue, span, spanIdOf, traceIdOf, wire } from '../otlp-bytes.ts'
import { storedSpan } from '../stored.ts'
import { expectOthersServed, sqlStatus, useAttacked } from './attacked.ts'

const collector = useAttacked()

describe('hostile keys', () => {
  const KEYS = [
    ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'then'],
    ...['a.__proto__.polluted', 'constructor.prototype.polluted', '', ' ', '\u0000', 'a\u0000b', '../../etc/passwd'],
    ...["x'; DROP TABLE spans; --", '`', '"', '\\', '\u202e', '{x:String}', '%s%n', '😀', 'k'.repeat(10_000)],
  ]

  it('as attributes of everything that has some, in both forms: kept as keys, and nothing else changes', async () => {
    const own = Object.fromEntries(KEYS.map((key) => [key, `value of ${key.slice(0, 20)}`]))
    const fields = KEYS.map((key) => keyValue(key, any.string(`value of ${key.slice(0, 20)}`)))
    const body = wire.message(
      1,
      wire.message(1, ...fields.map((field) => wire.message(1, field))),
      wire.message(
        2,
        wire.message(1, ...fields.map((field) => wire.message(3, field))),
        wire.message(
          2,
          span(
            { traceId: traceIdOf('keys'), spanId: spanIdOf(1) },
            ...fields.map((field) => wire.message(9, field)),
            wire.message(11, ...fields.map((field) => wire.message(3, field))),
            wire.message(
              13,
              wire.message(1, Buffer.from(traceIdOf('x'), 'hex')),
              ...fields.map((field) => wire.message(4, field)),
            ),
          ),
        ),
      ),
    )
    expect((await collector().post(body)).status).toBe(200)
    const attributes = KEYS.map((key) => ({ key, value: { stringValue: `value of ${key.slice(0, 20)}` } }))
    const json = {
      traceId: traceIdOf('json keys'),
      spanId: spanIdOf(1),
      startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
      attributes,
    }
    const answer = await collector().post(
      JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [json] }] }] }),
    )
    expect(answer.status).toBe(200)
    for (const name of ['keys', 'json keys']) {
      const row = await storedSpan(collector(), traceIdOf(name))
      expect(row['attributes']).toMatchObject(JSON.parse(JSON.stringify(own)) as object)
      // The rollup that traces are found by gets its rows a moment after the table.
      const spans = await eventually('the trace', async () => {
        const path = `/api/v1/traces/${traceIdOf(name)}`
        return (await collector().api<{ spans?: { polluted?: unknown }[] }>(path)).spans
      })
      expect(spans).toHaveLength(1)
      expect(spans[0]?.polluted).toBeUndefined()
    }
    expect(Object.keys(await collector().api<object>('/livez'))).not.toContain('polluted')
  })
})

describe('SQL attempts', () => {
  const VALUES = [
    "' OR 1=1 --",
    "'); DROP TABLE insights.spans; --",
    "\\' UNION SELECT * FROM system.tables --",
    '{project:String}',
    "' FORMAT CSV",
    'x\u0000y',
    '1) OR (1=1',
    "'||(SELECT name FROM system.users)||'",
    '`); SELECT sleep(3); --',
    '😀'.repeat(50),
  ]
  interface Page {
    paths: Record<string, { get?: { parameters?: { name: string; in: string }[] } }>
  }
  const AT_ONCE = 8

  it('as every parameter of every route: an answer without them or a refusal, never an error of the server', async () => {
    const { paths } = await collector().api<Page>('/api/openapi.json')
    const parameters = Object.entries(paths).flatMap(([path, { get }]) =>
      path.startsWith('/api/v1/') && !path.includes('{')
        ? (get?.parameters ?? []).flatMap(({ name, in: place }) => (place === 'query' ? [{ path, name }] : []))
        : [],
    )
    // Two of the values each, so that every value comes to every kind of parameter and the time stays short.
    const asked = parameters.flatMap((one, i) =>
      [0, 1].map((n) => ({ ...one, value: VALUES[(2 * i + n) % VALUES.length] ?? '' })),
    )
    expect(asked.length).toBeGreaterThan(100)
    for (let at = 0; at < asked.length; at += AT_ONCE)
      await Promise.all(asked.slice(at, at + AT_ONCE).map((one) => expectHarmless(one)))
  }, 180_000)

  async function expectHarmless({ path, name, value }: { path: string; name: string; value: string }): Promise<void> {
    const response = await fetch(`${collector().doors.api}${path}?${new URLSearchParams({ [name]: value })}`, {
      signal: AbortSignal.timeout(30_000),
    })
    // One that goes on until somebody leaves was answered.
    if (response.headers.get('content-type')?.includes('event-stream')) return await response.body?.cancel()
    // The value itself may come back in the words of a refusal.
    const told = (await response.text()).replaceAll(JSON.stringify(value).slice(1, -1), '')
    const isFine = [200, 400].includes(response.status) && !/DB::Exception|system\.|SELECT /.test(told)
    expect([path, name, value, response.status, isFine]).toEqual([path, name, value, response.status, true])
  }

  it.each(['traces/', 'where/', 'explain/x/', 'keys/'])('as an id in the path of %s', async (path) => {
    for (const value of VALUES) {
      const response = await fetch(`${collector().doors.api}/api/v1/${path}${encodeURIComponent(value)}`)
      expect([value, [400, 404, 405].includes(response.status)]).toEqual([value, true])
      await response.arrayBuffer()
    }
  })

  it.each(Object.entries(ATTACKS))('as SQL of a user, %s: each refused before the engine', async (_, attacks) => {
    for (const query of attacks)
      expect([query.slice(0, 100), await sqlStatus(collector(), query)]).toEqual([query.slice(0, 100), 400])
  })

  it('and every table is still there', async () => {
    const [row] = await collector().sql<{ n: number }>(
      "SELECT count() AS n FROM system.tables WHERE database = 'insights' AND name IN ('spans', 'traces', 'scores', 'log_events')",
    )
    expect(row?.n).toBe(4)
  })
})

expectOthersServed(collector, 10)
