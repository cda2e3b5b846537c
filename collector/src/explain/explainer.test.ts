// Explanations over the real prices, the real conversion and the real walk.
import { describe, expect, it } from 'vitest'
import { openExplainer } from '../app-explain.ts'
import { createPricing } from '../price/pricing.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { ExplainedSpan, Shown } from './explained.ts'

const NOW_MS = Date.parse('2026-06-15T12:00:00Z')
const LIMITS = { maxAttributesPerSpan: 128 }
const pricing = createPricing()
const clock = { nowMs: () => NOW_MS, monotonicMs: () => 0 }
const explainer = openExplainer({ config: { limits: LIMITS }, pricing, clock })

type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>

const anyValue = (value: Attributes[string]): object => {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'object') return { arrayValue: { values: value.map(anyValue) } }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
const spanOf = (attributes: Attributes, more: object = {}): object => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name: 'chat',
  startTimeUnixNano: `${NOW_MS}000000`,
  endTimeUnixNano: `${NOW_MS + 1000}000000`,
  attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
  ...more,
})
const explain = (body: unknown): ExplainedSpan[] =>
  explainer.sent('default', Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
const one = (attributes: Attributes, more: object = {}): ExplainedSpan => {
  const [span] = explain(spanOf(attributes, more))
  if (!span) throw new Error('nothing was explained')
  return span
}
const told = ({ fields }: ExplainedSpan, name: string): [Shown, string | null, string | null] | undefined => {
  const field = fields.find((it) => it.field === name)
  return field && [field.value, field.dialect, field.key]
}

const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.system': 'openai',
  'gen_ai.request.model': 'gpt-4o-mini',
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 85,
  'gen_ai.usage.cache_read.input_tokens': 1024,
}

describe('a pasted span', () => {
  it('tells for each field the dialect and the key, and the sum behind its cost', () => {
    const span = one({ ...CALL, 'langfuse.session.id': 'chat-1', 'gen_ai.request.temperature': 0, 'gen_ai.new': 'x' })
    expect(told(span, 'kind')).toEqual(['generation', 'otel-gen-ai', 'gen_ai.operation.name'])
    expect(told(span, 'provider')).toEqual(['openai', 'otel-gen-ai-deprecated', 'gen_ai.system'])
    expect(told(span, 'session_id')).toEqual(['chat-1', 'langfuse', 'langfuse.session.id'])
    expect(told(span, 'temperature')).toEqual([0, 'otel-gen-ai', 'gen_ai.request.temperature'])
    expect(told(span, 'user_id')).toBeUndefined()
    expect(span).toMatchObject({ stored: false, dialect: 'langfuse', unmapped: ['gen_ai.new'], notes: [] })
    expect(span.cost).toMatchObject({
      cost_usd: '0.0001542',
      source: 'computed',
      sum: {
        price_id: 'genai-prices/0.1.8/openai/gpt-4o-mini',
        rule: 'provider+model',
        since: null,
        total_usd: '0.0001542',
        lines: [
          { bucket: 'input', count: 176, rate_usd: '0.15', per: 1_000_000, amount_usd: '0.0000264' },
          { bucket: 'cache_read', count: 1024, amount_usd: '0.0000768' },
          { bucket: 'output', count: 85, amount_usd: '0.000051' },
        ],
      },
    })
  })

  it('takes what it lacks from the resource, as a row does', () => {
    const resource = {
      attributes: [
        { key: 'service.name', value: { stringValue: 'shop' } },
        { key: 'deployment.environment', value: { stringValue: 'old name' } },
        { key: 'service.version', value: { stringValue: '1.2' } },
      ],
    }
    const [span] = explain({ resource, scopeSpans: [{ scope: { name: 'langfuse-sdk' }, spans: [spanOf(CALL)] }] })
    expect(told(span!, 'service_name')).toEqual(['shop', 'resource', 'service.name'])
    expect(told(span!, 'environment')).toEqual(['old name', 'resource', 'deployment.environment'])
    expect(told(span!, 'dialect')).toEqual(['langfuse', 'langfuse', 'scope langfuse-sdk'])
    expect(told(one({ ...CALL, 'deployment.environment.name': 'own' }), 'environment')?.[0]).toBe('own')
  })

  it.each([
    ['declared_inclusive', {}, 1200, /counts cached tokens in its input/],
    ['cache_exceeds_input', { 'gen_ai.usage.input_tokens': 176 }, 1200, /more tokens were cached/],
    ['total_says_exclusive', { 'gen_ai.usage.total_tokens': 1200 + 1024 + 85 }, 2224, /adds up only/],
    [
      'total_says_exclusive+reasoning',
      { 'gen_ai.usage.total_tokens': 2409, 'gen_ai.usage.reasoning.output_tokens': 100 },
      2224,
      /reasoning tokens were not part/,
    ],
    ['', { 'gen_ai.usage.cache_read.input_tokens': 'x' }, 1200, /nothing to decide/],
  ])('says which rule settled its tokens: %s', (rule, attributes, input, text) => {
    const { usage } = one({ ...CALL, ...attributes })
    expect(usage).toMatchObject({ rule, rule_text: expect.stringMatching(text), role: 'call', counts_usage: true })
    const found = usage.counts.find(({ count }) => count === 'input_tokens')
    expect(found).toMatchObject({ value: input, key: 'gen_ai.usage.input_tokens' })
    expect(found?.reported).toBe('gen_ai.usage.input_tokens' in attributes ? 176 : 1200)
  })

  it('names the usage object that its tokens were read from', () => {
    const details = '{"input":100,"input_cached_tokens":50,"output":7}'
    const span = one({ 'langfuse.observation.type': 'generation', 'langfuse.observation.usage_details': details })
    const [input] = span.usage.counts
    expect(input).toMatchObject({ count: 'input_tokens', reported: null, key: 'langfuse.observation.usage_details' })
    const raw = one({ ...CALL, 'gen_ai.usage.raw': '{"prompt_tokens":30,"completion_tokens":4}' }, { name: 'x' })
    expect(raw.usage).toMatchObject({
      rule: 'raw_usage',
      counts: [{ value: 30, reported: 1200, key: 'gen_ai.usage.raw' }, {}, {}],
    })
  })

  it('says whose cost holds', () => {
    expect(one({ ...CALL, 'gen_ai.usage.cost': 0.5 }).cost).toMatchObject({
      cost_usd: '0.5',
      source: 'reported',
      reported_usd: '0.5',
      computed_usd: '0.0001542',
    })
    // A reported 0 is a placeholder.
    expect(one({ ...CALL, 'gen_ai.usage.cost': 0 }).cost).toMatchObject({ source: 'computed', reported_usd: null })
    // Where only the parts are told, their sum is.
    const parts = { 'gen_ai.usage.input_cost': 0.1, 'gen_ai.usage.output_cost': 0.2 }
    expect(one({ ...CALL, ...parts }).cost).toMatchObject({ source: 'reported', cost_usd: '0.3' })
    expect(one({ ...CALL, 'gen_ai.request.model': 'no-such-model' }).cost).toMatchObject({
      cost_usd: null,
      source: null,
      source_text: 'unknown: unknown_model',
      sum: { reason: 'unknown_model', lines: [] },
    })
    const tool = one({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' })
    expect(tool.cost).toMatchObject({ cost_usd: null, sum: null, source_text: expect.stringMatching(/^not priced/) })
    expect(tool.usage).toMatchObject({ role: '', counts: [] })
  })

  it('says which tokens are estimated, where estimates are on', () => {
    const { 'gen_ai.usage.output_tokens': _, ...untold } = CALL
    const output = '[{"role":"assistant","parts":[{"type":"text","content":"a b c"}],"finish_reason":"stop"}]'
    const counting = openExplainer({
      config: { limits: LIMITS },
      pricing,
      clock,
      countTokens: (text) => text.split(' ').length,
    })
    const body = Buffer.from(JSON.stringify(spanOf({ ...untold, 'gen_ai.output.messages': output })))
    const [span] = counting.sent('default', body)
    expect(span?.usage).toMatchObject({ rule: 'estimated', rule_text: expect.stringMatching(/^nobody told it/) })
    expect(span?.usage.counts.map(({ count, value, note }) => [count, value, note])).toEqual([
      ['input_tokens', 1200, undefined],
      ['cache_read_tokens', 1024, undefined],
      ['output_tokens', 3, 'estimated from the content: nobody told it'],
    ])
    expect(span?.cost).toMatchObject({ source: 'estimated', cost_usd: '0.000105' })
    expect(one({ ...untold, 'gen_ai.output.messages': output }).cost.source).toBeNull()
  })

  it('is priced by the prices of its project at the time of its start', () => {
    const own = createPricing()
    own.setProject('shop', { prices: [{ name: 'deal', match: 'gpt-4o-mini', multiplier: 0.5, start: '2026-01-01' }] })
    const body = Buffer.from(JSON.stringify(spanOf(CALL)))
    const of = (project: string) =>
      openExplainer({ config: { limits: LIMITS }, pricing: own, clock }).sent(project, body)[0]?.cost
    expect(of('shop')).toMatchObject({ cost_usd: '0.0000771', sum: { rule: 'override', since: '2026-01-01' } })
    expect(of('other')).toMatchObject({ cost_usd: '0.0001542' })
  })

  it('would not be taken by a door when its ids are none, and is explained all the same', () => {
    const span = one(CALL, { traceId: undefined, startTimeUnixNano: undefined })
    expect(span.notes).toEqual([expect.stringMatching(/refused: its traceId/), expect.stringMatching(/no start time/)])
    expect(span).toMatchObject({ trace_id: '', kind: 'generation', start_time: new Date(NOW_MS).toISOString() })
  })

  it('shows long values cut', () => {
    const value = told(one({ ...CALL, 'user.id': 'x'.repeat(2000) }), 'user_id')?.[0]
    expect(value).toBe(`${'x'.repeat(500)}… (2000 characters)`)
  })
})

describe('a pasted body', () => {
  const span = spanOf(CALL)
  const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }

  it.each([
    ['a request', request],
    ['an element of resourceSpans', request.resourceSpans[0]],
    ['resourceSpans', request.resourceSpans],
    ['an element of scopeSpans', { spans: [span] }],
    ['scopeSpans', [{ spans: [span] }]],
    ['a span', span],
    ['spans', [span]],
  ])('may be %s', (_, body) => {
    expect(explain(body)).toEqual(explain(request))
  })

  it('may mix them, and keeps their order', () => {
    const named = (name: string) => spanOf(CALL, { name })
    const names = explain([
      named('a'),
      { spans: [named('b')] },
      { resourceSpans: [{ scopeSpans: [{ spans: [named('c')] }] }] },
    ])
    expect(names.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('keeps whole numbers that are more than a double holds', () => {
    const text = JSON.stringify(spanOf({ ...CALL, 'gen_ai.response.id': 'ID' })).replace(
      '{"stringValue":"ID"}',
      '{"intValue":9007199254740993}',
    )
    expect(told(explain(text)[0]!, 'response_id')?.[0]).toBe('9007199254740993')
  })

  it.each([
    ['{"secret', /it is not JSON/],
    ['[]', /an empty list/],
    ['{"secret":1}', /expected an OTLP\/JSON trace request/],
    ['[1]', /expected an OTLP\/JSON trace request/],
    ['{"resourceSpans":[]}', /there is no span in it/],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":7}]}]}]}', /at byte \d+/],
    ['[{"name":7}]', /^cannot read the JSON: expected/],
    [JSON.stringify(Array.from({ length: 101 }, () => span)), /101 spans, and 100/],
    [JSON.stringify(spanOf({ secret: 'x'.repeat(2 ** 20) })), /larger than 1048576 bytes/],
  ])('that is none of these is refused without quoting it (%#)', (body, reason) => {
    const failure = (() => {
      try {
        return explain(body)
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(InsightsError)
    expect(failure).toMatchObject({ code: 'INSIGHTS_REQUEST_INVALID', message: expect.stringMatching(reason) })
    expect(String(failure)).not.toContain('secret')
  })
})

describe('a stored row', () => {
  const ROW = {
    project_id: 'default',
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    span_id: 'b7ad6b7169203331',
    parent_span_id: '',
    name: 'chat',
    start_time: '2026-06-15 12:00:00.000000000',
    latency_ms: 1000,
    status: 'unset',
    scope_name: '',
    attributes: Object.fromEntries(Object.entries(CALL).map(([key, value]) => [key, String(value)])),
    resource_attributes: { 'service.name': 'shop' },
    service_name: 'shop',
    kind: 'generation',
    dialect: 'otel-gen-ai-deprecated',
    operation: 'chat',
    provider: 'openai',
    request_model: 'gpt-4o-mini',
    stream: 0,
    input_tokens: 1200,
    output_tokens: 85,
    cache_read_tokens: 1024,
    usage_role: 'call',
    usage_rule: 'declared_inclusive',
    counts_usage: 1,
    cost_usd: '0.0001542',
    computed_cost_usd: '0.0001542',
    cost_source: 'computed',
    price_id: 'genai-prices/0.1.8/openai/gpt-4o-mini',
  }
  const stored = (changed: object = {}, settled = '') => explainer.stored({ ...ROW, ...changed }, settled)

  it('is explained like the span that it was', () => {
    const [sent] = explain({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [{ spans: [spanOf(CALL)] }],
    })
    expect(stored()).toEqual({ ...sent, stored: true, start_time: '2026-06-15T12:00:00.000000000Z' })
  })

  it('shows what the rules of this version would make of it, beside what it says', () => {
    const span = stored({
      provider: 'open_ai',
      user_id: 'ann',
      usage_rule: 'ambiguous',
      usage_role: 'summary',
      input_tokens: 1300,
    })
    const found = (name: string) => span.fields.find(({ field }) => field === name)
    expect(found('provider')).toMatchObject({ value: 'open_ai', now: 'openai', key: 'gen_ai.system' })
    expect(found('user_id')).toEqual({
      field: 'user_id',
      value: 'ann',
      dialect: null,
      key: null,
      note: expect.stringMatching(/^as stored/),
    })
    expect(span.usage).toMatchObject({
      rule: 'ambiguous',
      rule_now: 'declared_inclusive',
      role: 'summary',
      role_now: 'call',
    })
    expect(span.usage.counts[0]).toMatchObject({ count: 'input_tokens', value: 1300, reported: 1200, now: 1200 })
    expect(found('request_model')).not.toHaveProperty('now')
  })

  it('says when the prices of now come to something else', () => {
    expect(stored().cost).not.toHaveProperty('differs')
    const { cost } = stored({ computed_cost_usd: '0.5', cost_usd: '0.5', price_id: 'override/old' })
    expect(cost).toMatchObject({ cost_usd: '0.5', price_id: 'override/old', sum: { total_usd: '0.0001542' } })
    expect(cost.differs).toMatch(
      /priced at 0\.5 USD by override\/old; the prices of now come to 0\.0001542 USD by genai/,
    )
    const unknown = stored({
      computed_cost_usd: null,
      cost_usd: null,
      cost_source: '',
      price_id: '',
      cost_reason: 'unknown_model',
    })
    expect(unknown.cost).toMatchObject({
      source_text: 'unknown: unknown_model',
      differs: expect.stringMatching(/priced at unknown \(unknown_model\)/),
    })
  })

  it('does not take an estimate for something that the rules would say otherwise', () => {
    const { 'gen_ai.usage.output_tokens': _, ...attributes } = ROW.attributes
    const span = stored({ attributes, usage_rule: 'estimated', cost_source: 'estimated' })
    expect(span.usage.counts.at(-1)).toMatchObject({
      count: 'output_tokens',
      value: 85,
      note: expect.stringMatching(/^estimated/),
    })
    expect(span.usage).not.toHaveProperty('rule_now')
    expect(span.cost).toMatchObject({
      source_text: expect.stringMatching(/estimated$/),
      sum: { total_usd: '0.0001542' },
    })
    expect(span.cost).not.toHaveProperty('differs')
  })

  it('says why it counts or not', () => {
    expect(stored({ counts_usage: 0 }, 'descendant').usage).toMatchObject({
      counts_usage: false,
      role_text: 'a model call of its own: settled: it does not count, for a span below it does',
    })
    expect(stored({}, '').usage.role_text).toBe('a model call of its own: counts at once')
  })

  it('gets its content back under the key that held it', () => {
    const input = '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]'
    const span = stored({ input, content_keys: 'gen_ai.input.messages - - -' })
    expect(told(span, 'input')).toEqual([input, 'otel-gen-ai', 'gen_ai.input.messages'])
    const indexed = stored({ input, content_keys: 'llm.input_messages.* - - -', dialect: 'openinference' })
    expect(told(indexed, 'input')).toEqual([input, 'openinference', 'llm.input_messages.*'])
    expect(indexed.unmapped).toEqual([])
    expect([...span.fields, ...indexed.fields].filter((field) => 'now' in field)).toEqual([])
  })

  it('tells of a call that only a log record told of by the rules of that record', () => {
    const span = stored({
      usage_role: 'log',
      dialect: 'claude-code',
      operation: 'chat',
      provider: 'anthropic',
      request_model: 'claude-sonnet-4-5',
      attributes: {
        'event.name': 'api_request',
        model: 'claude-sonnet-4-5',
        input_tokens: '10',
        output_tokens: '5',
        cache_read_tokens: '100',
      },
      scope_name: 'com.anthropic.claude_code.events',
      input_tokens: 110,
      output_tokens: 5,
      cache_read_tokens: 100,
      usage_rule: 'cache_exceeds_input',
    })
    expect(span.usage).toMatchObject({ role: 'log', role_text: expect.stringMatching(/a log record tells of/) })
    expect(span.usage).not.toHaveProperty('role_now')
    expect(told(span, 'request_model')).toEqual(['claude-sonnet-4-5', 'claude-code', 'model'])
  })
})
