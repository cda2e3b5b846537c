import { expect, it } from 'vitest'
import { RecentSpans } from './recent-spans.ts'
import { SpanRecord } from './span-record.ts'
import { toSource } from './wire/bytes.ts'
import { word } from './words.ts'

const project = word('default')

function seen(
  recent: RecentSpans,
  n: number,
  changes: { trace?: number; start?: number; project?: string } = {},
): boolean {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt32BE(changes.trace ?? 1, 12)
  bytes.writeUInt32BE(n, 20)
  const record = new SpanRecord(1)
  record.traceId = 0
  record.spanId = 16
  record.startLo = changes.start ?? 5
  return recent.seen(toSource(bytes), record, changes.project ? word(changes.project) : project)
}

it('knows a span by its project, trace, id and start together', () => {
  const recent = new RecentSpans()
  expect(seen(recent, 1)).toBe(false)
  expect(seen(recent, 1)).toBe(true)
  expect(seen(recent, 2)).toBe(false)
  expect(seen(recent, 1, { trace: 2 })).toBe(false)
  expect(seen(recent, 1, { start: 6 })).toBe(false)
  expect(seen(recent, 1, { project: 'other' })).toBe(false)
  expect(seen(recent, 1, { project: 'other' })).toBe(true)
})

it('remembers at least one capacity of spans and at most two', () => {
  const capacity = 10_000
  const recent = new RecentSpans(capacity)
  for (let n = 0; n < 2 * capacity; n++) expect(seen(recent, n)).toBe(false)
  for (let n = capacity; n < 2 * capacity; n++) expect(seen(recent, n)).toBe(true)
  expect(seen(recent, 2 * capacity)).toBe(false)
  expect(seen(recent, capacity)).toBe(true)
  expect(seen(recent, 0)).toBe(false)
})

it('knows nothing once it was cleared', () => {
  const recent = new RecentSpans(100)
  for (let n = 0; n < 150; n++) seen(recent, n)
  recent.clear()
  for (let n = 100; n < 150; n++) expect(seen(recent, n)).toBe(false)
})
