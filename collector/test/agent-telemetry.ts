// Test help: what Claude Code 2.1 sends of a session, as OTLP/JSON. Keys and types as on the wire; values are ours.

type Value = string | number | bigint | boolean

export interface AgentCall {
  requestId: string
  promptId: string
  /** Seconds after the session's start at which it began, and that it took. */
  atS: number
  tookS: number
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
  costUsd: number
}

export interface AgentSession {
  session: string
  /** Milliseconds since 1970. */
  startMs: number
  calls: readonly AgentCall[]
}

const SCOPE = 'com.anthropic.claude_code'
const MODEL = 'claude-sonnet-4-5-20250929'

const anyValue = (value: Value): object => {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return typeof value === 'bigint' ? { intValue: String(value) } : { doubleValue: value }
}
const attributesOf = (values: Readonly<Record<string, Value>>): object[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }))
const nanos = (ms: number): string => String(BigInt(Math.round(ms)) * 1_000_000n)
const resource = { attributes: attributesOf({ 'service.name': 'claude-code', 'service.version': '2.1.197' }) }

/** Every event of the session; without its beta spans this and metrics are all that it sends. */
export function claudeLogs({ session, startMs, calls }: AgentSession): string {
  let sequence = 0n
  const record = (event: string, ms: number, values: Readonly<Record<string, Value>>): object => ({
    timeUnixNano: nanos(ms),
    observedTimeUnixNano: nanos(ms),
    body: { stringValue: `claude_code.${event}` },
    attributes: attributesOf({
      'user.id': 'user-1',
      'session.id': session,
      'terminal.type': 'xterm',
      'event.name': event,
      'event.timestamp': new Date(ms).toISOString(),
      'event.sequence': sequence++,
      ...values,
    }),
  })
  const logRecords = calls.flatMap((call) => {
    const prompt = { 'prompt.id': call.promptId }
    const endMs = startMs + (call.atS + call.tookS) * 1000
    return [
      record('user_prompt', startMs + call.atS * 1000, { ...prompt, prompt: 'What is new?', prompt_length: '12' }),
      record('api_request', endMs, {
        ...prompt,
        ...countsOf(call),
        model: MODEL,
        cost_usd: call.costUsd,
        cost_usd_micros: BigInt(Math.round(call.costUsd * 1e6)),
        duration_ms: BigInt(call.tookS * 1000),
        query_source: 'repl_main_thread',
        request_id: call.requestId,
        speed: 'normal',
      }),
      record('tool_result', endMs + 40, {
        ...prompt,
        tool_name: 'Read',
        tool_use_id: 't1',
        success: 'true',
        duration_ms: '40',
      }),
    ]
  })
  return JSON.stringify({
    resourceLogs: [{ resource, scopeLogs: [{ scope: { name: `${SCOPE}.events`, version: '2.1.197' }, logRecords }] }],
  })
}

const countsOf = (call: AgentCall): Readonly<Record<string, Value>> => ({
  input_tokens: BigInt(call.input),
  output_tokens: BigInt(call.output),
  cache_read_tokens: BigInt(call.cacheRead),
  cache_creation_tokens: BigInt(call.cacheWrite),
})

/** The same calls as beta spans: one trace a prompt, the call below the interaction. */
export function claudeSpans({ session, startMs, calls }: AgentSession): string {
  const spans = calls.flatMap((call, i) => {
    const traceId = (i + 1).toString(16).padStart(32, 'c')
    const [above, own] = [`a${i}`, `b${i}`].map((id) => Buffer.from(id).toString('hex').padEnd(16, '0'))
    const from = startMs + call.atS * 1000
    const common = { 'session.id': session, 'user.id': 'user-1' }
    return [
      {
        traceId,
        spanId: above,
        name: 'claude_code.interaction',
        kind: 1,
        startTimeUnixNano: nanos(from),
        endTimeUnixNano: nanos(from + call.tookS * 1000 + 90),
        attributes: attributesOf({ ...common, 'span.type': 'interaction', user_prompt: 'What is new?' }),
      },
      {
        traceId,
        spanId: own,
        parentSpanId: above,
        name: 'claude_code.llm_request',
        kind: 1,
        startTimeUnixNano: nanos(from + 5),
        endTimeUnixNano: nanos(from + call.tookS * 1000 + 3),
        attributes: attributesOf({
          ...common,
          ...countsOf(call),
          'span.type': 'llm_request',
          'gen_ai.system': 'anthropic',
          'gen_ai.request.model': MODEL,
          'gen_ai.response.id': `msg_${call.requestId}`,
          model: MODEL,
          request_id: call.requestId,
          success: true,
          ttft_ms: 400n,
        }),
      },
    ]
  })
  return JSON.stringify({
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: `${SCOPE}.tracing`, version: '1.0.0' }, spans }] }],
  })
}

/** The session's counters, which tell of the same tokens and cost a third time. */
export function claudeMetrics({ session, startMs, calls }: AgentSession): string {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
  const point = (value: number, type: string): object => ({
    asDouble: value,
    startTimeUnixNano: nanos(startMs),
    timeUnixNano: nanos(startMs + 60_000),
    attributes: attributesOf({ 'session.id': session, model: MODEL, type }),
  })
  const dataPoints = [
    point(sum(calls.map(({ input }) => input)), 'input'),
    point(sum(calls.map(({ output }) => output)), 'output'),
  ]
  const metrics = [
    {
      name: 'claude_code.token.usage',
      unit: 'tokens',
      sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints },
    },
  ]
  return JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: SCOPE }, metrics }] }] })
}
