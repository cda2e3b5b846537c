// The promise: what was acknowledged is stored exactly once, wherever and however often the collector is killed.
import { expect, test } from 'vitest'
import { FAULTS, SHORT_SEED } from './faults.ts'
import { isClean } from './scenario.ts'

test.each(['F1', 'F2'])(
  '%s: each acknowledged span is stored exactly once, and the rollups agree',
  async (id) => {
    const { run, shortCycles } = FAULTS[id]!
    const report = await run({ seed: SHORT_SEED, cycles: shortCycles })
    expect(report.wrong).toEqual([])
    expect(report, JSON.stringify(report)).toSatisfy(isClean)
    expect(report.sent).toBeGreaterThan(shortCycles * 20)
    expect(report.events['resent']).toBeGreaterThan(0)
  },
  240_000,
)
