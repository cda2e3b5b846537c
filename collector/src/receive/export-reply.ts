// The result of an export in, the body of Export*ServiceResponse out. Full success is an empty message.
import { opentelemetry } from '../../../proto/gen/otlp.js'
import type { Encoding, Signal } from './contract.ts'
import { clampMessage } from './status.ts'

const collector = opentelemetry.proto.collector
const EMPTY = new Uint8Array(0)
const EMPTY_JSON = Buffer.from('{}')

/** Which count a signal reports as rejected, and the message that carries it. */
const REPLIES = {
  traces: {
    field: 'rejectedSpans',
    encode: (rejectedSpans: number, errorMessage: string) =>
      collector.trace.v1.ExportTraceServiceResponse.encode({ partialSuccess: { rejectedSpans, errorMessage } }),
  },
  logs: {
    field: 'rejectedLogRecords',
    encode: (rejectedLogRecords: number, errorMessage: string) =>
      collector.logs.v1.ExportLogsServiceResponse.encode({ partialSuccess: { rejectedLogRecords, errorMessage } }),
  },
  metrics: {
    field: 'rejectedDataPoints',
    encode: (rejectedDataPoints: number, errorMessage: string) =>
      collector.metrics.v1.ExportMetricsServiceResponse.encode({
        partialSuccess: { rejectedDataPoints, errorMessage },
      }),
  },
} as const satisfies Record<Signal, unknown>

export function toExportReply(
  signal: Signal,
  encoding: Encoding,
  result: { rejected: number; message: string },
): Uint8Array {
  if (result.rejected === 0 && result.message === '') return encoding === 'json' ? EMPTY_JSON : EMPTY
  // OTLP: a partial success must say why.
  const message = clampMessage(result.message || 'some records were rejected')
  const reply = REPLIES[signal]
  if (encoding === 'protobuf') return reply.encode(result.rejected, message).finish()
  // proto3 JSON writes 64-bit integers as strings.
  const partialSuccess = { [reply.field]: String(result.rejected), errorMessage: message }
  return Buffer.from(JSON.stringify({ partialSuccess }))
}
