// Four times what the collector can carry: bounded memory, retryable refusals, and afterwards all that was acknowledged.
import { platform } from 'node:os'
import { expect, test } from 'vitest'
import { FAULTS, SHORT_SEED } from './faults.ts'
import { isClean } from './scenario.ts'

// The peak of a process is read from /proc.
test.skipIf(platform() !== 'linux')(
  'F12: the memory keeps to its limit, each refusal says when to come again, and each acknowledged span is stored exactly once',
  async () => {
    const { run, shortCycles } = FAULTS['F12']!
    const report = await run({ seed: SHORT_SEED, cycles: shortCycles })
    expect(report.wrong).toEqual([])
    expect(report, JSON.stringify(report)).toSatisfy(isClean)
    expect(report.acknowledged).toBeGreaterThan(1_000)
  },
  240_000,
)
