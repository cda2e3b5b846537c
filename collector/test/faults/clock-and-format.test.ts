// Neither a clock that jumps nor a journal of an earlier version costs a span.
import { expect, test } from 'vitest'
import { FAULTS, SHORT_SEED } from './faults.ts'
import { isClean } from './scenario.ts'

test.each(['F13', 'F16'])(
  '%s: each acknowledged span is stored exactly once, and the rollups agree',
  async (id) => {
    const { run, shortCycles } = FAULTS[id]!
    const report = await run({ seed: SHORT_SEED, cycles: shortCycles })
    expect(report.wrong).toEqual([])
    expect(report, JSON.stringify(report)).toSatisfy(isClean)
    expect(report.sent).toBeGreaterThan(40)
  },
  240_000,
)
