// A real HTTP server that keeps what it was sent, decoded by the code generated from the .proto files, and answers what the test wants.
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
}

export interface OtlpServer {
  url: string
  requests: ReceivedRequest[]
  spanNames(): string[]
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
      const body = decodeRequest(request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw)
      const spans = body.resourceSpans.flatMap((it) => it.scopeSpans ?? []).flatMap((it) => it.spans ?? [])
      const index = requests.push({ path: request.url ?? '', headers: request.headers, atMs: Date.now(), body, spans })
      answer(response, index - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    spanNames: () => requests.flatMap((it) => it.spans.map((span) => span.name ?? '')),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
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
