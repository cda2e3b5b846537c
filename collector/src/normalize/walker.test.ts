// The byte walker against protobufjs and the plain rules of semconv, over requests that fast-check makes up.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import { type DayBlock, OpenBatch } from './open-batch.ts'
import type { Plain } from './testing/attributes.ts'
import { comparable, expectedRows } from './testing/expected-rows.ts'
import { damage, damages, lengthDelimited } from './testing/mutate.ts'
import type { Row } from './testing/native-reader.ts'
import { encodeRequest, RECEIVED_MS, request, span } from './testing/requests.ts'
import {
  BATCH_ID,
  newNormalizer,
  pricing,
  RETENTION_DAYS,
  rowsOf,
  takeBlocks,
  telemetry,
  writeTraces,
} from './testing/write-request.ts'

const { Span } = opentelemetry.proto.trace.v1
const receipt = {
  project: 'default',
  receivedMs: RECEIVED_MS,
  retentionDays: RETENTION_DAYS,
  batchId: BATCH_ID,
  pricing,
}

// Blocks come out by day and the rules give rows in order of arrival: rows of one day keep their order.
const byDay = (rows: Row[]): Row[] => rows.toSorted((a, b) => Number(a['day']) - Number(b['day']))

it('writes for every request the rows that the plain rules give', () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 3 }), (requests) => {
      const normalizer = newNormalizer()
      const seen = new Set<string>()
      for (const bytes of requests.map(encodeRequest)) {
        const batch = new OpenBatch()
        expect(normalizer.count(bytes)).toBeGreaterThanOrEqual(0)
        const written = normalizer.writeTraces(telemetry(bytes), batch)
        const expected = expectedRows(bytes, receipt, seen)
        const rows = takeBlocks(batch).flatMap(rowsOf)
        expect(byDay(rows).map(comparable)).toEqual(byDay(expected.rows).map(comparable))
        expect({ ...written, rejected: Object.fromEntries(written.rejected) }).toEqual({
          stored: rows.length,
          resent: expected.resent,
          rejected: expected.rejected,
        })
      }
    }),
    { numRuns: 400 },
  )
})

it('writes the same rows when several requests share a batch', () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 2, maxLength: 4 }), (requests) => {
      const normalizer = newNormalizer()
      const [batch, seen, expected] = [new OpenBatch(), new Set<string>(), [] as Row[]]
      for (const bytes of requests.map(encodeRequest)) {
        normalizer.writeTraces(telemetry(bytes), batch)
        expected.push(...expectedRows(bytes, receipt, seen).rows)
      }
      expect(byDay(takeBlocks(batch).flatMap(rowsOf)).map(comparable)).toEqual(byDay(expected).map(comparable))
    }),
    { numRuns: 100 },
  )
})

const bySpan = (rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => String(a['span_id']).localeCompare(String(b['span_id'])))

const frame = (spans: readonly Uint8Array[]): Buffer =>
  lengthDelimited(1, lengthDelimited(2, ...spans.map((bytes) => lengthDelimited(2, bytes))))
const encodeSpan = (plain: Plain, i: number): Buffer =>
  Buffer.from(
    Span.encode(Span.fromObject({ ...plain, spanId: Buffer.alloc(8, i + 1), traceId: Buffer.alloc(16, 7) })).finish(),
  )

it('keeps the damage of one span from its neighbours', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 2, maxLength: 5 }), fc.nat(4), damages, (plains, which, list) => {
      const spans = plains.map(encodeSpan)
      const broken = which % spans.length
      const neighbours = spans.filter((_, i) => i !== broken)
      const bytes = frame(spans.map((each, i) => (i === broken ? damage(each, list) : each)))
      const ids = new Set(neighbours.map((_, i) => Buffer.alloc(8, (i < broken ? i : i + 1) + 1).toString('hex')))
      expect(newNormalizer().count(bytes)).toBe(spans.length)
      const rows = writeTraces(bytes).rows.filter((row) => ids.has(String(row['span_id'])))
      const own = rows.filter((row) => row['trace_id'] === '07'.repeat(16))
      // Days come in the order of their first span, which the damaged one may have led.
      expect(bySpan(own)).toEqual(bySpan(writeTraces(frame(neighbours)).rows))
    }),
    { numRuns: 300 },
  )
})

it('never throws on damaged requests, and the next request is none the worse for them', () => {
  fc.assert(
    fc.property(request, request, damages, (first, second, list) => {
      const normalizer = newNormalizer()
      const batch = new OpenBatch()
      const broken = damage(encodeRequest(first), list)
      const stored = normalizer.count(broken) < 0 ? 0 : normalizer.writeTraces(telemetry(broken), batch).stored
      // A throw would only show as this.
      expect(batch.unreadable).toEqual([])
      normalizer.forget()
      const bytes = encodeRequest(second)
      normalizer.writeTraces(telemetry(bytes), batch)
      const expected = expectedRows(bytes, receipt, new Set()).rows
      const blocks = takeBlocks(batch)
      expect(blocks.reduce((sum, { rows }) => sum + rows, 0)).toBe(stored + expected.length)
      // Rows of the damaged request come first in each day's block.
      const rows = blocks.flatMap((block) => {
        const all = rowsOf(block)
        return all.slice(all.length - expected.filter((row) => row['day'] === block.day).length)
      })
      expect(byDay(rows).map(comparable)).toEqual(byDay(expected).map(comparable))
    }),
    { numRuns: 600 },
  )
})

const contents = ({ table, day, rows, columns, bytes }: DayBlock) => ({ table, day, rows, columns, bytes })

it('rebuilds a sealed batch byte for byte from its requests and the spans that it left out', () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 4 }), request, (requests, before) => {
      const normalizer = newNormalizer()
      const earlier = new OpenBatch()
      normalizer.writeTraces(telemetry(encodeRequest(before)), earlier)
      takeBlocks(earlier)
      const all = requests.map(encodeRequest)
      const batch = new OpenBatch()
      for (const bytes of all) normalizer.writeTraces(telemetry(bytes), batch)
      const [dropped, sealed] = [new Set(batch.dropped), takeBlocks(batch)]
      // The one that rebuilds has never seen the requests before the batch.
      const rebuilder = newNormalizer()
      const again = new OpenBatch()
      for (const bytes of all) rebuilder.writeTraces(telemetry(bytes), again, dropped)
      expect(takeBlocks(again).map(contents)).toEqual(sealed.map(contents))
    }),
    { numRuns: 150 },
  )
})
