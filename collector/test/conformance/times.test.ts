// Timestamps that cannot be: the span is kept where it is found, and says what was wrong. Item 64 of the conformance list.
import { describe, expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { type Row, storedSpan } from '../stored.ts'

const collector = useCollector()

describe('64: times that cannot be', () => {
  const timesOf = async (name: string, start: bigint, end: bigint): Promise<Row> => {
    const traceId = traceIdOf(name)
    await collector().post(
      request(span({ traceId, spanId: spanIdOf(1), startUnixNano: start, durationNano: end - start })),
    )
    const { time_flag, latency_ms, start_time, attributes } = await storedSpan(collector(), traceId)
    return { time_flag, latency_ms, start: String(start_time), attributes }
  }
  const YEAR = 365n * 86_400n * 1_000_000_000n
  const today = new RegExp(`^${new Date().toISOString().slice(0, 8)}`)
  const raw = (value: bigint) => ({ 'insights.raw_start_time_unix_nano': String(value) })

  test.each([
    ['end before start', NOW_NANO, NOW_NANO - 1n, 'end_before_start', {}],
    ['no end', NOW_NANO, 0n, 'no_end', {}],
    ['tomorrow and more', NOW_NANO + YEAR / 100n, NOW_NANO + YEAR / 100n, 'future', raw(NOW_NANO + YEAR / 100n)],
    ['the year 2262', (1n << 63n) - 1n, (1n << 63n) - 1n, 'out_of_range', raw((1n << 63n) - 1n)],
    ['the end of unsigned time', (1n << 64n) - 1n, (1n << 64n) - 1n, 'out_of_range', raw((1n << 64n) - 1n)],
    ['1970', 1n, 1n, 'out_of_range', raw(1n)],
    [
      'milliseconds taken for nanoseconds',
      NOW_NANO / 1_000_000n,
      NOW_NANO / 1_000_000n,
      'out_of_range',
      raw(NOW_NANO / 1_000_000n),
    ],
  ])('%s: the span is kept today, with a flag and no duration', async (name, start, end, flag, kept) => {
    const row = await timesOf(name, start, end)
    expect(row).toEqual({ time_flag: flag, latency_ms: 0, start: expect.stringMatching(today), attributes: kept })
  })

  test('no start: the time of receipt stands in', async () => {
    const row = await timesOf('no start', 0n, NOW_NANO)
    expect(row).toMatchObject({ time_flag: 'no_start', latency_ms: 0, start: expect.stringMatching(today) })
  })

  test('an end that cannot be makes no duration, and spoils no trace', async () => {
    const row = await timesOf('eternal', NOW_NANO, (1n << 64n) - 1n)
    expect(row).toMatchObject({ time_flag: expect.stringMatching(/./), latency_ms: 0 })
    const query =
      'SELECT latency_ms, end_time < now() + INTERVAL 1 DAY AS is_sane FROM traces_v1 WHERE trace_id = {id:String}'
    expect(await collector().sql(query, { id: traceIdOf('eternal') })).toEqual([{ latency_ms: 0, is_sane: 1 }])
  })
})
