// What every fault is run with and what it comes to; and the frame that most of them share: lives of a collector under numbered load.
import { join } from 'node:path'
import { type CollectorOptions, CollectorProcess, type RunningCollector, withDataDir } from '../collector-process.ts'
import { judge, type Verdict } from './accounts.ts'
import { NumberedLoad, seededRandom } from './numbered-load.ts'

export interface FaultOptions {
  readonly seed: number
  readonly cycles: number
  /** Is told after each cycle. */
  readonly onCycle?: (n: number, acknowledged: number) => void
}

export interface FaultReport extends Verdict {
  readonly cycles: number
  /** What happened besides, for people: how often which fault struck. */
  readonly events: Readonly<Record<string, number>>
  /** What did not happen as it must, beyond the counts. */
  readonly wrong: readonly string[]
}

export interface FaultScenario {
  readonly name: string
  run(options: FaultOptions): Promise<FaultReport>
}

export interface Frame {
  readonly dataDir: string
  readonly load: NumberedLoad
  readonly random: () => number
  /** Counts something that happened. */
  count(event: string): void
  /** Notes something that must not be. */
  fault(text: string): void
}

/** One life of a collector that settles soon, so that settling is hit as well and the count need not wait for it. */
export function spawn({ env, ...options }: CollectorOptions): CollectorProcess {
  const spawned = CollectorProcess.spawn({ ...options, env: { INSIGHTS_SETTLE_IDLE_MS: '300', ...env } })
  lives.push(spawned)
  return spawned
}

const lives: CollectorProcess[] = []
/** Of the last life, on a machine that does much else. */
const READY_WITHIN_MS = 300_000

export interface FrameOptions extends FaultOptions {
  /** Variables of the last life, which stores the rest and is judged. */
  readonly env?: Readonly<Record<string, string>>
  /** Lets the checker read a ClickHouse that is not the collector's own. */
  readonly readFrom?: (collector: RunningCollector) => RunningCollector
  readonly workers?: number
  /** Runs in the last life, when all was acknowledged, before the count. */
  readonly last?: (frame: Frame, collector: RunningCollector) => Promise<void>
}

/** Runs `cycle` so often, then a last life without faults, in which all that was never acknowledged is sent again; then counts. */
export function underLoad(
  { seed, cycles, onCycle, env = {}, readFrom = (collector) => collector, workers = 3, last }: FrameOptions,
  cycle: (frame: Frame, n: number) => Promise<void>,
): Promise<FaultReport> {
  return withDataDir(async (dataDir) => {
    const events: Record<string, number> = {}
    const wrong: string[] = []
    const load = new NumberedLoad({ seed, workers, pauseMs: 10, acknowledgedLog: join(dataDir, 'acknowledged.log') })
    const frame: Frame = {
      dataDir,
      load,
      random: seededRandom(seed),
      count(event) {
        events[event] = (events[event] ?? 0) + 1
      },
      fault: (text) => wrong.push(text),
    }
    let done = 0
    try {
      while (done < cycles) {
        await cycle(frame, done + 1)
        done++
        onCycle?.(done, load.acknowledged.size)
      }
    } catch (error) {
      // What was done so far is worth a count all the same.
      wrong.push(`cycle ${done + 1} ended with ${String(error)}`)
      await Promise.all(lives.splice(0).map((life) => life.kill()))
      await load.pause()
    }
    lives.length = 0
    const collector = await spawn({ dataDir, env }).ready(READY_WITHIN_MS)
    try {
      await load.finish(collector.doors.http)
      await last?.(frame, collector)
      const verdict = await judge(readFrom(collector), load)
      if (verdict.acknowledged !== verdict.sent) wrong.push('not everything was acknowledged in the end')
      if (verdict.stored !== verdict.sent) wrong.push('stored is not what was sent')
      return { ...verdict, cycles: done, events: { ...events, resent: load.resent }, wrong }
    } finally {
      await collector.process.stop()
    }
  })
}

/** True when nothing was lost, doubled, altered or phantom, and nothing else was wrong. */
export const isClean = ({ missing, doubled, altered, phantom, rollupsEqual, wrong }: FaultReport): boolean =>
  missing + doubled + altered + phantom === 0 && rollupsEqual && wrong.length === 0

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
