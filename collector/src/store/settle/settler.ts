// A store in; in the background, every call counts once a little after it came. Owner of the loop: stop() ends it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { alone, createLeader } from './leader.ts'
import { type PassResult, runPass } from './pass.ts'
import { createSettleMetrics } from './settle-metrics.ts'
import { NO_MARK, noteMark, openState, type SettleState } from './state.ts'

export interface SettlerOptions {
  store: Store
  /** The one that inserts and rebuilds use. */
  gate: DayGate
  /** A trace that got no row for so long is idle. */
  idleMs: number
  /** Resolves when the tables are there. */
  ready: Promise<void>
}

export interface Settler {
  /** Rows were stored. */
  wake(): void
  /** Whether this is the one of the collectors on a ClickHouse that settles. */
  isLeading(): boolean
  /** Ends after the statement in hand. */
  stop(): Promise<void>
}

const MAX_INTERVAL_MS = 1_000
const MIN_INTERVAL_MS = 25
/** With an embedded engine nobody else inserts, so without being woken there is next to nothing to look for. */
const QUIET_MS = 60_000
const SWEEP_MS = 30_000
const NOTE_MARK_MS = 10_000
/** Whoever does not lead asks so often whether it is to. */
const STANDBY_MS = 10_000
const MAX_BACK_OFF_MS = 30_000
/** Of the time at most a quarter is spent in passes. */
const REST = 3
const FAILURES_PER_WARNING = 20

export function createSettler({ store, gate, idleMs, ready }: SettlerOptions): Settler {
  const stopping = new AbortController()
  const { signal } = stopping
  const metrics = createSettleMetrics(store.metrics)
  const intervalMs = Math.min(Math.max(idleMs / 4, MIN_INTERVAL_MS), MAX_INTERVAL_MS)
  const pause = async (ms: number): Promise<void> => void (await sleep(ms, undefined, { signal }))
  const bell = createBell(signal)
  const leader = store.generation === undefined ? createLeader(store, pause) : alone()
  let state: SettleState | undefined
  let noted = ''
  let notedAtMs = 0
  let sweptAtMs = Number.NEGATIVE_INFINITY
  let failures = 0

  const now = (): number => store.clock.monotonicMs()
  const note = async (always: boolean): Promise<void> => {
    if (state === undefined || state.mark === noted || (!always && now() - notedAtMs < NOTE_MARK_MS)) return
    await noteMark(store, state.mark, '')
    noted = state.mark
    notedAtMs = now()
  }

  const turn = async (): Promise<Rest> => {
    if (!(await leader.leads(state?.mark ?? NO_MARK))) {
      // Another goes on from its own mark; so do we when our turn comes again.
      state = undefined
      return { ms: STANDBY_MS * (1 + Math.random() / 5), untilRing: false }
    }
    state ??= await openState(store)
    const startMs = now()
    const sweep = startMs - sweptAtMs > SWEEP_MS
    bell.mute()
    const result = await runPass({ store, gate, state, metrics, idleMs, pause, signal }, sweep)
    if (sweep) sweptAtMs = startMs
    const tookMs = now() - startMs
    if (result.inserts > 0) metrics.passSeconds.observe(tookMs / 1000)
    if (store.generation !== undefined) await note(false)
    return restAfter(result, { tookMs, sweep })
  }

  const restAfter = ({ inserts, left }: PassResult, { tookMs, sweep }: { tookMs: number; sweep: boolean }): Rest => {
    const isNothing = inserts === 0 && left === 0
    if (isNothing && sweep && store.generation !== undefined) return { ms: QUIET_MS, untilRing: true }
    // Quiet only after a look for inserts that show up late.
    if (isNothing && store.generation !== undefined) sweptAtMs = Number.NEGATIVE_INFINITY
    return { ms: Math.max(intervalMs, REST * tookMs), untilRing: false }
  }

  const fail = (error: unknown): Rest => {
    metrics.failures.add()
    failures += 1
    if (failures % FAILURES_PER_WARNING === 3)
      store.log.warn({ err: error, failures }, 'cannot settle what counts yet; trying again')
    return { ms: Math.min(intervalMs * 2 ** Math.min(failures, 10), MAX_BACK_OFF_MS), untilRing: false }
  }

  const loop = async (): Promise<void> => {
    await Promise.race([ready, aborted(signal)])
    while (!signal.aborted) {
      const rest = await turn().then(
        (it) => {
          failures = 0
          return it
        },
        (error: unknown) => (signal.aborted ? { ms: 0, untilRing: false } : fail(error)),
      )
      await bell.wait(rest)
    }
    if (store.generation !== undefined) await note(true)
    else await leader.resign(state?.mark ?? NO_MARK)
  }
  const done = loop().catch((error: unknown) => {
    if (!signal.aborted) store.log.error({ err: error }, 'the settler ended')
  })
  return {
    wake: () => bell.ring(),
    isLeading: () => leader.isLeading(),
    async stop() {
      stopping.abort()
      await done
    },
  }
}

interface Rest {
  ms: number
  /** A ring ends it early. */
  untilRing: boolean
}

interface Bell {
  ring(): void
  /** Forgets that it rang. */
  mute(): void
  wait(rest: Rest): Promise<void>
}

function createBell(signal: AbortSignal): Bell {
  let rung = false
  let wakeUp: (() => void) | undefined
  return {
    ring() {
      rung = true
      wakeUp?.()
    },
    mute() {
      rung = false
    },
    async wait({ ms, untilRing }) {
      if (untilRing && rung) return
      const ringing = new AbortController()
      if (untilRing) wakeUp = () => ringing.abort()
      await sleep(ms, undefined, { signal: AbortSignal.any([signal, ringing.signal]) }).catch(() => undefined)
      wakeUp = undefined
    },
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
