import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, get, hex, insertSpans, startTestStore, type TestSpan, type TestStore } from './query.fixture.ts'

let test: TestStore
let app: ReturnType<typeof createTestApp>

const DAY = 86_400_000

const span = (n: number, agoMs: number, unmapped: string[], more: Partial<TestSpan> = {}): TestSpan => ({
  trace: hex(n, 16),
  span: hex(n, 8),
  agoMs,
  ...more,
  columns: { dialect: 'otel-gen-ai', service_name: `service-${n}`, unmapped, ...more.columns },
})

beforeAll(async () => {
  test = await startTestStore()
  app = createTestApp(test.store.select)
  await insertSpans(test.store, [
    span(1, 3_000, ['gen_ai.new', 'gen_ai.list.0.name', 'gen_ai.list.1.name']),
    span(2, 2_000, ['gen_ai.new'], { columns: { dialect: 'langfuse' } }),
    span(3, 1_000, []),
    span(4, 5 * DAY, ['gen_ai.old', 'gen_ai.new']),
    span(5, 1_000, ['gen_ai.secret'], { project: 'beta' }),
  ])
})
afterAll(() => test.stop())

it('lists keys that no rule knows, the most frequent first, with the latest span that has them', async () => {
  // From the day before: the test may run just after midnight.
  const { status, body } = await get(app, '/api/v1/unmapped?from=now-1d')
  expect(status).toBe(200)
  expect(body.data).toMatchObject([
    {
      key: 'gen_ai.new',
      spans: 2,
      dialects: ['langfuse', 'otel-gen-ai'],
      service_name: 'service-2',
      trace_id: hex(2, 16),
      span_id: hex(2, 8),
    },
    { key: 'gen_ai.list.*.name', spans: 1, service_name: 'service-1' },
  ])
})

it('adds up the days of the range', async () => {
  const { body } = await get(app, '/api/v1/unmapped?from=now-7d')
  expect(body.data.map(({ key, spans }: Record<string, unknown>) => [key, spans])).toEqual([
    ['gen_ai.new', 3],
    ['gen_ai.list.*.name', 1],
    ['gen_ai.old', 1],
  ])
  const before = await get(app, '/api/v1/unmapped?from=now-9d&to=now-4d&limit=1')
  expect(before.body.data).toMatchObject([{ key: 'gen_ai.new', spans: 1 }])
})

it('shows the keys of the caller alone', async () => {
  const { body } = await get(app, '/api/v1/unmapped?from=now-7d', 'beta-key')
  expect(body.data).toMatchObject([{ key: 'gen_ai.secret', spans: 1 }])
  expect((await get(app, '/api/v1/unmapped', '')).status).toBe(401)
  expect((await get(app, '/api/v1/unmapped?form=now-7d')).body).toMatchObject({ status: 400, parameter: 'form' })
})

it('is one view of all days too, which reads the named days only', async () => {
  const sql = "SELECT key FROM unmapped_attributes_v1 WHERE project_id = 'alpha' AND day >= today() - 2 ORDER BY key"
  expect(await test.store.select(sql)).toEqual([{ key: 'gen_ai.list.*.name' }, { key: 'gen_ai.new' }])
  const plan = await test.store.select<{ explain: string }>(`EXPLAIN indexes = 1 ${sql}`)
  const text = plan.map(({ explain }) => explain).join('\n')
  const [, read, all] = /Min-Max[^P]*Parts: (\d+)\/(\d+)/.exec(text) ?? []
  expect(Number(read)).toBeLessThan(Number(all))
  expect(text).toContain("project_id in ['alpha', 'alpha']")
})
