import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newestFirst } from './windows.ts'

const DAY = 86_400_000_000_000n
const NOW_MS = Date.parse('2026-01-31T12:00:00Z')
const NOW = BigInt(NOW_MS) * 1_000_000n

it('takes a day as it is, and a month apart: the last day, the last week, the rest', () => {
  expect(newestFirst({ fromNanos: NOW - DAY, toNanos: undefined }, NOW_MS)).toHaveLength(1)
  const parts = newestFirst({ fromNanos: NOW - 30n * DAY, toNanos: NOW }, NOW_MS)
  expect(parts.map(({ fromNanos }) => Number((NOW - fromNanos) / DAY))).toEqual([1, 7, 30])
})

it('leaves no gap and no overlap, whatever the range and the cursor', () => {
  const instant = fc.bigInt(0n, NOW + 40n * DAY)
  fc.assert(
    fc.property(
      instant,
      fc.option(instant, { nil: undefined }),
      fc.option(instant, { nil: undefined }),
      (fromNanos, toNanos, last) => {
        fc.pre(toNanos === undefined || toNanos > fromNanos)
        const parts = newestFirst({ fromNanos, toNanos }, NOW_MS, last)
        expect(parts[0]?.toNanos).toBe(toNanos)
        expect(parts.at(-1)?.fromNanos).toBe(fromNanos)
        for (const part of parts) expect(part.toNanos === undefined || part.toNanos > part.fromNanos).toBe(true)
        for (const [i, part] of parts.entries()) if (i > 0) expect(part.toNanos).toBe(parts[i - 1]?.fromNanos)
      },
    ),
  )
})
