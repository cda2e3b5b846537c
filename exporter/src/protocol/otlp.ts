// Spans in, OTLP protobuf out.
import type { AttributeBag } from '../span.ts'
import { encodeRequest } from './encode-request.ts'
import { encodeSpan } from './encode-span.ts'
import type { Protocol } from './protocol.ts'
import { WireWriter } from './wire-writer.ts'

/** @param extra resource attributes that the options tell; they win over the app's own. */
export function otlpProtocol(extra: AttributeBag): Protocol {
  const writer = new WireWriter()
  return {
    encode: (span) => ({
      bytes: encodeSpan(writer, span),
      resource: span.resource,
      scope: span.instrumentationScope,
    }),
    request: (spans) => encodeRequest(spans, extra),
  }
}
