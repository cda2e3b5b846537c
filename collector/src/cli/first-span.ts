// A first generation as OTLP/JSON: for the curl line that `start` prints, and for `doctor`.

/** Ids are lower-case hex, times are decimal nanoseconds since 1970: texts, because the curl line puts shell in their place. */
export interface FirstSpan {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  readonly startUnixNano: string
  readonly endUnixNano: string
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
// OTLP/JSON writes 64-bit integers as text (opentelemetry-proto, docs/specification.md).
const integer = (key: string, intValue: string) => ({ key, value: { intValue } })

/** The body of one `POST /v1/traces` with one chat generation (OpenTelemetry gen_ai conventions). */
export function firstSpanRequest({ service, traceId, spanId, startUnixNano, endUnixNano }: FirstSpan): object {
  const attributes = [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.provider.name', 'openai'),
    text('gen_ai.request.model', 'gpt-4o-mini'),
    text('gen_ai.response.model', 'gpt-4o-mini-2024-07-18'),
    integer('gen_ai.usage.input_tokens', '12'),
    integer('gen_ai.usage.output_tokens', '5'),
    text('gen_ai.input.messages', message('user', 'Is anybody there?')),
    text('gen_ai.output.messages', message('assistant', 'Yes, I can hear you.')),
  ]
  const span = {
    traceId,
    spanId,
    name: 'chat gpt-4o-mini',
    kind: 3, // SPAN_KIND_CLIENT
    startTimeUnixNano: startUnixNano,
    endTimeUnixNano: endUnixNano,
    attributes,
    status: {},
  }
  const scopeSpans = [{ scope: { name: 'insights-cli' }, spans: [span] }]
  return { resourceSpans: [{ resource: { attributes: [text('service.name', service)] }, scopeSpans }] }
}

const message = (role: string, content: string): string =>
  JSON.stringify([
    { role, parts: [{ type: 'text', content }], ...(role === 'assistant' ? { finish_reason: 'stop' } : {}) },
  ])

const randomHex = (bytes: number): string => `$(od -An -N${bytes} -tx1 /dev/urandom | tr -d ' \\n')`

// What the shell puts into the body, outside its single quotes.
const SHELL_VALUES: Readonly<Record<string, string>> = {
  TRACE_ID: randomHex(16),
  SPAN_ID: randomHex(8),
  START: '$(($(date +%s) - 2))',
  END: '$(date +%s)',
}

/**
 * A line for any POSIX shell that sends one generation which ended this second, so that it is within the default 24 hours.
 *
 * @param http URL of the OTLP HTTP door
 * @param withKey the line takes the key from $INSIGHTS_API_KEY
 */
export function firstSpanCurl(http: string, withKey: boolean): string {
  const span = {
    traceId: '<TRACE_ID>',
    spanId: '<SPAN_ID>',
    startUnixNano: '<START>000000000',
    endUnixNano: '<END>000000000',
  }
  const body = JSON.stringify(firstSpanRequest({ service: 'first-span', ...span }))
  const shell = body.replace(/<([A-Z_]+)>/g, (_, name: string) => `'"${SHELL_VALUES[name]}"'`)
  const key = withKey ? ' -H "authorization: Bearer $INSIGHTS_API_KEY"' : ''
  return `curl -sS ${http}/v1/traces -H 'content-type: application/json'${key} -d '${shell}'`
}
