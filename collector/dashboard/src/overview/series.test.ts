import { describe, expect, it } from 'vitest'
import { autoSeconds, drawn } from './series.ts'

const RANGE = { fromMs: Date.parse('2026-01-31T12:00:00Z'), toMs: Date.parse('2026-01-31T12:03:00Z') }
const at = (minute: number) => `2026-01-31T12:0${minute}:00.000000000Z`

describe('series', () => {
  it('have each interval of the range; what has no row is 0 where nothing means none, else a gap', () => {
    const wish = { rows: [{ time: at(1), n: 4 }], range: RANGE, stepSeconds: 60, figures: ['n'] }
    expect(drawn({ ...wish, isZeroWithoutRow: true }).series).toEqual([{ name: 'n', values: [0, 4, 0] }])
    expect(drawn({ ...wish, isZeroWithoutRow: false }).series).toEqual([{ name: 'n', values: [null, 4, null] }])
  })

  it('of groups come largest first, and beyond seven they are one, so that sums stay whole', () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ time: at(0), model: `m${i}`, cost_usd: String(i + 1) }))
    const { series } = drawn({
      rows,
      range: RANGE,
      stepSeconds: 60,
      figures: ['cost_usd'],
      by: 'model',
      isZeroWithoutRow: true,
    })
    expect(series.map(({ name }) => name)).toEqual(['m11', 'm10', 'm9', 'm8', 'm7', 'm6', 'm5', 'others'])
    expect(series.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)).toBe(78)
  })

  it('of percentiles are never added up', () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ time: at(0), model: `m${i}`, p95_ms: i + 1 }))
    const wish = { rows, range: RANGE, stepSeconds: 60, figures: ['p95_ms'], by: 'model', isZeroWithoutRow: false }
    const { series } = drawn({ ...wish, isAdditive: false })
    expect(series.map(({ values }) => values[0])).toEqual([12, 11, 10, 9, 8, 7, 6])
  })

  it('an interval is as the API finds it', () => {
    expect(autoSeconds(RANGE)).toBe(60)
    expect(autoSeconds({ fromMs: 0, toMs: 86_400_000 })).toBe(900)
    expect(autoSeconds({ fromMs: 0, toMs: 30 * 86_400_000 })).toBe(21_600)
  })
})
