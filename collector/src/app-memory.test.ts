// When the memory of the process counts as short, and what its limit leaves for buffers.
import { describe, expect, it } from 'vitest'
import { isShort } from './app-memory.ts'
import { shareMemory } from './config/memory.ts'

const MIB = 2 ** 20
const LIMIT = 512 * MIB
const use = (resident: number, inUse: number) => ({ residentBytes: resident * MIB, inUseBytes: inUse * MIB })

describe('memory', () => {
  it('is short when the process is near its limit and uses what it has', () => {
    expect(isShort(use(480, 400), LIMIT)).toBe(true)
    expect(isShort(use(400, 400), LIMIT)).toBe(false)
  })

  it('is not short for pages that are resident but free, or a peak would never end', () => {
    expect(isShort(use(520, 250), LIMIT)).toBe(false)
  })
})

describe('shares of the limit', () => {
  it('grow with it, up to what was allowed beside it', () => {
    const allowed = 256 * MIB
    const shares = (maxMemoryBytes: number) =>
      shareMemory({ limits: { maxMemoryBytes, maxInFlightBytes: allowed }, batch: { maxBytes: 16 * MIB } })
    const small = shares(LIMIT)
    expect(small.inFlightBytes).toBe(96 * MIB)
    expect(small.inFlightBytes + small.waitingBytes + small.keptBytes).toBeLessThan(LIMIT / 2)
    expect([small.builtBatches, shares(2 * LIMIT).builtBatches]).toEqual([2, 6])
    expect(shares(8 * LIMIT).inFlightBytes).toBe(allowed)
  })
})
