// Each filter against brute force: the same rows, fetched without a filter and tested by a predicate written here.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, get, startTestStore, type TestStore } from '../query.fixture.ts'
import { insertRandomScores, insertRandomSpans } from './random-spans.fixture.ts'

const TRACES = 40
let test: TestStore
let app: ReturnType<typeof createTestApp>

// biome-ignore lint/suspicious/noExplicitAny: rows are as the API answers them
type Row = any
let spans: Row[]
let traces: Row[]
let scores: Row[]

const all = async (path: string): Promise<Row[]> =>
  (await get(app, `/api/v1/${path}${path.includes('?') ? '&' : '?'}limit=1000`)).body.data
const asked = async (list: string, q: string): Promise<Row[]> => {
  const { status, body } = await get(app, `/api/v1/${list}?limit=1000&q=${encodeURIComponent(q)}`)
  expect([q, status, body.detail]).toEqual([q, 200, undefined])
  return body.data
}

beforeAll(async () => {
  test = await startTestStore()
  await insertRandomSpans(test.store, 11, TRACES)
  await insertRandomScores(test.store, TRACES)
  app = createTestApp(test.store.select)
  spans = await all('spans')
  traces = await all('traces')
  scores = await all('scores')
})
afterAll(() => test.stop())

const contents = (row: Row): string[] =>
  [row.input ?? '', row.output ?? ''].map((text) => text.replaceAll('\\n', '  ').toLowerCase())
const words = (text: string): string[] => text.split(/[^a-z0-9\u0080-\uffff]+/)
const says = (row: Row, text: string): boolean =>
  contents(row).some(
    (content) => text.split(/[^a-z0-9]+/).every((word) => words(content).includes(word)) && content.includes(text),
  )
const like = (value: string | null, pattern: RegExp): boolean => pattern.test(value ?? '')
const scored = (row: Row, name?: string): Row[] =>
  scores.filter(
    (score) =>
      score.trace_id === row.trace_id && score.span_id === row.span_id && (name === undefined || score.name === name),
  )

const SPAN_FILTERS: [string, (row: Row) => boolean][] = [
  ['model:gpt-4o', (r) => r.model === 'gpt-4o'],
  ['model:gpt-4o,claude-sonnet-4-5', (r) => ['gpt-4o', 'claude-sonnet-4-5'].includes(r.model)],
  ['-model:gpt-4o', (r) => r.model !== 'gpt-4o'],
  ['model:gpt-*', (r) => like(r.model, /^gpt-/)],
  ['model:*-mini,claude*', (r) => like(r.model, /-mini$|^claude/)],
  ['model:""', (r) => r.model === null],
  ['has:model', (r) => r.model !== null],
  ['-model:*', (r) => r.model === null],
  ['name:"look*up"', (r) => r.name === 'look*up'],
  ['name:look*', (r) => like(r.name, /^look/)],
  ['kind:tool,agent provider!=openai', (r) => ['tool', 'agent'].includes(r.kind) && r.provider !== 'openai'],
  ['cost>0.05', (r) => Number(r.cost_usd) > 0.05],
  ['-cost>0.05', (r) => !(Number(r.cost_usd) > 0.05)],
  ['cost:0.05..0.1', (r) => r.cost_usd !== null && Number(r.cost_usd) >= 0.05 && Number(r.cost_usd) <= 0.1],
  ['cost:0', (r) => r.cost_usd !== null && Number(r.cost_usd) === 0],
  ['cost<=$0.05', (r) => r.cost_usd !== null && Number(r.cost_usd) <= 0.05],
  ['has:cost', (r) => r.cost_usd !== null],
  ['latency>=2s', (r) => r.latency_ms >= 2_000],
  ['latency:..900ms', (r) => r.latency_ms <= 900],
  ['latency<1m ttft:*', (r) => r.latency_ms < 60_000 && r.time_to_first_token_ms !== null],
  ['tokens>1.5k', (r) => r.total_tokens > 1_500],
  ['tokens:11,91k..100k', (r) => r.total_tokens === 11 || (r.total_tokens >= 91_000 && r.total_tokens <= 100_000)],
  ['error:rate_limit', (r) => r.error_type === 'rate_limit' || r.error_class === 'rate_limit'],
  ['error:*', (r) => r.error_type !== null || r.error_class !== null],
  ['-has:error', (r) => r.status !== 'error'],
  ['status:error env:prod', (r) => r.status === 'error' && r.environment === 'prod'],
  ['is:root', (r) => r.parent_span_id === null],
  ['is:cached,root', (r) => r.parent_span_id === null || r.cache_read_tokens > 0],
  ['is:unpriced', (r) => r.counts_usage === 1 && r.cost_usd === null],
  ['user:ann', (r) => r.user_id === 'ann'],
  ['-user:ann', (r) => r.user_id !== 'ann'],
  ['user:a*,bob', (r) => like(r.user_id, /^a|^bob$/)],
  ['has:user', (r) => r.user_id !== null],
  ['session:""', (r) => r.session_id === null],
  ['tag:night', (r) => r.tags.includes('night')],
  ['tag:""', (r) => r.tags.length === 0],
  ['-tag:beta,night', (r) => !r.tags.includes('beta')],
  ['tags:n*', (r) => r.tags.some((tag: string) => tag.startsWith('n'))],
  ['service:bot*', (r) => like(r.service_name, /^bot/)],
  ['tool:search,pay', (r) => r.tool_name !== null],
  ['attr.app.tier:gold', (r) => r.attributes['app.tier'] === 'gold'],
  ['attr.app.tier:"g,o \\"x\\""', (r) => r.attributes['app.tier'] === 'g,o "x"'],
  ['attr."app.tier":g*', (r) => like(r.attributes['app.tier'], /^g/)],
  ['attr.http.status>=100', (r) => Number(r.attributes['http.status']) >= 100],
  [
    'attr.http.status:90..600',
    (r) => Number(r.attributes['http.status']) >= 90 && Number(r.attributes['http.status']) <= 600,
  ],
  ['attr.http.status:*', (r) => 'http.status' in r.attributes],
  ['-attr.http.status:500', (r) => r.attributes['http.status'] !== '500'],
  ['metadata.tenant:*', (r) => 'tenant' in r.metadata],
  ['metadata.tenant:acme', (r) => r.metadata.tenant === 'acme'],
  ['refund', (r) => says(r, 'refund')],
  ['REFUND', (r) => says(r, 'refund')],
  ['"refund policy"', (r) => says(r, 'refund policy')],
  ['-refund', (r) => !says(r, 'refund')],
  ['refund policy', (r) => says(r, 'refund') && says(r, 'policy')],
  ['köln', (r) => contents(r).some((text) => text.includes('köln'))],
  ['input:kind', (r) => says({ input: r.input }, 'kind')],
  ['message:timeout', (r) => like(r.error_message, /timeout/)],
  ['has:score', (r) => scored(r).length > 0],
  ['score.helpful:*', (r) => scored(r, 'helpful').length > 0],
  ['score.helpful>=1', (r) => scored(r, 'helpful').some((score) => score.value >= 1)],
  ['score.tone:kind', (r) => scored(r, 'tone').some((score) => score.label === 'kind')],
  ['-has:score is:root', (r) => scored(r).length === 0 && r.parent_span_id === null],
  [
    'model:gpt-4o cost>0.01 error:rate_limit,timeout refund',
    (r) =>
      r.model === 'gpt-4o' &&
      Number(r.cost_usd) > 0.01 &&
      ['rate_limit', 'timeout'].includes(r.error_class) &&
      says(r, 'refund'),
  ],
]

const ids = (rows: Row[]): string[] => rows.map((row) => `${row.trace_id}/${row.span_id ?? ''}`)

describe('a filter of spans answers what brute force does', () => {
  it.each(SPAN_FILTERS)('%s', async (q, holds) => {
    const expected = spans.filter(holds)
    // a filter that takes all or none would pass whatever it did
    if (!q.includes(' error:')) expect([expected.length > 0, expected.length < spans.length]).toEqual([true, true])
    expect(ids(await asked('spans', q))).toEqual(ids(expected))
  })
})

const of = (trace: Row): Row[] => spans.filter((span) => span.trace_id === trace.trace_id)

const TRACE_FILTERS: [string, (row: Row) => boolean][] = [
  ['model:gpt-4o', (t) => t.models.includes('gpt-4o')],
  ['-model:gpt-4o', (t) => !t.models.includes('gpt-4o')],
  ['provider:open*', (t) => t.providers.includes('openai')],
  ['cost>0.1', (t) => Number(t.cost_usd) > 0.1],
  ['user:ann tag:beta', (t) => t.user_id === 'ann' && t.tags.includes('beta')],
  ['status:error', (t) => t.status === 'error'],
  ['kind:tool', (t) => of(t).some((s) => s.kind === 'tool')],
  ['-kind:tool', (t) => !of(t).some((s) => s.kind === 'tool')],
  // of one span together, as who asks means it
  ['kind:tool error:timeout', (t) => of(t).some((s) => s.kind === 'tool' && s.error_class === 'timeout')],
  [
    'tool:search -error:timeout',
    (t) => of(t).some((s) => s.tool_name === 'search') && !of(t).some((s) => s.error_class === 'timeout'),
  ],
  ['refund', (t) => of(t).some((s) => says(s, 'refund'))],
  ['-refund', (t) => !of(t).some((s) => says(s, 'refund'))],
  [
    'attr.app.tier:gold cost<1',
    (t) => of(t).some((s) => s.attributes['app.tier'] === 'gold') && t.cost_usd !== null && Number(t.cost_usd) < 1,
  ],
  ['has:score', (t) => scores.some((score) => score.trace_id === t.trace_id)],
  ['spans>=3', (t) => t.spans >= 3],
]

describe('a filter of traces answers what brute force does', () => {
  it.each(TRACE_FILTERS)('%s', async (q, holds) => {
    const expected = traces.filter(holds)
    expect([expected.length > 0, expected.length < traces.length]).toEqual([true, true])
    expect(ids(await asked('traces', q))).toEqual(ids(expected))
  })
})

it('asks sessions and users for what their traces and spans have', async () => {
  const having = (name: string, holds: (t: Row) => boolean): string[] =>
    [...new Set(traces.filter(holds).map((trace) => trace[name]))].filter((id) => id !== null).toSorted()
  const sessions = await asked('sessions', 'kind:embedding')
  expect(sessions.map((row) => row.session_id).toSorted()).toEqual(
    having('session_id', (t) => of(t).some((s) => s.kind === 'embedding')),
  )
  const users = await asked('users', 'status:error')
  expect(users.map((row) => row.user_id).toSorted()).toEqual(having('user_id', (t) => t.status === 'error'))
  expect((await asked('scores', 'name:tone value>=1')).length).toBe(
    scores.filter((s) => s.name === 'tone' && s.value >= 1).length,
  )
})

it('narrows a list beside other parameters and pages through it', async () => {
  const expected = spans.filter((span) => span.environment === 'prod' && span.kind === 'generation')
  const found: Row[] = []
  let cursor = ''
  for (let page = 0; page < 50; page++) {
    const { body } = await get(app, `/api/v1/generations?q=env:prod&kind=generation&limit=7${cursor}`)
    found.push(...body.data)
    if (body.next_cursor === null) break
    cursor = `&cursor=${body.next_cursor}`
  }
  expect(ids(found)).toEqual(ids(expected))
})

it.each([
  ['spans', 'modle:gpt-4o', 0, 'did you mean model?'],
  ['spans', 'cost:>x', 5, undefined],
  ['spans', 'env:prod name>3', 14, 'write name:value'],
  ['traces', 'kind:tool is:rot', 13, 'did you mean root?'],
  ['scores', 'cost>1', 0, undefined],
  ['sessions', 'user:"x', 5, undefined],
  ['spans', 'is:*', 3, undefined],
  ['spans', 'latency>5kg', 8, undefined],
])('tells of %s?q=%s where it is wrong', async (list, q, position, hint) => {
  const { status, body } = await get(app, `/api/v1/${list}?q=${encodeURIComponent(q)}`)
  expect([status, body.code, body.parameter, body.position]).toEqual([400, 'INSIGHTS_QUERY_INVALID', 'q', position])
  if (hint !== undefined) expect(body.hint).toContain(hint)
})
