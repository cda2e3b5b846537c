// One pass of the settler: inserts that are idle in, what they change written, out.
import { InsightsError } from '../../telemetry/errors.ts'
import { SAME_RESPONSE_WITHIN_US } from './decide.ts'
import { type Concerned, examine } from './examine.ts'
import { type Arrival, chunksOf, msOf, readArrivals, readTraceArrivals, type TraceArrival } from './read-arrivals.ts'
import { type ResponseRef, readOldResponses } from './read-calls.ts'
import { readRestless, readRestlessSince } from './read-restless.ts'
import { readSettledTwice, type TraceRef } from './read-rows.ts'
import { LATE_MS } from './state.ts'
import type { Noted } from './watch.ts'
import { clearDoubt, type WriteDeps, writeChanges } from './write-changes.ts'

export interface PassDeps extends WriteDeps {
  /** A trace that got no row for so long is idle. */
  idleMs: number
  /** Ends the pass between two statements. */
  signal: AbortSignal
}

export interface PassResult {
  /** Inserts that were looked at. */
  inserts: number
  /** Inserts that are not idle, or did not fit into this pass. */
  left: number
}

/** A trace that is never idle is settled after so many times the idle time. */
const MAX_WAITS = 4
const MAX_ROWS = 100_000
const TRACES_AT_ONCE = 1_000
const RESPONSES_AT_ONCE = 4_000

/** @param sweep look also for inserts that show up late */
export async function runPass(deps: PassDeps, sweep: boolean): Promise<PassResult> {
  const { store, state, idleMs } = deps
  const all = await readArrivals(store, { after: state.mark, backMs: sweep ? LATE_MS : 0, idleMs })
  const fresh = all.filter(({ stored }) => !state.seen.has(stored))
  const ripe = fresh.filter((it) => it.ripe)
  const taken = takeRows(ripe)
  deps.metrics.lagSeconds.set(
    fresh[0] === undefined ? 0 : Math.max(0, store.clock.nowMs() - msOf(fresh[0].stored)) / 1000,
  )
  if (taken.length > 0) await settleInserts(taken, deps)
  // Another settler, or an insert of ours that was taken for lost, may have settled a row twice.
  if (sweep && (store.generation === undefined || !state.caughtUp)) await settleTwice(deps)
  if (taken.length === ripe.length) await catchUp(deps)
  return { inserts: taken.length, left: fresh.length - taken.length }
}

function takeRows(arrivals: readonly Arrival[]): string[] {
  let rows = 0
  const fits = arrivals.findIndex((arrival) => {
    rows += arrival.rows
    return rows > MAX_ROWS
  })
  // One alone goes whatever its size.
  return arrivals.slice(0, fits < 0 ? arrivals.length : Math.max(fits, 1)).map(({ stored }) => stored)
}

async function settleInserts(stored: readonly string[], deps: PassDeps): Promise<void> {
  const { store, state } = deps
  const last = stored.at(-1) ?? state.mark
  const mark = [last, state.mark].sort().at(-1) ?? last
  const arrivals = await readTraceArrivals(store, stored, mark)
  const { responses, ...noted } = noteAll(arrivals, msOf(last), deps)
  const restless = noted.new.length === 0 ? undefined : await readRestlessSince(store, stored[0] ?? mark)
  const traces = [
    ...noted.sure,
    ...noted.new.filter(({ key }) => restless?.has(key)),
    ...(await readRestless(store, noted.known)),
  ]
  noteUncompared(arrivals, stored, deps)
  const old = await compareWithOld(deps)
  for (const chunk of chunksOf(traces, TRACES_AT_ONCE)) await settle({ traces: chunk, responses: [] }, deps)
  for (const chunk of chunksOf([...responses, ...old], RESPONSES_AT_ONCE))
    await settle({ traces: [], responses: chunk }, deps)
  for (const time of stored) state.seen.add(time)
  state.mark = mark
  for (const time of state.seen) if (msOf(time) < msOf(mark) - LATE_MS) state.seen.delete(time)
}

async function settleTwice(deps: PassDeps): Promise<void> {
  const traces = await readSettledTwice(deps.store)
  for (const chunk of chunksOf(traces, TRACES_AT_ONCE)) await settle({ traces: chunk, responses: [] }, deps)
}

interface AllNoted extends Record<Noted['concern'], TraceRef[]> {
  responses: ResponseRef[]
}

function noteAll(arrivals: readonly TraceArrival[], atMs: number, { store, state, idleMs }: PassDeps): AllNoted {
  const noted: AllNoted = { sure: [], new: [], known: [], responses: [] }
  const nowMs = store.clock.monotonicMs()
  for (const arrival of arrivals) {
    const { trace, concern, responses } = state.watch.note(arrival, atMs)
    noted.responses.push(...responses)
    const sinceMs = state.waiting.get(arrival.key) ?? nowMs
    const waits = arrival.busy && nowMs - sinceMs < MAX_WAITS * idleMs
    if (waits) state.waiting.set(arrival.key, sinceMs)
    else state.waiting.delete(arrival.key)
    if (trace !== undefined && !waits) noted[concern].push(trace)
  }
  return noted
}

function noteUncompared(arrivals: readonly TraceArrival[], stored: readonly string[], { state }: PassDeps): void {
  const starts = arrivals.filter(({ responses }) => responses.length > 0).map(({ startMs }) => startMs)
  const [first, last] = [stored[0], stored.at(-1)]
  if (starts.length === 0 || first === undefined || last === undefined) return
  const aroundMs = SAME_RESPONSE_WITHIN_US / 1000
  const fromMs = starts.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY) - aroundMs
  if (fromMs > state.watch.responsesSinceMs()) return
  const toMs = starts.reduce((most, ms) => Math.max(most, ms), 0) + aroundMs
  const { uncompared: before } = state
  state.uncompared = {
    first: before === undefined || first < before.first ? first : before.first,
    last: before === undefined || last > before.last ? last : before.last,
    fromMs: Math.min(fromMs, before?.fromMs ?? fromMs),
    toMs: Math.max(toMs, before?.toMs ?? toMs),
  }
}

/** This takes up to a twentieth of the time: it reads hours, and nearly never finds anything. */
const COMPARE_REST = 20

async function compareWithOld({ store, state }: PassDeps): Promise<ResponseRef[]> {
  const startMs = store.clock.monotonicMs()
  if (state.uncompared === undefined || startMs < state.compareAtMs) return []
  const beforeMs = state.watch.responsesSinceMs()
  const refs = await readOldResponses(store, { ...state.uncompared, beforeMs })
  for (const { response } of refs) state.watch.noteOld(response, msOf(state.uncompared.last))
  state.uncompared = undefined
  const endMs = store.clock.monotonicMs()
  state.compareAtMs = endMs + COMPARE_REST * (endMs - startMs)
  return refs
}

/** Too many rows for one statement are tried in halves; one trace alone that is too large counts as it arrived. */
async function settle(start: Concerned, deps: PassDeps): Promise<void> {
  const { store, state, metrics, signal } = deps
  signal.throwIfAborted()
  try {
    const { changes, days, traces } = await examine(store, state.watch, start)
    if (!state.caughtUp) for (const day of days) state.doubtful.add(day)
    metrics.traces.add(traces)
    await writeChanges(changes, deps)
  } catch (error) {
    if (!(error instanceof InsightsError) || error.code !== 'INSIGHTS_QUERY_LIMIT') throw error
    const size = start.traces.length + start.responses.length
    if (size > 1) {
      for (const half of [0, 1]) await settle(halfOf(start, half), deps)
      return
    }
    metrics.skipped.add()
    store.log.warn({ err: error }, 'a trace is too large to settle; its usage counts as it arrived')
  }
}

function halfOf({ traces, responses }: Concerned, half: number): Concerned {
  const part = <T>(items: readonly T[]): T[] => items.filter((_, i) => i % 2 === half)
  // Each list is cut; one of a single item goes with the other list's half.
  if (traces.length > 1 || responses.length > 1) {
    return { traces: part(traces), responses: part(responses) }
  }
  return half === 0 ? { traces, responses: [] } : { traces: [], responses }
}

/** What an earlier process may have left half done lies in what was looked at since the start. */
async function catchUp(deps: PassDeps): Promise<void> {
  const { state } = deps
  for (const day of [...state.doubtful]) await clearDoubt(day, deps)
  state.caughtUp = true
}
