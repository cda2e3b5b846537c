import { describe, expect, it } from 'vitest'
import { backOffMs, retryAfterMs } from './retry.ts'

describe('retryAfterMs', () => {
  const nowMs = Date.parse('2026-11-23T10:00:00Z')

  it('reads seconds', () => {
    expect(retryAfterMs('7', nowMs)).toBe(7000)
  })

  it('reads an HTTP date, and a date of the past as now', () => {
    expect(retryAfterMs('Mon, 23 Nov 2026 10:00:30 GMT', nowMs)).toBe(30_000)
    expect(retryAfterMs('Mon, 23 Nov 2026 09:00:00 GMT', nowMs)).toBe(0)
  })

  it('knows nothing when the header is absent or nonsense', () => {
    expect(retryAfterMs(null, nowMs)).toBeUndefined()
    expect(retryAfterMs('in a while', nowMs)).toBeUndefined()
  })
})

describe('backOffMs', () => {
  it('doubles its upper end with each attempt up to a limit, and starts anywhere below it', () => {
    const upper = [0, 1, 2, 3, 20].map((attempt) => backOffMs(attempt, () => 1))
    expect(upper).toEqual([500, 1000, 2000, 4000, 15_000])
    expect(backOffMs(20, () => 0)).toBe(0)
  })
})
