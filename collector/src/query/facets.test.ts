// Counts of values against a count over the rows of the lists.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertRandomSpans } from './filter/random-spans.fixture.ts'
import { createTestApp, get, startTestStore, type TestStore } from './query.fixture.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are as the API answers them
type Row = any
let test: TestStore
let app: ReturnType<typeof createTestApp>
let spans: Row[]
let traces: Row[]

beforeAll(async () => {
  test = await startTestStore()
  await insertRandomSpans(test.store, 5, 40)
  app = createTestApp(test.store.select)
  spans = (await get(app, '/api/v1/spans?limit=1000')).body.data
  traces = (await get(app, '/api/v1/traces?limit=1000')).body.data
})
afterAll(() => test.stop())

function counted(rows: Row[], valuesOf: (row: Row) => (string | null)[]): [string | null, number][] {
  const counts = new Map<string | null, number>()
  for (const value of rows.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || ((a ?? '') < (b ?? '') ? -1 : 1))
}

async function facet(query: string): Promise<[string | null, number][]> {
  const { status, body } = await get(app, `/api/v1/facets?${query}`)
  expect([query, status]).toEqual([query, 200])
  return body.data[0].values.map(({ value, count }: Row) => [value, count])
}

it.each([
  ['model', (r: Row) => [r.model]],
  ['env', (r: Row) => [r.environment]],
  ['status', (r: Row) => [r.status]],
  ['tool', (r: Row) => [r.tool_name]],
  ['error', (r: Row) => [r.error_class]],
  ['attr.app.tier', (r: Row) => [r.attributes['app.tier'] ?? null]],
  ['attr', (r: Row) => Object.keys(r.attributes)],
])('counts the values of %s, with and without a filter, from the rollup or the rows', async (field, valuesOf) => {
  expect(await facet(`fields=${field}`)).toEqual(counted(spans, valuesOf))
  expect(await facet(`fields=${field}&q=provider:openai`)).toEqual(
    counted(
      spans.filter((r) => r.provider === 'openai'),
      valuesOf,
    ),
  )
  expect(await facet(`fields=${field}&q=cost>0.05`)).toEqual(
    counted(
      spans.filter((r) => Number(r.cost_usd) > 0.05),
      valuesOf,
    ),
  )
  const ofAnn = spans.filter((r) => r.user_id === 'ann')
  expect(await facet(`fields=${field}&q=user:ann`)).toEqual(counted(ofAnn, valuesOf))
  const calls = spans.filter((r) => r.kind === 'generation' || r.kind === 'embedding')
  expect(await facet(`fields=${field}&of=generations`)).toEqual(counted(calls, valuesOf))
})

it('counts traces by what they have', async () => {
  expect(await facet('of=traces&fields=model')).toEqual(counted(traces, (r) => r.models))
  expect(await facet('of=traces&fields=user&q=-has:error')).toEqual(
    counted(
      traces.filter((r) => r.status !== 'error'),
      (r) => [r.user_id],
    ),
  )
})

it('counts many fields at once as each by itself', async () => {
  const fields = ['model', 'env', 'tags', 'tool', 'error', 'attr.app.tier', 'attr', 'user', 'status']
  for (const q of ['', 'cost>0.05', 'model:gpt-4o latency>1s', 'user:ann -has:error']) {
    const asked = `limit=3&q=${encodeURIComponent(q)}`
    const { body } = await get(app, `/api/v1/facets?fields=${fields.join(',')}&${asked}`)
    const alone = await Promise.all(
      fields.map(async (field) => (await get(app, `/api/v1/facets?fields=${field}&${asked}`)).body.data[0]),
    )
    expect(body.data).toEqual(alone)
  }
})

it('leaves out what is asked of the field itself, but not what it is asked not to be', async () => {
  expect(await facet('fields=model&q=model:gpt-4o kind:tool')).toEqual(
    counted(
      spans.filter((r) => r.kind === 'tool'),
      (r) => [r.model],
    ),
  )
  expect(await facet('fields=model&q=-model:gpt-4o')).toEqual(
    counted(
      spans.filter((r) => r.model !== 'gpt-4o'),
      (r) => [r.model],
    ),
  )
})

it('completes a value, of a list too, and says when there are more', async () => {
  expect((await facet('fields=model&match=MINI')).map(([value]) => value)).toEqual(['gpt-4o-mini'])
  expect((await facet('fields=tags&match=nig')).map(([value]) => value)).toEqual(['night'])
  expect((await facet('fields=attr&match=tier')).map(([value]) => value)).toEqual(['app.tier'])
  const { body } = await get(app, '/api/v1/facets?fields=model,provider&limit=2')
  expect(body.data.map(({ field, values, more }: Row) => [field, values.length, more])).toEqual([
    ['model', 2, true],
    ['provider', 2, true],
  ])
})

it('refuses a field without values to count, with the name that was meant', async () => {
  const { status, body } = await get(app, '/api/v1/facets?fields=modle')
  expect([status, body.parameter, body.hint]).toEqual([400, 'fields', 'did you mean model?'])
  expect((await get(app, '/api/v1/facets?fields=cost')).status).toBe(400)
})
