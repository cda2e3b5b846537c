import { expect, it } from 'vitest'
import { SpanTimes } from './times.ts'

const RECEIVED_MS = 1_790_000_000_123
const RECEIVED = 1_790_000_000_123_000_000n
const DAY = 86_400_000_000_000n
/** A double of nanoseconds is this coarse in our time: edges are felt to within it. */
const COARSE = 256n

const halves = (ns: bigint): [number, number] => [Number(ns & 0xffffffffn), Number(ns >> 32n)]

function timesOf(start: bigint, end: bigint, receivedMs = RECEIVED_MS) {
  const [startLo, startHi] = halves(start)
  const [endLo, endHi] = halves(end)
  const times = new SpanTimes()
  times.set({ startLo, startHi, endLo, endHi }, { receivedMs })
  return {
    start: (BigInt(times.startHi) << 32n) | BigInt(times.startLo),
    duration: (BigInt(times.durationHi) << 32n) | BigInt(times.durationLo),
    flag: times.flag.text,
    day: times.day,
  }
}

it('takes well-formed times as they are, to the nanosecond', () => {
  expect(timesOf(RECEIVED - 5n, RECEIVED)).toEqual({ start: RECEIVED - 5n, duration: 5n, flag: '', day: 20717 })
  expect(timesOf(RECEIVED, RECEIVED).duration).toBe(0n)
  expect(timesOf(RECEIVED - DAY, RECEIVED + 4_294_967_295n).duration).toBe(DAY + 4_294_967_295n)
})

it.each([
  [RECEIVED, 0n, 'no_end'],
  [RECEIVED, RECEIVED - 1n, 'end_before_start'],
  [RECEIVED, 1n, 'end_before_start'],
  [RECEIVED, RECEIVED + 3661n * DAY, 'end_out_of_range'],
  [RECEIVED, 2n ** 64n - 1n, 'end_out_of_range'],
])('keeps the start of %d and says what is wrong with the end %d', (start, end, flag) => {
  expect(timesOf(start, end)).toEqual({ start, duration: 0n, flag, day: 20717 })
})

it.each([
  [0n, 'no_start'],
  [1n, 'out_of_range'],
  [RECEIVED - 3660n * DAY - COARSE, 'out_of_range'],
  [RECEIVED + DAY + COARSE, 'future'],
  [RECEIVED + 365n * DAY - COARSE, 'future'],
  [RECEIVED + 365n * DAY, 'out_of_range'],
  [2n ** 63n, 'out_of_range'],
  [2n ** 64n - 1n, 'out_of_range'],
])('moves the start %d to the receipt: %s', (start, flag) => {
  expect(timesOf(start, start)).toEqual({ start: RECEIVED, duration: 0n, flag, day: 20717 })
})

it('takes a start on the very edge of what it believes', () => {
  for (const start of [RECEIVED + DAY, RECEIVED - 3660n * DAY]) {
    expect(timesOf(start, start)).toMatchObject({ start, flag: '', day: Number(start / DAY) })
  }
})

it('puts the last nanosecond of a day into that day', () => {
  const midnight = 20717n * DAY
  expect(timesOf(midnight - 1n, midnight).day).toBe(20716)
  expect(timesOf(midnight, midnight).day).toBe(20717)
  expect(timesOf(midnight + 1n, midnight).day).toBe(20717)
})

it('has a receipt in whole milliseconds as exact nanoseconds', () => {
  for (const receivedMs of [1, 4095, 4096, 1_790_000_000_001, 4_102_444_799_999]) {
    expect(timesOf(0n, 0n, receivedMs).start).toBe(BigInt(receivedMs) * 1_000_000n)
  }
})
