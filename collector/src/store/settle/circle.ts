// Rows in hand; the traces that share calls with them, and in the end what has to change, out.
import type { Store } from '../client.ts'
import { decide } from './decide.ts'
import type { Examined } from './examine.ts'
import {
  MAX_SAME_RESPONSE,
  type ResponseRef,
  readLosers,
  readSameResponses,
  readSessionTraces,
  type SameResponse,
  type SessionRef,
} from './read-calls.ts'
import type { StoredRow, TraceRef } from './read-rows.ts'
import { roleOf } from './usage-row.ts'
import type { Watch } from './watch.ts'
import type { Change } from './write-settlements.ts'

export interface Circle {
  rows: StoredRow[]
  /** Keys of the traces that are in hand or asked for. */
  traces: Set<number>
  /** Responses of which every row is in hand. */
  responses: Set<number>
  /** Sessions by hash, and between which times all that ended is in hand; ms since 1970. */
  sessions: Map<number, { fromMs: number; toMs: number }>
  /** Responses that so many rows have that they name no call. */
  constant: Set<number>
}

export const newCircle = (): Circle => ({
  rows: [],
  traces: new Set(),
  responses: new Set(),
  sessions: new Map(),
  constant: new Set(),
})

interface Step {
  watch: Watch
  /** Rows that came into hand now. */
  rows: readonly StoredRow[]
  responses: readonly ResponseRef[]
}

/** Traces that are not in hand and tell of calls of these rows too. */
export async function nextTraces(store: Store, circle: Circle, { watch, rows, responses }: Step): Promise<TraceRef[]> {
  const refs = [...responses, ...rows.flatMap((row) => responseOf(row, watch, circle))]
  const asked = unique(refs, ({ response }) => response).filter(
    ({ response }) => !circle.responses.has(response) && !circle.constant.has(response),
  )
  const byResponse = await tracesOfResponses(store, { asked, watch, circle })
  const bySession = await readSessionTraces(store, sessionsOf(rows, watch, circle))
  const found = [...byResponse, ...bySession.map((ref) => ({ ...ref, sinceMs: watch.sinceMs(ref.key) }))]
  return unique(found, ({ key }) => key).filter(({ key }) => !circle.traces.has(key))
}

/** A response that others may have too. */
function responseOf({ response, startUs }: StoredRow, watch: Watch, circle: Circle): ResponseRef[] {
  if (response === 0) return []
  const known = watch.response(response)
  if (known?.rows === 1) circle.responses.add(response)
  if (known !== undefined && known.rows > MAX_SAME_RESPONSE) circle.constant.add(response)
  if (circle.responses.has(response) || circle.constant.has(response)) return []
  return [{ response, sinceMs: known?.sinceMs, startMs: Math.floor(startUs / 1000) }]
}

async function tracesOfResponses(
  store: Store,
  { asked, watch, circle }: { asked: readonly ResponseRef[]; watch: Watch; circle: Circle },
): Promise<TraceRef[]> {
  const same = await readSameResponses(store, asked)
  const tooMany = same.filter(({ rows }) => rows > MAX_SAME_RESPONSE)
  for (const { response } of tooMany) circle.constant.add(response)
  for (const { response } of asked) if (!circle.constant.has(response)) circle.responses.add(response)
  // Before there were too many, all but one of them had been taken back.
  const losers = await readLosers(
    store,
    tooMany.map(({ response }) => response),
  )
  const found = [...same.filter(({ rows }) => rows > 1 && rows <= MAX_SAME_RESPONSE), ...losers]
  return found.flatMap((it) => refsOf(it, watch))
}

const refsOf = ({ project, traces, startMs }: Omit<SameResponse, 'rows' | 'response'>, watch: Watch): TraceRef[] =>
  traces.map(({ trace, key }) => ({ project, trace, key, startMs, sinceMs: watch.sinceMs(key) }))

/** Sessions of which logs and spans may tell apart, with the times of the calls in hand. */
function sessionsOf(rows: readonly StoredRow[], watch: Watch, circle: Circle): SessionRef[] {
  const ofTrace = sessionsOfTraces(rows)
  const refs = new Map<number, SessionRef>()
  for (const row of rows) {
    if (!isCall(row)) continue
    const endMs = Math.floor(row.endUs / 1000)
    for (const session of ofTrace.get(row.key) ?? []) {
      if (circle.sessions.has(session)) continue
      const ref = refs.get(session) ?? { session, fromMs: endMs, toMs: endMs }
      refs.set(session, { session, fromMs: Math.min(ref.fromMs, endMs), toMs: Math.max(ref.toMs, endMs) })
    }
  }
  const asked = [...refs.values()].filter(({ session }) => watch.session(session) !== 'one')
  for (const session of refs.keys()) circle.sessions.set(session, ALWAYS)
  for (const { session, fromMs, toMs } of asked) circle.sessions.set(session, { fromMs, toMs })
  return asked
}

/** Any row of a trace may name its session. */
function sessionsOfTraces(rows: readonly StoredRow[]): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  for (const { key, session } of rows) {
    if (session !== 0) found.set(key, (found.get(key) ?? new Set()).add(session))
  }
  return found
}

const ALWAYS = { fromMs: 0, toMs: Number.POSITIVE_INFINITY }

const isCall = (row: StoredRow): boolean => roleOf(row) === 'call' || roleOf(row) === 'log'

export function toExamined(circle: Circle): Examined {
  const { rows, traces, constant } = circle
  const decided = rows.map((row) => (constant.has(row.response) ? { ...row, response: 0 } : row))
  const decisions = decide(decided)
  const isKnown = knownRows(circle)
  const changes = rows.flatMap((row, i): Change[] => {
    const decision = decisions.get(decided[i] ?? row)
    if (decision === undefined || !isKnown(row) || decision.counts === row.effective) return []
    return [{ row, sign: decision.counts - row.effective, reason: decision.reason }]
  })
  return { changes: tellable(changes), days: new Set(rows.map(({ day }) => day)), traces: traces.size }
}

/** Rows that one insert brought twice bear one name: what is settled of one would be of both. An audit takes one of them out. */
function tellable(changes: readonly Change[]): Change[] {
  const nameOf = ({ row }: Change): string => `${row.key} ${row.span} ${row.batch}`
  return [...Map.groupBy(changes, nameOf).values()].flatMap((same) => (same.length === 1 ? same : []))
}

/** Whether all that tells of a row's call is in hand: traces that were only followed bring calls that others tell of too. */
function knownRows({ rows, responses, sessions, constant }: Circle): (row: StoredRow) => boolean {
  const isOpen = (response: number): boolean => response !== 0 && !responses.has(response) && !constant.has(response)
  const openTraces = new Set(rows.filter(({ response }) => isOpen(response)).map(({ key }) => key))
  const ofTrace = sessionsOfTraces(rows)
  return (row) => {
    if (openTraces.has(row.key) && (row.response === 0 || isOpen(row.response))) return false
    if (!isCall(row)) return true
    const endMs = row.endUs / 1000
    return [...(ofTrace.get(row.key) ?? [])].every((session) => {
      const inHand = sessions.get(session)
      return inHand !== undefined && endMs >= inHand.fromMs - IN_HAND_MS && endMs <= inHand.toMs + IN_HAND_MS
    })
  }
}

/** Around the calls that were in hand first, this much of their session is too: less than was read, by the most that a pair may be apart. */
const IN_HAND_MS = 45_000

const unique = <T>(items: readonly T[], keyOf: (item: T) => number): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]
