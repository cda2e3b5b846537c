import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createLoader, type Loader } from './load.ts'
import { refillScores } from './refill-scores.ts'
import {
  at,
  DAY,
  type LogRow,
  logBatch,
  spanBatch,
  spanId,
  startTestStore,
  type TestStore,
  traceId,
} from './store.fixture.ts'

let test: TestStore
let loader: Loader

beforeAll(async () => {
  test = await startTestStore()
  loader = createLoader(test)
})
afterAll(async () => {
  await loader.stop()
  await test.stop()
})
beforeEach(async () => {
  for (const table of ['spans', 'log_events', 'traces', 'metrics_minute', 'metrics_hour', 'scores'])
    await test.store.command(`TRUNCATE TABLE insights.${table}`)
})

const rows = (sql: string) => test.store.select<Record<string, unknown>>(sql)
const SCORES = 'SELECT score_id, name, value, label, type, source, author FROM scores_v1 ORDER BY score_id'

/** A score as the doors write it: a log record with an id of its own. */
const score = (id: string, seconds: number, more: LogRow = {}, attributes: Record<string, string> = {}): LogRow => ({
  trace_id: traceId(1),
  time: at(seconds),
  received_time: at(seconds) / 1_000_000n,
  event_name: 'gen_ai.evaluation.result',
  evaluation_name: 'helpful',
  score_value: 1,
  attributes: Object.entries({
    'insights.score.id': id,
    'insights.score.type': 'boolean',
    'insights.score.source': 'human',
    ...attributes,
  }),
  ...more,
})

it('keeps of one id the newest, whichever comes first', async () => {
  await loader.load(logBatch([score('a', 20, { score_value: 0 }), score('b', 5)]))
  await loader.load(logBatch([score('a', 10)]))
  expect(await rows(SCORES)).toMatchObject([
    { score_id: 'a', value: 0, type: 'boolean', source: 'human' },
    { score_id: 'b', value: 1 },
  ])
})

it('takes a score away that was deleted', async () => {
  await loader.load(logBatch([score('a', 10)]))
  await loader.load(logBatch([score('a', 11, {}, { 'insights.score.deleted': 'true' })]))
  expect(await rows(SCORES)).toEqual([])
})

it('gives a clock that is ahead no more than the time of receipt', async () => {
  await loader.load(logBatch([score('a', 9000, { received_time: at(10) / 1_000_000n })]))
  await loader.load(logBatch([score('a', 20, { score_value: 0 })]))
  expect(await rows(SCORES)).toMatchObject([{ value: 0 }])
})

it('takes in evaluations of the conventions, and those that spans bear', async () => {
  await loader.load(
    logBatch([{ trace_id: traceId(1), time: at(1), evaluation_name: 'relevance', score_label: 'high' }]),
  )
  await loader.load(
    spanBatch([
      { trace_id: traceId(1), span_id: spanId(1), start_time: at(1), scores: ['{"name":"exact","value":0.5}'] },
    ]),
  )
  expect((await rows(SCORES)).map(({ score_id: _, ...row }) => row)).toEqual(
    expect.arrayContaining([
      { name: 'relevance', value: null, label: 'high', type: 'categorical', source: 'log', author: '' },
      { name: 'exact', value: 0.5, label: '', type: 'numeric', source: 'span', author: '' },
    ]),
  )
})

it('fills in what an insert that died left out, and adds nothing when it left out nothing', async () => {
  const log = logBatch([score('a', 10), score('b', 11)])
  const span = spanBatch([
    { trace_id: traceId(1), span_id: spanId(1), start_time: at(1), scores: ['{"name":"exact","value":0.5}'] },
  ])
  await loader.load(log)
  await loader.load(span)
  const before = await rows(SCORES)
  await refillScores(test.store, 'log_events', DAY)
  await refillScores(test.store, 'spans', DAY)
  expect(await rows(SCORES)).toEqual(before)
  await test.store.command('TRUNCATE TABLE insights.scores')
  await loader.load({ ...log, first: false })
  await loader.load({ ...span, first: false })
  expect(await rows(SCORES)).toEqual(before)
})

it('shows scores on spans, on generations and on traces', async () => {
  const call = { trace_id: traceId(1), kind: 'generation', start_time: at(1) }
  await loader.load(
    spanBatch([
      { ...call, span_id: spanId(1) },
      { ...call, span_id: spanId(2) },
    ]),
  )
  await loader.load(
    logBatch([
      score('whole', 1, { score_label: 'positive' }),
      score('one', 1, { span_id: spanId(1), evaluation_name: 'q', score_value: 0.5 }),
      score('two', 1, { span_id: spanId(1), evaluation_name: 'q', score_value: 0.75 }),
      score('three', 1, { span_id: spanId(1), evaluation_name: 'tone', score_value: null, score_label: 'formal' }),
    ]),
  )
  expect(await rows('SELECT scores, score_labels FROM generations_v1 ORDER BY span_id')).toEqual([
    { scores: { q: 0.625 }, score_labels: { tone: 'formal' } },
    { scores: {}, score_labels: {} },
  ])
  expect(await rows('SELECT scores, score_labels FROM traces_v1')).toEqual([
    { scores: { helpful: 1, q: 0.625 }, score_labels: { helpful: 'positive', tone: 'formal' } },
  ])
})

it('sums feedback up by model, prompt version and day, also when it came before its trace', async () => {
  await loader.load(
    logBatch([
      score('a', 1, { explanation: 'thanks' }),
      score('b', 2, { score_value: 0 }),
      score('c', 3, { span_id: spanId(2), evaluation_name: 'tone', score_value: null, score_label: 'formal' }),
      score('d', 4, { trace_id: traceId(99) }),
    ]),
  )
  const call = {
    trace_id: traceId(1),
    kind: 'generation',
    start_time: at(1),
    provider: 'openai',
    prompt_name: 'answer',
  }
  await loader.load(
    spanBatch([
      { ...call, span_id: spanId(1), request_model: 'gpt-5', prompt_version: '1' },
      { ...call, span_id: spanId(2), request_model: 'gpt-4o', prompt_version: '2' },
      { ...call, span_id: spanId(3), request_model: 'gpt-4o', prompt_version: '2' },
    ]),
  )
  const found = await rows(
    'SELECT name, model, prompt_version, scores, mean_value, positive, negative, labels, comments FROM feedback_v1 ORDER BY name, model',
  )
  const thumbs = { name: 'helpful', scores: 2, mean_value: 0.5, positive: 1, negative: 1, labels: {}, comments: 1 }
  expect(found).toEqual([
    { ...thumbs, model: '', prompt_version: '', scores: 1, mean_value: 1, negative: 0, comments: 0 },
    { ...thumbs, model: 'gpt-4o', prompt_version: '2' },
    { ...thumbs, model: 'gpt-5', prompt_version: '1' },
    {
      name: 'tone',
      model: 'gpt-4o',
      prompt_version: '2',
      scores: 1,
      mean_value: null,
      positive: 0,
      negative: 0,
      labels: { formal: 1 },
      comments: 0,
    },
  ])
})
