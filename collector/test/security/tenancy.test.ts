// One project must not see, change or count another's anything, by no route. The routes come from the collector's own OpenAPI page:
// one without a line in TRIALS fails, so that a new route comes with its trial.
import { beforeAll, describe, expect, it } from 'vitest'
import { eventually, type RunningCollector, useCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf, wire } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'

/** status { code: ERROR } */
const FAILED = wire.message(15, wire.number(3, 2))
/** In every text of the other project; an answer that holds it has leaked. */
const MARK = 'leaked0of0alpha'
const ALPHA_TRACE = traceIdOf('tenancy alpha')
const BETA_TRACE = traceIdOf('tenancy beta')
const KEYS = {
  alpha: 'key-of-alpha-0123456789',
  beta: 'key-of-beta-0123456789',
  'beta/ingest': 'key-of-beta-to-send-0123',
  'beta/read': 'key-of-beta-to-read-0123',
  'beta/admin': 'key-of-beta-to-change-01',
}
const API_KEYS = [
  `alpha/ingest+read+admin:${KEYS.alpha}`,
  `beta/ingest+read+admin:${KEYS.beta}`,
  `beta/ingest:${KEYS['beta/ingest']}`,
  `beta/read:${KEYS['beta/read']}`,
  `beta/admin:${KEYS['beta/admin']}`,
].join(',')

const collector = useCollector({ INSIGHTS_API_KEYS: API_KEYS, INSIGHTS_METRICS_KEY: 'key-of-the-metrics' })

interface Trial {
  scope: 'ingest' | 'read' | 'admin' | 'none'
  /** As alpha it must show MARK, or the trial shows nothing; false where an answer holds no text of spans. */
  showsMark: boolean
  /** What alpha asks for its own, and beta then asks in the same words. */
  path?: string
  body?: unknown
}

const RANGE = 'from=now-1h'
const list = (path: string): Trial => ({ scope: 'read', showsMark: true, path: `${path}?${RANGE}` })
const metric = (group: string, showsMark = true): Trial => ({
  scope: 'read',
  showsMark,
  path: `?group_by=${group}&${RANGE}`,
})
const open: Trial = { scope: 'none', showsMark: false }

const TRIALS: Record<string, Trial> = {
  'GET /api/about': open,
  'GET /livez': open,
  'GET /readyz': open,
  'GET /metrics': open,
  'GET /api/v1/traces': list('/api/v1/traces'),
  'GET /api/v1/generations': list('/api/v1/generations'),
  'GET /api/v1/spans': list('/api/v1/spans'),
  'GET /api/v1/sessions': list('/api/v1/sessions'),
  'GET /api/v1/users': list('/api/v1/users'),
  'GET /api/v1/scores': list('/api/v1/scores'),
  'POST /api/v1/scores': {
    scope: 'ingest',
    showsMark: false,
    body: { trace_id: ALPHA_TRACE, name: 'of-beta', value: 1 },
  },
  'DELETE /api/v1/scores/{score_id}': { scope: 'admin', showsMark: false },
  'GET /api/v1/score-configs': { scope: 'read', showsMark: true },
  'PUT /api/v1/score-configs/{name}': { scope: 'admin', showsMark: false, body: { type: 'boolean' } },
  'DELETE /api/v1/score-configs/{name}': { scope: 'admin', showsMark: false },
  'GET /api/v1/tools': { scope: 'read', showsMark: false },
  'GET /api/v1/agents': { scope: 'read', showsMark: false },
  'GET /api/v1/models': list('/api/v1/models'),
  'GET /api/v1/services': list('/api/v1/services'),
  'GET /api/v1/errors': list('/api/v1/errors'),
  'GET /api/v1/prompts/usage': { scope: 'read', showsMark: false },
  'GET /api/v1/sessions/{session_id}': { scope: 'read', showsMark: true, path: `/api/v1/sessions/${MARK}-session` },
  'GET /api/v1/export/{list}': list('/api/v1/export/spans'),
  // the stream has no end: what it shows is what GET /spans shows
  'GET /api/v1/tail': { scope: 'read', showsMark: false, path: '/api/v1/tail?q=modle:x' },
  'GET /api/v1/system': { scope: 'read', showsMark: false },
  'GET /api/v1/facets': {
    scope: 'read',
    showsMark: true,
    path: `/api/v1/facets?fields=model,user,attr,name&match=${'leaked'}&${RANGE}`,
  },
  'GET /api/v1/traces/{trace_id}': { scope: 'read', showsMark: true, path: `/api/v1/traces/${ALPHA_TRACE}` },
  'GET /api/v1/traces/{trace_id}/spans': {
    scope: 'read',
    showsMark: true,
    path: `/api/v1/traces/${ALPHA_TRACE}/spans`,
  },
  'GET /api/v1/traces/{trace_id}/skeleton': {
    scope: 'read',
    showsMark: true,
    path: `/api/v1/traces/${ALPHA_TRACE}/skeleton`,
  },
  'GET /api/v1/traces/{trace_id}/spans/{span_id}': {
    scope: 'read',
    showsMark: true,
    path: `/api/v1/traces/${ALPHA_TRACE}/spans/${spanIdOf(2)}`,
  },
  'GET /api/v1/metrics/total_traces': metric('name'),
  'GET /api/v1/metrics/latency': metric('model'),
  'GET /api/v1/metrics/token_usage': metric('model'),
  'GET /api/v1/metrics/cost': metric('model'),
  'GET /api/v1/metrics/error_rate': metric('error_type'),
  'GET /api/v1/metrics/cache_hit_rate': metric('model'),
  'GET /api/v1/prices': { scope: 'read', showsMark: true },
  'PUT /api/v1/prices': {
    scope: 'admin',
    showsMark: false,
    body: { prices: [{ name: 'of-beta', match: 'beta-*', per_million: { input: 1 } }] },
  },
  'GET /api/v1/prices/find': { scope: 'read', showsMark: true, path: `/api/v1/prices/find?model=${MARK}-model` },
  'GET /api/v1/prices/unpriced': list('/api/v1/prices/unpriced'),
  'POST /api/v1/prices/reprice/dry-run': {
    scope: 'admin',
    showsMark: true,
    body: {
      from: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10),
      to: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    },
  },
  'GET /api/v1/settings': { scope: 'read', showsMark: false },
  'GET /api/v1/keys': { scope: 'admin', showsMark: true },
  'POST /api/v1/keys': { scope: 'admin', showsMark: false, body: { name: 'of beta' } },
  'DELETE /api/v1/keys/{key_id}': { scope: 'admin', showsMark: false },
  'GET /api/v1/explain/{trace_id}/{span_id}': {
    scope: 'read',
    showsMark: true,
    path: `/api/v1/explain/${ALPHA_TRACE}/${spanIdOf(2)}`,
  },
  'POST /api/v1/explain': { scope: 'read', showsMark: false, body: { name: 'chat of beta', attributes: [] } },
  'GET /api/v1/unmapped': list('/api/v1/unmapped'),
  'GET /api/v1/where/{trace_id}': { scope: 'read', showsMark: false, path: `/api/v1/where/${ALPHA_TRACE}` },
  'GET /api/v1/ledger': { scope: 'read', showsMark: false },
  'POST /api/v1/sql': {
    scope: 'read',
    showsMark: true,
    body: { query: 'SELECT name, attributes, input, output, user_id FROM generations_v1' },
  },
}

interface Asked {
  method?: string
  key?: string
  body?: unknown
  headers?: Record<string, string>
}

async function ask(path: string, { method = 'GET', key, body, headers = {} }: Asked = {}) {
  const response = await fetch(collector().doors.api + path, {
    method,
    headers: {
      ...(key === undefined ? {} : { 'x-api-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** The request of an operation: its own words, or the plain path. */
function wordsOf(operation: string): { method: string; path: string; body?: unknown } {
  const [method = '', pattern = ''] = operation.split(' ')
  const { path = pattern, body } = TRIALS[operation]!
  const filled = path.startsWith('?') ? pattern + path : path
  return {
    method,
    path: filled.replaceAll(/\{\w+\}/g, alphaKeyId),
    ...(body === undefined ? {} : { body }),
  }
}

let alphaKeyId = 'unknown'
let operations: string[]

async function sendTrace(to: RunningCollector, project: 'alpha' | 'beta', traceId: string): Promise<void> {
  const mark = project === 'alpha' ? MARK : 'of-beta'
  const common = { 'session.id': `${mark}-session`, 'user.id': `${mark}-user`, 'deployment.environment.name': mark }
  const call = {
    ...common,
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': `${mark}-model`,
    'gen_ai.response.id': `${mark}-response`,
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: `${mark} asks` }] }]),
    'gen_ai.output.messages': JSON.stringify([
      { role: 'assistant', parts: [{ type: 'text', content: `${mark} says` }] },
    ]),
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
    'error.type': `${mark}_error`,
    [`gen_ai.unheard_of.${mark}`]: 1,
    [`app.${mark}`]: mark,
  }
  const score = { ...common, 'gen_ai.evaluation.name': `${mark}-score`, 'gen_ai.evaluation.score.value': 1 }
  const start = { startUnixNano: NOW_NANO }
  const spans = [
    span({ traceId, spanId: spanIdOf(1), name: `${mark} root`, ...start, attributes: common }),
    span(
      { traceId, spanId: spanIdOf(2), parentSpanId: spanIdOf(1), name: `${mark} chat`, ...start, attributes: call },
      FAILED,
    ),
    span({
      traceId,
      spanId: spanIdOf(3),
      parentSpanId: spanIdOf(2),
      name: `evaluate ${mark}`,
      ...start,
      attributes: score,
    }),
  ]
  const sent = await to.post(request(...spans), { headers: { 'x-api-key': KEYS[project] } })
  expect(sent.status).toBe(200)
  await storedSpans(to, traceId, 3)
}

beforeAll(async () => {
  const page = await collector().api<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json')
  operations = Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  await sendTrace(collector(), 'alpha', ALPHA_TRACE)
  await sendTrace(collector(), 'beta', BETA_TRACE)
  const prices = [{ name: `${MARK}-price`, match: `${MARK}-priced`, per_million: { input: 7 } }]
  const alias = [{ match: `${MARK}-model`, model: `${MARK}-priced` }]
  await ask('/api/v1/prices', { method: 'PUT', key: KEYS.alpha, body: { prices, aliases: alias } })
  const config = { type: 'categorical', categories: [MARK] }
  await ask('/api/v1/score-configs/tone', { method: 'PUT', key: KEYS.alpha, body: config })
  const made = await ask('/api/v1/keys', { method: 'POST', key: KEYS.alpha, body: { name: MARK } })
  alphaKeyId = (JSON.parse(made.text) as { key_id: string }).key_id
})

it('every route of the API has its trial', () => {
  expect(operations.toSorted()).toEqual(Object.keys(TRIALS).toSorted())
})

describe.each(Object.keys(TRIALS))('%s', (operation) => {
  const { scope, showsMark } = TRIALS[operation]!

  if (scope !== 'none')
    it('asks for a key, and for one with the right scope', async () => {
      const { method, path, body } = wordsOf(operation)
      for (const key of [undefined, 'wrong', `${KEYS.alpha}x`]) {
        const refused = await ask(path, { method, body, ...(key === undefined ? {} : { key }) })
        expect([refused.status, refused.headers.get('www-authenticate')?.startsWith('Bearer')]).toEqual([401, true])
        expect(refused.text).not.toContain(MARK)
      }
      for (const one of ['ingest', 'read', 'admin'] as const) {
        if (one === scope) continue
        const refused = await ask(path, { method, body, key: KEYS[`beta/${one}`] })
        expect([one, refused.status]).toEqual([one, 403])
      }
      expect((await ask(path, { method, body, key: KEYS[`beta/${scope}`] })).status).not.toBe(403)
    })

  if (showsMark)
    it('shows a project its own, else this trial would show nothing', async () => {
      const { method, path, body } = wordsOf(operation)
      await eventually(`the mark in ${path}`, async () => {
        const own = await ask(path, { method, body, key: KEYS.alpha })
        return own.status === 200 && own.text.includes(MARK) ? own : undefined
      })
    })

  it('shows another project nothing of it, however the project is named', async () => {
    const { method, path, body } = wordsOf(operation)
    const join = path.includes('?') ? '&' : '?'
    const ways: [string, Asked][] = [
      [path, {}],
      [path, { headers: { 'x-insights-project': 'alpha', 'x-project': 'alpha', 'x-forwarded-user': 'alpha' } }],
      [path, { headers: { authorization: 'Bearer ', cookie: `key=${KEYS.alpha}; project=alpha` } }],
      [`${path}${join}project=alpha`, {}],
      [`${path}${join}project_id=alpha`, {}],
      [`${path}${join}api_key=${KEYS.alpha}`, {}],
      [`${path}/../../v1/traces`, {}],
      [path.replace('/api/', '/API/'), {}],
      ...(typeof body === 'object' && body !== null
        ? ([[path, { body: { ...body, project: 'alpha', project_id: 'alpha' } }]] as [string, Asked][])
        : []),
    ]
    for (const [where, more] of ways) {
      const answer = await ask(where, { method, key: KEYS.beta, body, ...more })
      // What beta itself put into the question may come back in the words of a refusal.
      const said = answer.text.replaceAll(/"detail":"[^"]*"/g, '')
      expect([where, answer.status >= 500, said.includes(`${MARK}-price`), seen(said, where)]).toEqual([
        where,
        false,
        false,
        false,
      ])
    }
  })
})

const seen = (text: string, asked: string): boolean => !asked.includes(MARK) && text.includes(MARK)

describe('a change by another project', () => {
  it('leaves prices and keys as they are', async () => {
    const revoked = await ask(`/api/v1/keys/${alphaKeyId}`, { method: 'DELETE', key: KEYS.beta })
    expect(revoked.status).toBe(404)
    const keys = JSON.parse((await ask('/api/v1/keys', { key: KEYS.alpha })).text) as {
      data: { revoked_time: unknown }[]
    }
    expect(keys.data.map(({ revoked_time }) => revoked_time)).toEqual([null])
    expect((await ask('/api/v1/prices', { key: KEYS.alpha })).text).toContain(`${MARK}-price`)
    const find = `/api/v1/prices/find?model=${MARK}-model`
    expect((await ask(find, { key: KEYS.alpha })).text).toContain(`project/${MARK}-price`)
    expect(JSON.parse((await ask(find, { key: KEYS.beta })).text)).toMatchObject({ reason: 'unknown_model' })
  })

  it('leaves scores, and what is allowed of them, as they are', async () => {
    const path = `/api/v1/scores?${RANGE}&fields=score_id`
    const list = async () =>
      (JSON.parse((await ask(path, { key: KEYS.alpha })).text) as { data: { score_id: string }[] }).data
    const before = await list()
    expect(before).toHaveLength(1)
    const removed = await ask(`/api/v1/scores/${before[0]!.score_id}`, { method: 'DELETE', key: KEYS.beta })
    const undone = await ask('/api/v1/score-configs/tone', { method: 'DELETE', key: KEYS.beta })
    expect([removed.status, undone.status]).toEqual([404, 404])
    expect(await list()).toEqual(before)
    expect((await ask('/api/v1/score-configs', { key: KEYS.alpha })).text).toContain(MARK)
  })

  it('of a span with the ids of another project is a span of its own', async () => {
    const attributes = { 'user.id': 'of-beta-user' }
    const body = request(
      span({ traceId: ALPHA_TRACE, spanId: spanIdOf(1), name: 'of beta', startUnixNano: NOW_NANO, attributes }),
    )
    expect((await collector().post(body, { headers: { 'x-api-key': KEYS.beta } })).status).toBe(200)
    await storedSpans(collector(), ALPHA_TRACE, 4)
    const path = `/api/v1/traces/${ALPHA_TRACE}`
    const mine = JSON.parse((await ask(path, { key: KEYS.beta })).text) as { spans: { name: string }[] }
    expect(mine.spans.map(({ name }) => name)).toEqual(['of beta'])
    const theirs = JSON.parse((await ask(path, { key: KEYS.alpha })).text) as { spans: { name: string }[] }
    expect(theirs.spans.map(({ name }) => name)).not.toContain('of beta')
  })
})

it('the start page, the metrics and the description of the API tell nothing of any project', async () => {
  for (const [path, key] of [
    ['/', undefined],
    ['/', KEYS.beta],
    ['/metrics', undefined],
    ['/readyz', undefined],
    ['/api/openapi.json', undefined],
  ] as const) {
    const { text } = await ask(path, key === undefined ? {} : { key })
    expect([path, text.includes(MARK), /.{0,99}\balpha\b.{0,99}/.exec(text)?.[0]]).toEqual([path, false, undefined])
  }
})

it('metrics by project are shown for their own key alone', async () => {
  const { text } = await ask('/metrics', { key: 'key-of-the-metrics' })
  expect(text).toMatch(/insights_ledger_received_records_total\{project="alpha",signal="traces"\} \d+/)
  expect((await ask('/metrics', { key: KEYS.alpha })).text).toMatch(
    /insights_ledger_received_records_total\{signal="traces"\} \d+/,
  )
  expect((await ask('/api/v1/traces', { key: 'key-of-the-metrics' })).status).toBe(401)
})

it.each([
  ['GET', '/operator/deadletters'],
  ['GET', '/operator/deadletters/x'],
  ['POST', '/operator/deadletters/x/replay'],
  ['DELETE', '/operator/deadletters/x'],
  ['POST', '/operator/audit'],
  ['POST', '/operator/erase'],
  ['POST', '/operator/reprice'],
])('%s %s is for the operator alone', async (method, path) => {
  for (const key of [KEYS.alpha, KEYS['beta/admin'], undefined]) {
    const body = method === 'GET' ? {} : { body: {} }
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
    expect((await ask(path, { method, headers, ...body })).status).toBe(401)
  }
})
