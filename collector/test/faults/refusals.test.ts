// What a real ClickHouse refuses waits, or lies in the dead letters: for each condition the error that it gives, and nothing lost.
import { expect, test } from 'vitest'
import { FAULTS, SHORT_SEED } from './faults.ts'
import { isClean } from './scenario.ts'
import { CONDITIONS } from './scenarios/conditions.ts'

test('F8: each acknowledged span is stored exactly once when the condition is over, rows at fault after their replay', async () => {
  const { run, shortCycles } = FAULTS['F8']!
  const report = await run({ seed: SHORT_SEED, cycles: shortCycles })
  expect(report.wrong).toEqual([])
  expect(report, JSON.stringify(report)).toSatisfy(isClean)
  for (const { name } of CONDITIONS) expect(report.events, name).toMatchObject({ [name]: 1 })
  expect(report.events['replayed']).toBeGreaterThan(0)
}, 300_000)
