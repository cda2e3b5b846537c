// The promise: what was acknowledged is stored exactly once, however often the collector is killed.
import { expect, test } from 'vitest'
import { CollectorProcess, type RunningCollector, withDataDir } from '../collector-process.ts'
import { enginePid } from '../engine-child.ts'
import { clean, drained, readAccounts, readFigures } from './accounts.ts'
import { NumberedLoad, seededRandom } from './numbered-load.ts'

const CYCLES = Number(process.env['INSIGHTS_FAULT_CYCLES'] ?? 10)
const SEED = Number(process.env['INSIGHTS_FAULT_SEED'] ?? 20_261_123)
/** Each third life ends early, in the middle of reading the journal again. */
const KILL_WHILE_STARTING_EVERY = 3
/** Each second kill takes the engine in the same moment, as the end of a container does. */
const KILL_ENGINE_TOO_EVERY = 2
const MS_PER_CYCLE = 20_000

test(
  `kill -9 under load, ${CYCLES} times: each acknowledged span is stored exactly once, and the rollups agree`,
  () =>
    withDataDir(async (dataDir) => {
      const random = seededRandom(SEED)
      const load = new NumberedLoad({ seed: SEED, workers: 6, pauseMs: 5 })
      for (let cycle = 1; cycle <= CYCLES; cycle++) {
        if (cycle % KILL_WHILE_STARTING_EVERY === 0) await killWhileStarting(dataDir, random)
        const collector = await CollectorProcess.spawn({ dataDir }).ready()
        load.start(collector.doors.http)
        await pause(300 + random() * 1_700)
        await kill(collector, cycle % KILL_ENGINE_TOO_EVERY === 0)
        await load.pause()
      }
      const collector = await CollectorProcess.spawn({ dataDir }).ready()
      try {
        await load.finish(collector.doors.http)
        await verify(collector, load)
      } finally {
        await collector.process.stop()
      }
    }),
  60_000 + CYCLES * MS_PER_CYCLE,
)

async function verify(collector: RunningCollector, load: NumberedLoad): Promise<void> {
  await drained(collector)
  // In the end everything was acknowledged; much of it only when it was sent again.
  expect(load.acknowledged.size).toBe(load.sent)
  expect(load.sent).toBeGreaterThan(CYCLES * 20)
  expect(load.resent).toBeGreaterThan(0)
  expect(await readAccounts(collector, load)).toEqual(clean(load))
  const figures = await readFigures(collector)
  expect(figures.get('spans')?.reduce((sum, { spans }) => sum + spans, 0)).toBe(load.sent)
  expect(figures.get('spans')?.length).toBeGreaterThan(1)
  expect(figures.get('traces')).toEqual(figures.get('spans'))
  expect(figures.get('metrics_minute')).toEqual(figures.get('spans'))
}

async function kill({ process: collector }: RunningCollector, withEngine: boolean): Promise<void> {
  const engine = withEngine ? await enginePid(collector.pid) : undefined
  if (engine !== undefined) process.kill(engine, 'SIGKILL')
  await collector.kill()
}

async function killWhileStarting(dataDir: string, random: () => number): Promise<void> {
  const starting = CollectorProcess.spawn({ dataDir })
  await pause(200 + random() * 1_500)
  await starting.kill()
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
