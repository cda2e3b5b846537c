// A ClickHouse server of somebody else may be away, slow or silent, and may answer what it likes: nothing is lost, nothing is stored twice.
import { expect, test } from 'vitest'
import { FAULTS, SHORT_SEED } from './faults.ts'
import { isClean } from './scenario.ts'

test.each(['F5', 'F6', 'F7'])(
  '%s: each acknowledged span is stored exactly once, and the rollups agree',
  async (id) => {
    const { run, shortCycles } = FAULTS[id]!
    const report = await run({ seed: SHORT_SEED, cycles: shortCycles })
    expect(report.wrong).toEqual([])
    expect(report, JSON.stringify(report)).toSatisfy(isClean)
  },
  240_000,
)
