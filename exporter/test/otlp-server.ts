// A real HTTP server that keeps what it was sent, decoded by the code generated from the .proto files, and answers what the test wants.
// What comes to `/batch/` is JSON of the Insights event wire.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { opentelemetry } from '../../proto/gen/otlp.js'

const { ExportTraceServiceRequest, ExportTraceServiceResponse } = opentelemetry.proto.collector.trace.v1
type Span = opentelemetry.proto.trace.v1.Span.$Properties

export interface ReceivedRequest {
  path: string
  headers: IncomingHttpHeaders
  atMs: number
  body: ReturnType<typeof decodeRequest>
  /** Spans of all resources and scopes, in wire order. */
  spans: Span[]
  /** Of the event wire. */
  json: { api_key?: string; batch: SentEvent[] } | undefined
}

export interface SentEvent {
  event: string
  uuid: string
  distinct_id: string
  timestamp: string
  properties: Record<string, unknown>
}

/** A span as a test looks at it. */
export interface PlainSpan {
  name: string
  traceId: string
  spanId: string
  /** '' for a root. */
  parentId: string
  attributes: Record<string, unknown>
  statusCode: number
  statusMessage: string
  events: string[]
  scope: string
  startMs: number
  endMs: number
}

export interface OtlpServer {
  url: string
  requests: ReceivedRequest[]
  spanNames(): string[]
  spans(): PlainSpan[]
  /** The only span of that name. @throws when there are none or several */
  span(name: string): PlainSpan
  events(): SentEvent[]
  close(): Promise<void>
}

/** @param answer writes the reply; the number counts requests from 0. Without it each request is taken in full. */
export async function startOtlpServer(
  answer: (response: ServerResponse, index: number) => void = accept,
): Promise<OtlpServer> {
  const requests: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      const isJson = request.url?.endsWith('/batch/') ?? false
      const json = isJson ? (JSON.parse(bytes.toString()) as ReceivedRequest['json']) : undefined
      const body = decodeRequest(isJson ? new Uint8Array() : bytes)
      const spans = body.resourceSpans.flatMap((it) => it.scopeSpans ?? []).flatMap((it) => it.spans ?? [])
      const index = requests.push({
        path: request.url ?? '',
        headers: request.headers,
        atMs: Date.now(),
        body,
        spans,
        json,
      })
      answer(response, index - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const spans = () => requests.flatMap((it) => plainSpans(it.body))
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    spanNames: () => requests.flatMap((it) => it.spans.map((span) => span.name ?? '')),
    spans,
    span: (name) => {
      const [found, more] = spans().filter((span) => span.name === name)
      if (!found || more) throw new Error(`${more ? 'several spans' : 'no span'} called ${name}`)
      return found
    },
    events: () => requests.flatMap((it) => it.json?.batch ?? []),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function plainSpans(body: ReturnType<typeof decodeRequest>): PlainSpan[] {
  return body.resourceSpans.flatMap((ofResource) =>
    (ofResource.scopeSpans ?? []).flatMap((ofScope) =>
      (ofScope.spans ?? []).map((span) => ({
        name: span.name ?? '',
        traceId: Buffer.from(span.traceId ?? []).toString('hex'),
        spanId: Buffer.from(span.spanId ?? []).toString('hex'),
        parentId: Buffer.from(span.parentSpanId ?? []).toString('hex'),
        attributes: Object.fromEntries((span.attributes ?? []).map(({ key, value }) => [key, plainValue(value)])),
        statusCode: span.status?.code ?? 0,
        statusMessage: span.status?.message ?? '',
        events: (span.events ?? []).map((event) => event.name ?? ''),
        scope: ofScope.scope?.name ?? '',
        startMs: Number(span.startTimeUnixNano) / 1e6,
        endMs: Number(span.endTimeUnixNano) / 1e6,
      })),
    ),
  )
}

function plainValue(value: opentelemetry.proto.common.v1.AnyValue.$Properties | null | undefined): unknown {
  if (value?.arrayValue) return (value.arrayValue.values ?? []).map(plainValue)
  if (value?.intValue !== undefined && value.intValue !== null) return Number(value.intValue)
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? undefined
}

export function decodeRequest(bytes: Uint8Array) {
  return ExportTraceServiceRequest.decode(bytes)
}

/** What the bytes say, as plain data with every default filled in, so that two encodings can be compared. */
export function meaningOf(bytes: Uint8Array): unknown {
  return ExportTraceServiceRequest.toObject(decodeRequest(bytes), { longs: String, bytes: String, defaults: true })
}

export function accept(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
}

export function acceptPartly(response: ServerResponse, rejectedSpans: number, errorMessage: string): void {
  const body = ExportTraceServiceResponse.encode({ partialSuccess: { rejectedSpans, errorMessage } }).finish()
  response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(body)
}
