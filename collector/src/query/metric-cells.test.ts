import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellsOf } from './metric-cells.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const START_MS = Date.parse('2026-01-30T00:00:00Z')
const STEPS = [undefined, 60, 900, 3_600, 5_400, 21_600, 86_400]

const ms = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)
const minutes = fc.integer({ min: 0, max: 3_000 })

it('takes each minute of the range once, by the hour only where a step is of whole hours', () => {
  fc.assert(
    fc.property(minutes, minutes, fc.constantFrom(...STEPS), (a, b, step) => {
      fc.pre(a < b)
      const [from, to] = [a, b].map((minute) => START_MS + minute * MINUTE_MS) as [number, number]
      const cells = cellsOf({ fromNanos: BigInt(from) * 1_000_000n, toNanos: BigInt(to) * 1_000_000n }, step)
      const [first, last] = [ms(cells.first_hour), ms(cells.last_hour)]
      expect([ms(cells.from_time), ms(cells.to_time)]).toEqual([from, to])
      expect(from <= first && first <= last && last <= to).toBe(true)
      if (first < last) {
        expect([first % HOUR_MS, last % HOUR_MS]).toEqual([0, 0])
        expect((step ?? 3_600) % 3_600).toBe(0)
        expect(first - from < HOUR_MS && to - last < HOUR_MS).toBe(true)
      } else {
        // no minute is of two parts, and none is left out between them
        expect([first, last]).toEqual([to, to])
        if (step === undefined || step % 3_600 === 0) expect(to - from).toBeLessThan(2 * HOUR_MS)
      }
    }),
  )
})

it('has whole hours up to the last of an open range', () => {
  const cells = cellsOf({ fromNanos: BigInt(START_MS + MINUTE_MS) * 1_000_000n, toNanos: undefined }, 86_400)
  expect(cells.first_hour).toBe('2026-01-30 01:00:00.000')
  expect(cells.last_hour > '2149').toBe(true)
  expect(cells.last_hour <= cells.to_time).toBe(true)
})
