import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestApp,
  get,
  hex,
  insertSpans,
  NOW_MS,
  startTestStore,
  type TestSpan,
  type TestStore,
} from './query.fixture.ts'

let test: TestStore
let app: ReturnType<typeof createTestApp>

const MINUTE = 60_000
const DAY = 86_400_000

const span = (trace: number, n: number, agoMs: number, columns: TestSpan['columns'] = {}): TestSpan => ({
  trace: hex(trace, 16),
  span: hex(n, 8),
  agoMs,
  columns,
})
const agent = { kind: 'agent', counts_usage: 0 }

beforeAll(async () => {
  test = await startTestStore()
  app = createTestApp(test.store.select)
  await insertSpans(test.store, [
    // the calls come first, the agent span that names everything comes last
    span(1, 11, 10 * MINUTE),
    span(1, 12, 9 * MINUTE, { user_id: 'aaron', tags: ['night'] }),
    span(1, 10, 11 * MINUTE, { ...agent, session_id: 'chat', user_id: 'ann', tags: ['beta'] }),
    // no span of this one names anybody
    span(2, 21, 8 * MINUTE),
    // the same trace id in another project
    { ...span(2, 29, 8 * MINUTE, { ...agent, session_id: 'beta-chat', user_id: 'beta-user' }), project: 'beta' },
    // begun the day before
    span(3, 30, DAY + MINUTE, { ...agent, user_id: 'yesterday' }),
    span(3, 31, 7 * MINUTE),
  ])
})
afterAll(() => test.stop())

const spans = async (query: string): Promise<unknown[]> => {
  const { status, body } = await get(app, `/api/v1/generations?${query}`)
  expect(status).toBe(200)
  return body.data.map(({ span_id }: { span_id: string }) => Number.parseInt(span_id, 16))
}

describe('a span without a session, user or tags', () => {
  it('shows those of its trace, and its own where it has some', async () => {
    const { body } = await get(app, '/api/v1/generations?fields=session_id,user_id,tags')
    expect(body.data).toEqual([
      { session_id: null, user_id: 'yesterday', tags: [] },
      { session_id: null, user_id: null, tags: [] },
      { session_id: 'chat', user_id: 'aaron', tags: ['night'] },
      { session_id: 'chat', user_id: 'ann', tags: ['beta', 'night'] },
    ])
    const whole = await get(app, '/api/v1/generations')
    expect(whole.body.data.map(({ user_id }: { user_id: string }) => user_id)).toEqual([
      'yesterday',
      null,
      'aaron',
      'ann',
    ])
  })

  it('shows them in its trace as well', async () => {
    const { body } = await get(app, `/api/v1/traces/${hex(1, 16)}?fields=span_id,user_id,tags`)
    expect(body.spans).toEqual([
      { span_id: hex(10, 8), user_id: 'ann', tags: ['beta'] },
      { span_id: hex(11, 8), user_id: 'ann', tags: ['beta', 'night'] },
      { span_id: hex(12, 8), user_id: 'aaron', tags: ['night'] },
    ])
  })

  it.each([
    ['session_id=chat', [12, 11]],
    ['user_id=aaron', [12]],
    ['user_id=aaron&user_id=yesterday', [31, 12]],
    ['user_id=beta-user', []],
    ['session_id=chat&user_id=aaron', [12]],
    ['tag=beta', [11]],
    ['tag=night', [12, 11]],
    ['tags=night&tag=beta', [11]],
    ['tag=none', []],
    ['user_id=', [21]],
    ['user_id=&user_id=aaron', [21, 12]],
    ['session_id=', [31, 21]],
    ['session_id=chat&limit=1', [12]],
    ['session_id=chat&fields=span_id', [12, 11]],
  ])('is found by %s', async (query, expected) => {
    expect(await spans(query)).toEqual(expected)
  })

  it('has those of its trace in SQL as docs/data-model.md says', async () => {
    const text = await readFile(new URL('../../../docs/data-model.md', import.meta.url), 'utf8')
    const [, sql = ''] = /```sql\n(SELECT g\.name[\s\S]*?)```/.exec(text) ?? []
    const day = (agoMs: number): string => new Date(NOW_MS - agoMs).toISOString().slice(0, 10)
    const dated = sql
      .replaceAll('2026-01-30', day(2 * DAY))
      .replaceAll('2026-01-31', day(DAY))
      .replaceAll('2026-02-01', day(-DAY))
      .replaceAll("'default'", "'alpha'")
    const rows = await test.store.select<{ user_id: string }>(dated)
    expect(rows.map(({ user_id }) => user_id).sort()).toEqual(['', 'aaron', 'ann', 'yesterday'])
  })

  // The rollup adds up the rows of a trace with max, so its user is the greatest of those named.
  it('is of one user even where its trace names two', async () => {
    await insertSpans(test.store, [span(4, 41, MINUTE), span(4, 42, MINUTE, { ...agent, user_id: 'one' })])
    await insertSpans(test.store, [span(4, 43, MINUTE, { ...agent, user_id: 'two' })])
    expect(await spans('user_id=one')).toEqual([])
    expect(await spans('user_id=two')).toEqual([41])
  })
})

it('fills pages of more traces than are named one by one', async () => {
  const start = `fromUnixTimestamp64Milli(toInt64(${Date.now() - 3 * MINUTE} + number), 'UTC')`
  for (const [kind, user] of [
    ['agent', "concat('u', toString(number))"],
    ['generation', "''"],
  ]) {
    await test.store.command(
      `INSERT INTO insights.spans (project_id, day, retention_days, trace_id, span_id, start_time, kind, user_id)
       SELECT 'beta', toDate(${start}), 90, unhex(leftPad(hex(number + 1000), 32, '0')), unhex(leftPad(hex(number), 16, '0')),
         ${start}, '${kind}', ${user} FROM numbers(300)`,
      {},
      { async_insert: 0 },
    )
  }
  const { body } = await get(app, '/api/v1/generations?fields=user_id&limit=250&from=now-1h', 'beta-key')
  expect(body.data).toEqual(Array.from({ length: 250 }, (_, i) => ({ user_id: `u${299 - i}` })))
})
