// F1: kill -9 at random moments, of the collector, its engine, or a start. F2: at each named point. F3: of the engine alone.
import { eventually, type RunningCollector } from '../../collector-process.ts'
import { enginePid } from '../../engine-child.ts'
import { FAILPOINTS } from '../inject/faults.ts'
import { type FaultScenario, type Frame, pause, spawn, underLoad } from '../scenario.ts'

/** Each third life ends early, in the middle of reading the journal again. */
const KILL_WHILE_STARTING_EVERY = 3
/** Each second kill takes the engine in the same moment, as the end of a container does. */
const KILL_ENGINE_TOO_EVERY = 2
/** Hundreds of starts on a machine that does much else: one of them takes long. */
const READY_WITHIN_MS = 300_000

export const randomKills: FaultScenario = {
  name: 'kill -9 of the collector at random moments',
  run: (options) =>
    underLoad(options, async (frame, n) => {
      if (n % KILL_WHILE_STARTING_EVERY === 0) await killWhileStarting(frame)
      const collector = await spawn({ dataDir: frame.dataDir }).ready(READY_WITHIN_MS)
      frame.load.start(collector.doors.http)
      await pause(300 + frame.random() * 1_700)
      await kill(collector, n % KILL_ENGINE_TOO_EVERY === 0)
      frame.count(n % KILL_ENGINE_TOO_EVERY === 0 ? 'killed with engine' : 'killed')
      await frame.load.pause()
    }),
}

async function kill({ process: collector }: RunningCollector, withEngine: boolean): Promise<void> {
  const engine = withEngine ? await enginePid(collector.pid) : undefined
  if (engine !== undefined) process.kill(engine, 'SIGKILL')
  await collector.kill()
}

async function killWhileStarting({ dataDir, random, count }: Frame): Promise<void> {
  const starting = spawn({ dataDir })
  await pause(200 + random() * 1_500)
  await starting.kill()
  count('killed while starting')
}

/** How often a life may come by its point before it dies there. */
const MAX_PASSES = 12
const REACHED_WITHIN_MS = 20_000

export const killsAtPoints: FaultScenario = {
  name: 'kill -9 at each named point',
  run: (options) =>
    underLoad(options, async ({ dataDir, load, random, count, fault }, n) => {
      const at = FAILPOINTS[(n - 1) % FAILPOINTS.length]!
      // The first groups of a start are its own: a life that never gets ready is a case as well, but not the usual one.
      const failpoint = { at, pass: 1 + Math.floor(random() * MAX_PASSES) }
      const spawned = spawn({ dataDir, inject: { failpoint } })
      const collector = await spawned.ready().catch(() => undefined)
      if (collector) load.start(collector.doors.http)
      const end = await spawned.ended(REACHED_WITHIN_MS)
      if (end !== 'SIGKILL') fault(`${at}, pass ${failpoint.pass}: ended with ${end ?? 'nothing'}`)
      await spawned.kill()
      await load.pause()
      count(at)
    }),
}

/** By the system, by a defect of its own code, by a check of its own code. */
const ENGINE_DEATHS = ['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const

export const engineKills: FaultScenario = {
  name: 'kill -9 and crashes of the engine under load',
  run: (options) => {
    let running: RunningCollector | undefined
    return underLoad(options, async ({ dataDir, load, count, fault, random }, n) => {
      running ??= await spawn({ dataDir }).ready()
      const { pid } = running.process
      load.start(running.doors.http)
      await pause(300 + random() * 900)
      const before = load.acknowledged.size
      const engine = await eventually('an engine to kill', () => enginePid(pid))
      const signal = ENGINE_DEATHS[n % ENGINE_DEATHS.length] ?? 'SIGKILL'
      process.kill(engine, signal)
      count(signal === 'SIGKILL' ? 'engine killed' : 'engine crashed')
      await pause(700)
      if (load.acknowledged.size === before) fault('nothing was acknowledged while the engine was away')
      await load.pause()
      await eventually('the engine to come back', () => running!.sql('SELECT 1'))
      if (n === options.cycles) await running.process.stop()
    })
  },
}
