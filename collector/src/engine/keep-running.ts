// A running engine process and a way to launch another -> one that is relaunched, with back-off, until stopped.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { EngineProcess } from './child-process.ts'

const FIRST_RETRY_MS = 100
const MAX_RETRY_MS = 10_000
/** A child that lived this long did not die of its start, so the next retry is quick again. */
const STABLE_MS = 60_000

export interface KeepRunningDeps {
  launch: () => Promise<EngineProcess>
  log: Log
  metrics: Metrics
  clock: Clock
}

export interface KeptEngine {
  pid(): number | undefined
  generation(): number
  stop(): Promise<void>
}

export function keepRunning(first: EngineProcess, deps: KeepRunningDeps): KeptEngine {
  const restarts = deps.metrics.counter('insights_engine_restarts_total', 'Starts of the embedded engine after it died')
  const up = deps.metrics.gauge('insights_engine_up', '1 while the embedded engine answers, 0 while it is restarted')
  const stopping = new AbortController()
  let current: EngineProcess | undefined = first
  let generation = 1

  const relaunch = async (firstWaitMs: number): Promise<EngineProcess | undefined> => {
    for (let waitMs = firstWaitMs; await pause(waitMs, stopping.signal); waitMs = Math.min(waitMs * 2, MAX_RETRY_MS)) {
      restarts.add()
      try {
        return await deps.launch()
      } catch (cause) {
        deps.log.error({ err: cause }, 'embedded engine did not start, trying again')
      }
    }
    return undefined
  }

  // Resolves once the engine is stopped for good.
  const watch = async (): Promise<void> => {
    let retryMs = FIRST_RETRY_MS
    while (current) {
      up.set(1)
      const bornMs = deps.clock.monotonicMs()
      // A stop that came while this child was starting found nothing to stop.
      if (stopping.signal.aborted) await current.stop()
      const { code, signal, stderr } = await current.exited
      current = undefined
      up.set(0)
      if (stopping.signal.aborted) return
      const livedMs = Math.round(deps.clock.monotonicMs() - bornMs)
      retryMs = livedMs < STABLE_MS && generation > 1 ? Math.min(retryMs * 2, MAX_RETRY_MS) : FIRST_RETRY_MS
      deps.log.error({ code, signal, stderr, lived_ms: livedMs }, 'embedded engine died, restarting it')
      current = await relaunch(retryMs)
      if (!current) return
      generation += 1
      deps.log.info({ pid: current.pid, generation }, 'embedded engine is back')
    }
  }

  const watching = watch()
  return {
    pid: () => current?.pid,
    generation: () => generation,
    async stop() {
      stopping.abort()
      await current?.stop()
      await watching
    },
  }
}

/** False when cut short by the stop. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal }).catch(() => false)
}
