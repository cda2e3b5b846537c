import { describe, expect, it } from 'vitest'
import { createBodyPool, freeBytes } from './body-pool.ts'

describe('the body pool', () => {
  it('gives a buffer that was given back, to a request of about its size only', () => {
    const pool = createBodyPool()
    const first = pool.take(100_000)
    expect(first.length).toBe(131_072)
    pool.give(first)
    expect(pool.take(300_000)).not.toBe(first)
    expect(pool.take(131_072)).toBe(first)
    expect(pool.take(131_072)).not.toBe(first)
  })

  it('keeps no more than its limit, and nothing that is not its own', () => {
    const pool = createBodyPool()
    const many = Array.from({ length: 12 }, () => pool.take(4 << 20))
    for (const buffer of many) pool.give(buffer)
    expect(many.map((buffer) => buffer.length).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 4 }, () => 0),
      ...Array.from({ length: 8 }, () => 4 << 20),
    ])
    const again = Array.from({ length: 12 }, () => pool.take(4 << 20))
    expect(again.filter((buffer) => many.includes(buffer)).length).toBe(8)
    const foreign = Buffer.alloc(1 << 21).subarray(0, 1 << 20)
    pool.give(foreign)
    pool.give(undefined)
    expect(pool.take(1 << 20)).not.toBe(foreign)
    expect(pool.take(5 << 20).length).toBe(5 << 20)
  })

  it('frees what it does not keep, but never memory that others have a part of', () => {
    const pool = createBodyPool()
    const foreign = Buffer.alloc(5000, 1)
    pool.give(foreign)
    expect(foreign.length).toBe(0)
    const shared = Buffer.alloc(5000, 1)
    const part = shared.subarray(0, 100)
    pool.give(part)
    freeBytes(part)
    expect([part.length, shared.length]).toEqual([100, 5000])
  })
})
