// A store in; in the background, traces of days that are over are counted, and counted anew when they change. Owner of the loop: stop() ends it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { countTraces } from './count-pass.ts'

export interface TraceCounterOptions {
  store: Store
  /** The one that rebuilds and erasures use. */
  gate: DayGate
  /** Resolves when the tables are there. */
  ready: Promise<void>
  /** Whether this is the collector that looks after the tables. */
  leads(): boolean
}

export interface TraceCounter {
  /** Ends after the statement in hand, or does not wait longer for it. */
  stop(): Promise<void>
}

const FIRST_MS = 60_000
const EVERY_MS = 600_000
/** Whoever does not lead asks so often whether it is to. */
const STANDBY_MS = 60_000
/** Of a pass a quarter is spent in counting, and of the time a twentieth in passes. */
const REST_OF_DAY = 3
const REST_OF_PASS = 20
const STOP_MS = 10_000
const SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 300]

/** Of a cluster nothing is counted: a trace may lie on several shards, and is added up as it is read. */
export function startTraceCounter({ store, gate, ready, leads }: TraceCounterOptions): TraceCounter {
  if (store.cluster !== undefined) return { stop: async () => undefined }
  const stopping = new AbortController()
  const { signal } = stopping
  const days = store.metrics.counter(
    'insights_count_days_total',
    'Days whose traces were counted, again or for the first time',
  )
  const failures = store.metrics.counter(
    'insights_count_failures_total',
    'Counts of traces that ended in an error and are repeated',
  )
  const seconds = store.metrics.histogram(
    'insights_count_pass_seconds',
    'Time of a look at which days are to be counted, and of counting them',
    SECONDS,
  )
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)

  const pass = async (): Promise<number> => {
    const beganMs = store.clock.monotonicMs()
    try {
      const counted = await countTraces({ store, gate, signal, pause: (tookMs) => pause(REST_OF_DAY * tookMs) })
      days.add(counted)
      const tookMs = store.clock.monotonicMs() - beganMs
      seconds.observe(tookMs / 1000)
      if (counted > 0)
        store.log.info({ days: counted, seconds: Math.round(tookMs) / 1000 }, 'counted the traces of days')
      return tookMs
    } catch (error) {
      failures.add()
      if (!signal.aborted) store.log.warn({ err: error }, 'cannot count traces now; trying again')
      return store.clock.monotonicMs() - beganMs
    }
  }

  const loop = async (): Promise<void> => {
    await ready
    await pause(FIRST_MS)
    while (!signal.aborted) await pause(leads() ? Math.max(EVERY_MS, REST_OF_PASS * (await pass())) : STANDBY_MS)
  }
  // Whoever waits for `ready` tells of its failure.
  const done = loop().catch(() => undefined)
  return {
    async stop() {
      stopping.abort()
      await Promise.race([done, sleep(STOP_MS, undefined, { ref: false })])
    },
  }
}
