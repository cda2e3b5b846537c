// Scores over the API and over the event wire: given, replaced, refused, taken back, before and after what they are about.
import { beforeAll, expect, it } from 'vitest'
import { eventually, useCollector } from '../collector-process.ts'
import { request, span } from '../otlp-bytes.ts'
import type { Row } from '../stored.ts'

const collector = useCollector({ INSIGHTS_API_KEYS: 'shop/ingest+read+admin:key-of-the-shop' })
const TRACE = 'a'.repeat(32)
const SPAN = 'b'.repeat(16)

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(collector().doors.api + path, {
    method,
    headers: { 'x-api-key': 'key-of-the-shop', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}
const give = (body: unknown) => ask('POST', '/api/v1/scores', body)

const capture = async (...events: { event: string; properties: object }[]) => {
  const batch = events.map((event) => ({ distinct_id: 'ann', timestamp: new Date().toISOString(), ...event }))
  const response = await fetch(`${collector().doors.http}/batch/`, {
    method: 'POST',
    body: JSON.stringify({ api_key: 'key-of-the-shop', batch }),
  })
  return { status: response.status, body: (await response.json()) as Row }
}

/** Scores of a name, once they are what is waited for. */
const scoresOf = (name: string, isThere: (rows: Row[]) => boolean): Promise<Row[]> =>
  eventually(`scores called ${name}`, async () => {
    const { body } = await ask('GET', `/api/v1/scores?from=now-1h&name=${name}`)
    return isThere(body.data) ? body.data : undefined
  })
const some = (rows: Row[]): boolean => rows.length > 0

beforeAll(async () => {
  // Before its trace.
  expect(
    (await give({ trace_id: TRACE, name: 'early', value: true, user_id: 'ann', source: 'human', comment: 'fine' }))
      .status,
  ).toBe(201)
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' }
  const sent = request(
    span({
      traceId: TRACE,
      spanId: SPAN,
      name: 'chat',
      startUnixNano: BigInt(Date.now() - 60_000) * 1_000_000n,
      attributes,
    }),
  )
  expect((await collector().post(sent, { headers: { 'x-api-key': 'key-of-the-shop' } })).status).toBe(200)
})

it('joins a score that came first with its trace', async () => {
  const [score] = await scoresOf('early', some)
  expect(score).toMatchObject({
    trace_id: TRACE,
    span_id: null,
    value: 1,
    label: 'true',
    type: 'boolean',
    source: 'human',
    explanation: 'fine',
    user_id: 'ann',
  })
  const trace = await eventually('the trace', async () => {
    const { body } = await ask('GET', `/api/v1/traces?from=now-1h&fields=trace_id,scores,score_labels`)
    return body.data[0]?.scores.early === undefined ? undefined : body.data[0]
  })
  expect(trace).toMatchObject({ trace_id: TRACE, scores: { early: 1 }, score_labels: { early: 'true' } })
})

it('gives many at once, to a span, a trace and a session, and answers with their ids', async () => {
  const { status, body } = await give({
    scores: [
      { trace_id: TRACE, span_id: SPAN, name: 'exact', value: 0.5, source: 'evaluator', author: 'judge v2' },
      { session_id: 'chat-1', name: 'tone', value: 'formal', metadata: { page: '/help' } },
    ],
  })
  expect([status, body.data.map((one: Row) => one['type'])]).toEqual([201, ['numeric', 'categorical']])
  const [exact] = await scoresOf('exact', some)
  expect(exact).toMatchObject({
    score_id: body.data[0].score_id,
    span_id: SPAN,
    source: 'evaluator',
    author: 'judge v2',
  })
  const [tone] = await scoresOf('tone', some)
  expect(tone).toMatchObject({
    trace_id: null,
    session_id: 'chat-1',
    value: null,
    label: 'formal',
    attributes: { page: '/help' },
  })
  const [call] = await collector().sql<Row>(`SELECT scores FROM generations_v1 WHERE span_id = '${SPAN}'`)
  expect(call).toEqual({ scores: { exact: 0.5 } })
})

it('lets a user decide again, at either door, and others keep theirs', async () => {
  const rate = (value: number, user: string) =>
    give({ trace_id: TRACE, name: 'stars', value, user_id: user, source: 'human' })
  await rate(2, 'ann')
  await rate(5, 'ben')
  expect(
    (await capture({ event: 'llm_feedback', properties: { trace_id: TRACE, $ai_metric_name: 'stars', rating: 4 } }))
      .status,
  ).toBe(200)
  const rows = await scoresOf('stars', (found) => found.some(({ value }) => value === 4))
  expect(rows.map(({ user_id, value }) => [user_id, value]).toSorted()).toEqual([
    ['ann', 4],
    ['ben', 5],
  ])
})

it('takes a score back', async () => {
  const { body } = await give({ trace_id: TRACE, name: 'mistake', value: 1 })
  const id = body.data[0].score_id
  await scoresOf('mistake', some)
  expect((await ask('DELETE', `/api/v1/scores/${id}`)).status).toBe(204)
  expect(await scoresOf('mistake', (rows) => rows.length === 0)).toEqual([])
  expect((await ask('DELETE', `/api/v1/scores/${id}`)).status).toBe(404)
})

it.each([
  [{ name: 'x', value: 1 }, /trace_id/],
  [{ session_id: 's', span_id: SPAN, name: 'x', value: 1 }, /span_id/],
  [{ trace_id: TRACE, name: 'x' }, /value/],
  [{ trace_id: TRACE, value: 1 }, /name|request/],
  [{ trace_id: TRACE, name: 'x', value: 1, sorce: 'api' }, /sorce|request|Invalid/],
  [{ trace_id: TRACE, name: 'x', value: 1, source: 'robot' }, /source|request|Invalid/],
  [[], /request|Invalid/],
])('answers %j with a problem that says what is wrong', async (body, detail) => {
  const answer = await give(body)
  expect([answer.status, answer.type]).toEqual([400, 'application/problem+json'])
  expect(answer.body.detail).toMatch(detail)
})

it('refuses at every door what the configuration of a name does not allow', async () => {
  const put = (name: string, config: unknown) => ask('PUT', `/api/v1/score-configs/${name}`, config)
  expect((await put('five', { type: 'numeric', min: 1, max: 5 })).status).toBe(200)
  expect((await put('mood', { type: 'categorical', categories: ['good', 'bad', 'so-so'] })).status).toBe(200)
  expect((await put('mood', { type: 'categorical', min: 1 })).status).toBe(400)
  expect((await ask('GET', '/api/v1/score-configs')).body.data).toEqual([
    { name: 'five', type: 'numeric', min: 1, max: 5, categories: [], description: '' },
    { name: 'mood', type: 'categorical', min: null, max: null, categories: ['good', 'bad', 'so-so'], description: '' },
  ])
  for (const wrong of [
    { name: 'five', value: 6 },
    { name: 'five', value: 'many' },
    { name: 'five', value: true },
    { name: 'mood', value: 'grim' },
    { name: 'mood', value: 1 },
  ]) {
    const refused = await give({ trace_id: TRACE, ...wrong })
    expect([wrong, refused.status, refused.body.code]).toEqual([wrong, 400, 'INSIGHTS_REQUEST_INVALID'])
  }
  const wire = (name: string, rating: unknown) => ({
    event: 'llm_feedback',
    properties: { trace_id: TRACE, $ai_metric_name: name, rating },
  })
  const { body } = await capture(wire('five', 9), wire('five', 5), wire('mood', 'so-so'), wire('mood', 'good'))
  expect(body).toMatchObject({ status: 1, rejected: 1, detail: 'scores called five are from 1 to 5' })
  expect(await scoresOf('five', some)).toMatchObject([{ value: 5 }])
  expect((await ask('DELETE', '/api/v1/score-configs/five')).status).toBe(204)
  expect((await give({ trace_id: TRACE, name: 'five', value: 6 })).status).toBe(201)
})

it('takes what is given from the rates and quotas of the key, says when to come again, and keeps books of it', async () => {
  const giveAs = (key: string, body: unknown) =>
    fetch(`${collector().doors.api}/api/v1/scores`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const create = async (name: string, rates: object): Promise<string> => {
    const { body } = await ask('POST', '/api/v1/keys', { name, scopes: ['ingest'], ...rates })
    return body.key
  }
  const one = (name: string) => ({ trace_id: TRACE, name, value: 1 })
  const slow = await create('slow', { spans_per_second: 1 })
  const answers: Response[] = []
  for (let n = 0; n < 30 && answers.at(-1)?.status !== 429; n++)
    answers.push(await giveAs(slow, { scores: [one(`rated ${n} a`), one(`rated ${n} b`)] }))
  expect(answers.length).toBeGreaterThan(1)
  expect(answers.slice(0, -1).map(({ status }) => status)).toEqual(answers.slice(0, -1).map(() => 201))
  const refused = answers.at(-1) as Response
  expect([refused.status, Number(refused.headers.get('retry-after')) >= 1]).toEqual([429, true])
  expect(await refused.json()).toMatchObject({ status: 429, code: 'INSIGHTS_RATE_LIMITED' })

  const poor = await create('poor', { bytes_per_month: 10 })
  const over = await giveAs(poor, one('too many'))
  expect([over.status, ((await over.json()) as Row)['code']]).toEqual([403, 'INSIGHTS_QUOTA_USED_UP'])

  // Books: what was kept is in the ledger, what was not is in the metrics by reason.
  const kept = 2 * (answers.length - 1)
  const text = await (await fetch(`${collector().doors.api}/metrics`, { headers: { 'x-api-key': slow } })).text()
  for (const reason of ['rate', 'quota'])
    expect(text).toContain(`insights_receive_refused_total{door="api",reason="${reason}"} 1`)
  await eventually('the ledger', async () => {
    const [books] = await collector().sql<{ stored: number; logs: number }>(
      `SELECT toUInt32((SELECT sum(stored) FROM ingest_ledger_v1 WHERE signal = 'logs')) AS stored,
              toUInt32((SELECT count() FROM log_events)) AS logs`,
    )
    return books && books.stored === books.logs && books.stored >= kept ? books : undefined
  })
})
