import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { decodeEventReply, decodePartialSuccess } from './decode-response.ts'

const { ExportTraceServiceResponse } = opentelemetry.proto.collector.trace.v1

describe('decodePartialSuccess', () => {
  it('reads what a server writes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: 'grapheme' }), (rejectedSpans, errorMessage) => {
        const body = ExportTraceServiceResponse.encode({ partialSuccess: { rejectedSpans, errorMessage } }).finish()
        expect(decodePartialSuccess(body)).toEqual({ rejectedSpans, errorMessage })
      }),
    )
  })

  it('takes an empty reply as full success', () => {
    expect(decodePartialSuccess(new Uint8Array())).toEqual({ rejectedSpans: 0, errorMessage: '' })
  })

  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        expect(decodePartialSuccess(body).rejectedSpans).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })
})

describe('decodeEventReply', () => {
  const read = (text: string) => decodeEventReply(new TextEncoder().encode(text))

  it('reads what the event wire did not take', () => {
    expect(read('{"status":1,"rejected":2,"detail":"no trace"}')).toEqual({
      rejectedSpans: 2,
      errorMessage: 'no trace',
    })
  })

  it.each(['{"status":1}', '', 'ok', '[]', 'null'])('takes %j for success', (text) => {
    expect(read(text)).toEqual({ rejectedSpans: 0, errorMessage: '' })
  })
})
