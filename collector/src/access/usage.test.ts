import { expect, it } from 'vitest'
import { createTestClock } from './testing.ts'
import { createUsageBook } from './usage.ts'

it('counts by key and project, and gives what was counted since the last write', () => {
  const clock = createTestClock()
  const book = createUsageBook(clock)
  book.add('shop', 'a', { bytes: 10, spans: 1 })
  book.add('shop', 'a', { bytes: 5, spans: 0 })
  book.add('shop', 'b', { bytes: 1, spans: 1 })
  expect([book.ofKey('shop', 'a'), book.ofProject('shop'), book.ofProject('lab')]).toEqual([
    { bytes: 15, spans: 1 },
    { bytes: 16, spans: 2 },
    { bytes: 0, spans: 0 },
  ])
  expect(book.changes()).toEqual([
    { project: 'shop', keyId: 'a', month: '2026-01', bytes: 15, spans: 1, requests: 2, lastUsedMs: clock.ms },
    { project: 'shop', keyId: 'b', month: '2026-01', bytes: 1, spans: 1, requests: 1, lastUsedMs: clock.ms },
  ])
  // Until it is known to be written, a repeat gives the same, whatever came meanwhile.
  book.add('shop', 'a', { bytes: 100, spans: 1 })
  expect(book.changes()).toMatchObject([{ bytes: 15 }, { bytes: 1 }])
  book.written()
  expect(book.changes()).toMatchObject([{ keyId: 'a', bytes: 100, requests: 1 }])
  book.written()
  expect(book.changes()).toEqual([])
})

it('adds what other collectors have written to what is not written yet', () => {
  const book = createUsageBook(createTestClock())
  book.add('shop', 'a', { bytes: 10, spans: 1 })
  book.changes()
  book.add('shop', 'a', { bytes: 3, spans: 1 })
  const stored = { project: 'shop', keyId: 'a', month: '2026-01', bytes: 1000, spans: 100 }
  book.setStored([stored, { ...stored, month: '2025-12', bytes: 7 }])
  expect(book.ofKey('shop', 'a')).toEqual({ bytes: 1013, spans: 102 })
  book.written()
  book.setStored([{ ...stored, bytes: 1010, spans: 101 }])
  expect(book.ofProject('shop')).toEqual({ bytes: 1013, spans: 102 })
})

it('begins anew with each month, and what was counted before keeps its month', () => {
  const clock = createTestClock()
  const book = createUsageBook(clock)
  clock.ms = Date.UTC(2026, 11, 31, 23, 59, 59, 999)
  book.add('shop', 'a', { bytes: 10, spans: 1 })
  clock.ms += 1
  expect(book.ofKey('shop', 'a')).toEqual({ bytes: 0, spans: 0 })
  book.add('shop', 'a', { bytes: 1, spans: 1 })
  expect(book.changes()).toMatchObject([
    { month: '2026-12', bytes: 10 },
    { month: '2027-01', bytes: 1 },
  ])
})
