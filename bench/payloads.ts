// Export requests of three sizes, encoded once; `renew` gives every span new ids, so that none is taken for a resend.
import { opentelemetry } from '../proto/gen/otlp.js'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1

export type PayloadClass = 'small' | 'gen_ai' | 'agent'

export interface Payload {
  name: PayloadClass
  spans: number
  bytes: Buffer
  /** Where each span's eight id bytes and eight trace id bytes that differ stand in `bytes`. */
  idOffsets: number[]
}

const LOREM =
  'The customer asks whether the order placed last Tuesday can still be changed, because the address on the invoice is that of the old office. '

export const text = (bytes: number): string => LOREM.repeat(Math.ceil(bytes / LOREM.length)).slice(0, bytes)
export const attribute = (key: string, value: string | number) => ({
  key,
  value:
    typeof value === 'string'
      ? { stringValue: value }
      : Number.isInteger(value)
        ? { intValue: value }
        : { doubleValue: value },
})

// An HTTP client span as any service sends it: 0.3 KB.
function smallAttributes(i: number) {
  return [
    attribute('http.request.method', 'GET'),
    attribute('url.path', `/api/orders/${i % 100}`),
    attribute('http.response.status_code', 200),
    attribute('server.address', 'orders.internal'),
    attribute('server.port', 8080),
    attribute('url.scheme', 'https'),
    attribute('network.protocol.version', '1.1'),
  ]
}

// A chat call by the current gen_ai conventions.
function chatAttributes(i: number, inputBytes: number, outputBytes: number) {
  const model = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5', 'gemini-2.5-pro'][i % 4]!
  const provider = ['openai', 'openai', 'anthropic', 'gcp.gemini'][i % 4]!
  const messages = [{ role: 'user', parts: [{ type: 'text', content: `${i}: ${text(inputBytes)}` }] }]
  return [
    attribute('gen_ai.operation.name', 'chat'),
    attribute('gen_ai.provider.name', provider),
    attribute('gen_ai.request.model', model),
    attribute('gen_ai.response.model', model),
    attribute('gen_ai.response.id', `chatcmpl-${(i * 2654435761).toString(36)}`),
    attribute('gen_ai.conversation.id', `conv-${i % 50}`),
    attribute('user.id', `user-${i % 20}`),
    attribute('gen_ai.request.temperature', 0.7),
    attribute('gen_ai.request.max_tokens', 1024),
    attribute('gen_ai.usage.input_tokens', 1200 + (i % 100)),
    attribute('gen_ai.usage.output_tokens', 85),
    attribute('gen_ai.usage.cache_read.input_tokens', 1024),
    attribute('gen_ai.usage.reasoning.output_tokens', 64),
    attribute('gen_ai.response.time_to_first_chunk', 0.12),
    { key: 'gen_ai.response.finish_reasons', value: { arrayValue: { values: [{ stringValue: 'stop' }] } } },
    attribute('gen_ai.system_instructions', `[{"type":"text","content":"You are a helpful support agent."}]`),
    attribute('gen_ai.input.messages', JSON.stringify(messages)),
    attribute(
      'gen_ai.output.messages',
      JSON.stringify([
        { role: 'assistant', parts: [{ type: 'text', content: text(outputBytes) }], finish_reason: 'stop' },
      ]),
    ),
  ]
}

const ATTRIBUTES: Record<PayloadClass, (i: number) => ReturnType<typeof chatAttributes>> = {
  small: smallAttributes,
  gen_ai: (i) => chatAttributes(i, 1200, 420),
  agent: (i) => chatAttributes(i, 18_500, 600),
}

/** A request of `spans` spans of one class, ten spans a trace. */
export function makePayload(name: PayloadClass, spans: number): Payload {
  return encodeSpans(name, spans, 'bench', ATTRIBUTES[name])
}

/** The same with attributes and a scope of one's own. */
export function encodeSpans(
  name: PayloadClass,
  spans: number,
  scopeName: string,
  attributes: (i: number) => ReturnType<typeof chatAttributes>,
): Payload {
  const start = BigInt(Date.now() - 60_000) * 1_000_000n
  const marker = (i: number) =>
    Buffer.from([0xf1, 0xe2, 0xd3, 0xc4, (i >> 24) & 255, (i >> 16) & 255, (i >> 8) & 255, i & 255])
  const list = Array.from({ length: spans }, (_, i) => ({
    traceId: Buffer.concat([marker(Math.floor(i / 10)), Buffer.alloc(8, 1)]),
    spanId: marker(i),
    parentSpanId: i % 10 === 0 ? Buffer.alloc(0) : Buffer.alloc(8, 9),
    name: name === 'small' ? 'GET /api/orders/{id}' : 'chat gpt-4o',
    kind: 3,
    startTimeUnixNano: (start + BigInt(i) * 1000n) as never,
    endTimeUnixNano: (start + BigInt(i) * 1000n + 850_000_000n) as never,
    attributes: attributes(i),
    status: {},
  }))
  const resource = {
    attributes: [
      attribute('service.name', 'checkout'),
      attribute('service.version', '1.4.2'),
      attribute('deployment.environment.name', 'production'),
      attribute('telemetry.sdk.language', 'nodejs'),
      attribute('host.name', 'ip-10-0-3-17'),
    ],
  }
  const scope = { name: scopeName, version: '1.0.0' }
  const bytes = Buffer.from(
    ExportTraceServiceRequest.encode(
      ExportTraceServiceRequest.fromObject({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans: list }] }] }),
    ).finish(),
  )
  return { name, spans, bytes, idOffsets: findMarkers(bytes) }
}

function findMarkers(bytes: Buffer): number[] {
  const offsets: number[] = []
  const marker = Buffer.from([0xf1, 0xe2, 0xd3, 0xc4])
  for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + 8)) offsets.push(at)
  return offsets
}

/** Writes `round` into every id: a new request at the cost of four bytes a span. */
export function renew(payload: Payload, round: number): void {
  for (const at of payload.idOffsets) payload.bytes.writeUInt32BE((0x40000000 + round) >>> 0, at)
}
