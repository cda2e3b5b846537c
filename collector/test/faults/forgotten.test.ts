// What the store forgot and what was put back out of a copy: nothing is stored twice for it.
import { expect, test } from 'vitest'
import { FAULTS, SHORT_SEED } from './faults.ts'
import { isClean } from './scenario.ts'

test.each(['F17', 'F18'])(
  '%s: each acknowledged span is stored exactly once, and the rollups agree',
  async (id) => {
    const { run, shortCycles } = FAULTS[id]!
    const report = await run({ seed: SHORT_SEED, cycles: shortCycles })
    expect(report.wrong).toEqual([])
    expect(report, JSON.stringify(report)).toSatisfy(isClean)
  },
  240_000,
)
