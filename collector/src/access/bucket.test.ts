import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bucket } from './bucket.ts'

function make(perSecond: number, burstSeconds = 1) {
  const clock = { ms: 0, nowMs: () => 0, monotonicMs: () => clock.ms }
  return { clock, bucket: new Bucket({ perSecond, burstSeconds, clock }) }
}

describe('a bucket', () => {
  it('lets a burst through, then says exactly how long to wait', () => {
    const { bucket, clock } = make(100, 2)
    expect(bucket.waitMs(200)).toBe(0)
    bucket.take(200)
    expect([bucket.waitMs(0), bucket.waitMs(50)]).toEqual([10, 500])
    clock.ms = 499
    expect(bucket.waitMs(50)).toBe(1)
    clock.ms = 500
    expect(bucket.waitMs(50)).toBe(0)
  })

  it('lets through what is larger than itself when it is full, and is paid for it', () => {
    const { bucket, clock } = make(10)
    expect(bucket.waitMs(1000)).toBe(0)
    bucket.take(1000)
    expect(bucket.waitMs(1)).toBe(99_100)
    clock.ms = 99_100
    expect(bucket.waitMs(1)).toBe(0)
  })

  it('gives back what was not used, never more than it holds', () => {
    const { bucket } = make(10)
    bucket.take(8)
    bucket.take(-8)
    bucket.take(-8)
    bucket.take(10)
    expect(bucket.waitMs(1)).toBe(100)
  })

  it('never lets more through than rate x time + burst, whatever is asked when', () => {
    const step = fc.record({ wait: fc.nat(500), amount: fc.integer({ min: 1, max: 40 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { bucket, clock } = make(20, 2)
        let through = 0
        for (const { wait, amount } of steps) {
          clock.ms += wait
          if (bucket.waitMs(amount) > 0) continue
          bucket.take(amount)
          through += amount
        }
        expect(through).toBeLessThanOrEqual((clock.ms / 1000) * 20 + 40 + 1e-6)
      }),
    )
  })
})
