// F13: the wall clock of the collector jumps a day ahead or back, or stands still, also between two lives. What is sent meanwhile is stored meanwhile.
import { eventually, type RunningCollector } from '../../collector-process.ts'
import { drained } from '../../drained.ts'
import type { Injection } from '../inject/faults.ts'
import { type FaultScenario, type Frame, pause, spawn, underLoad } from '../scenario.ts'

const DAY_MS = 86_400_000

const CLOCKS: readonly (readonly [name: string, injection: Injection])[] = [
  ['a day ahead', { clockShiftMs: DAY_MS, clockFrozen: false }],
  ['a day back', { clockShiftMs: -DAY_MS, clockFrozen: false }],
  ['standing still', { clockShiftMs: 0, clockFrozen: true }],
  ['right again', { clockShiftMs: 0, clockFrozen: false }],
]
/** Each so many cycles the next life begins under another clock. */
const RESTART_EVERY = 3
const STORED_WITHIN_MS = 60_000

export const clockJumps: FaultScenario = {
  name: 'a clock that jumps a day, back a day, and stands still',
  run: (options) => {
    let collector: RunningCollector | undefined
    return underLoad(options, async (frame, n) => {
      const [name, injection] = CLOCKS[(n - 1) % CLOCKS.length]!
      collector ??= await spawn({ dataDir: frame.dataDir, inject: injection }).ready()
      frame.load.start(collector.doors.http)
      await pause(200)
      await collector.process.inject(injection)
      await storedMeanwhile(frame, collector, name)
      frame.count(name)
      if (n % RESTART_EVERY !== 0 && n !== options.cycles) return
      await collector.process.kill()
      await frame.load.pause()
      collector = undefined
    })
  },
}

/** Timers of batches, of commits and of settling do not look at the clock. */
async function storedMeanwhile({ load, fault }: Frame, collector: RunningCollector, name: string): Promise<void> {
  const before = { acknowledged: load.acknowledged.size, stored: await rowsOf(collector) }
  await pause(400)
  if (load.acknowledged.size === before.acknowledged) fault(`nothing was acknowledged with the clock ${name}`)
  await load.pause()
  const acknowledged = load.acknowledged.size
  await eventually(
    `what was acknowledged with the clock ${name} to be stored`,
    async () => ((await rowsOf(collector)) >= acknowledged ? true : undefined),
    STORED_WITHIN_MS,
  )
  await drained(collector)
}

async function rowsOf(collector: RunningCollector): Promise<number> {
  const [row] = await collector.sql<{ n: number }>('SELECT toUInt32(count()) AS n FROM spans')
  return row?.n ?? 0
}
