// Traces that got rows in; those that may have to be settled, and responses that came twice, out. Remembers, so that the store need not be asked.
import type { TraceArrival } from './read-arrivals.ts'
import { MAX_SAME_RESPONSE, type ResponseRef } from './read-calls.ts'
import type { TraceRef } from './read-rows.ts'
import { createRecall, type Recall } from './recall.ts'

export interface Watch {
  /** Takes note of rows that came. */
  note(arrival: TraceArrival, atMs: number): Noted
  /** How many rows have the response, and since when it is all remembered; undefined = nothing is known of it. */
  response(response: number): { rows: number; sinceMs: number | undefined } | undefined
  /** Takes note that rows of the trace count otherwise than they did on arrival. */
  noteSettled(key: number, atMs: number): void
  /** Whether logs and spans tell of the session, as far as is remembered; undefined = nothing is known of it. */
  session(session: number): 'one' | 'both' | undefined
  /** Takes note of rows that were stored before anything is remembered. */
  noteOld(response: number, atMs: number): void
  /** Where to find a trace: everything of it was stored since then; undefined = not known. */
  sinceMs(key: number): number | undefined
  /** What has been stored since then is remembered, ms since 1970. */
  responsesSinceMs(): number
}

export interface Noted {
  /** Undefined = whatever else is stored, nothing of this trace counts otherwise than it did on arrival. */
  trace: TraceRef | undefined
  /** sure: the trace has to be looked at. new, known: it may turn out to be right as it arrived; known when it has rows of before. */
  concern: 'sure' | 'new' | 'known'
  responses: ResponseRef[]
}

/** Of each kind, in each of two generations: about 15 MB when full. */
const REMEMBERED = 131_072
/** Clocks of senders may run ahead so much. */
const SKEW_MS = 120_000

/** Of a trace: how many rows of it may count (0, 1, 2 = more), and whether a summary is among them. */
const MANY = 2
const SUMMARY = 4
/** Some of its rows were settled to count otherwise than they did on arrival. */
const SETTLED = 8
/** Rows of it may have been stored before anything is remembered. */
const OLD = 16
/** Of a session: who tells of it. */
const BY_LOGS = 1
const BY_SPANS = 2
/** Projects with logs that tell of calls. */
const MAX_PROJECTS = 10_000
/** Of a response: since before anything is remembered. */
const BEFORE = 0

export interface WatchOptions {
  /** Keys of traces of which an earlier process settled something. */
  settled?: ReadonlySet<number>
  capacity?: number
}

/** @param sinceMs rows stored before are not known of, ms since 1970 */
export function createWatch(sinceMs: number, { settled = new Set(), capacity = REMEMBERED }: WatchOptions = {}): Watch {
  const traces = createRecall(sinceMs, capacity)
  const responses = createRecall(sinceMs, capacity)
  const sessions = createRecall(sinceMs, capacity)
  const projects = new Set<string>()
  return {
    note(arrival, atMs) {
      const inSession = noteSessions(arrival, { sessions, projects, atMs })
      return {
        ...noteTrace(arrival, traces, { inSession, isSettled: settled.has(arrival.key), atMs }),
        responses: arrival.responses.flatMap((response) => noteResponse(response, { arrival, responses, atMs })),
      }
    },
    response(response) {
      const seen = responses.get(response)
      return seen && { rows: seen.tally, sinceMs: seen.sinceMs === BEFORE ? undefined : seen.sinceMs }
    },
    noteSettled(key, atMs) {
      const seen = traces.get(key)
      if (seen !== undefined) traces.set(key, { ...seen, tally: seen.tally | SETTLED }, atMs)
    },
    session(session) {
      const seen = sessions.get(session)
      return seen && (seen.tally === (BY_LOGS | BY_SPANS) ? 'both' : 'one')
    },
    noteOld(response, atMs) {
      const tally = responses.get(response)?.tally ?? 0
      responses.set(response, { sinceMs: BEFORE, tally: tally + 1 }, atMs)
    },
    sinceMs(key) {
      const seen = traces.get(key)
      return seen === undefined || (seen.tally & OLD) !== 0 ? undefined : seen.sinceMs
    },
    responsesSinceMs: () => responses.completeSinceMs(),
  }
}

function noteTrace(
  arrival: TraceArrival,
  traces: Recall,
  { inSession, isSettled, atMs }: { inSession: boolean; isSettled: boolean; atMs: number },
): Omit<Noted, 'responses'> {
  const { project, trace, key, startMs } = arrival
  const before = traces.get(key)
  const isOld = before === undefined ? startMs < traces.completeSinceMs() + SKEW_MS : (before.tally & OLD) !== 0
  const sinceMs = Math.min(before?.sinceMs ?? arrival.storedMs, arrival.storedMs)
  const flags = merge(before?.tally ?? 0, arrival) | (isOld ? OLD : 0)
  traces.set(key, { sinceMs, tally: flags }, atMs)
  const isSure = isOld || inSession || isSettled || (flags & SETTLED) !== 0
  const concerns = isSure || (flags & SUMMARY) !== 0 || (flags & 3) === MANY
  const ref = { project, trace, key, startMs, sinceMs: isOld ? undefined : sinceMs }
  return { trace: concerns ? ref : undefined, concern: isSure ? 'sure' : before === undefined ? 'new' : 'known' }
}

/** Whether a log of the arrival may tell of the call of a span elsewhere, or the reverse. */
function noteSessions(
  arrival: TraceArrival,
  { sessions, projects, atMs }: { sessions: Recall; projects: Set<string>; atMs: number },
): boolean {
  const { project, storedMs, logs, told } = arrival
  const by = (logs > 0 ? BY_LOGS : 0) | (logs === 0 || told > logs ? BY_SPANS : 0)
  let both = false
  for (const session of arrival.sessions) {
    const before = sessions.get(session)
    const tally = (before?.tally ?? 0) | by
    sessions.set(session, { sinceMs: before?.sinceMs ?? storedMs, tally }, atMs)
    both ||= tally === (BY_LOGS | BY_SPANS)
  }
  if (logs > 0 && projects.size < MAX_PROJECTS) projects.add(project)
  // The span of the call need not name the session that its trace is of.
  return both || (by === BY_SPANS && told > 0 && projects.has(project))
}

function merge(flags: number, { told, summaries }: TraceArrival): number {
  const count = Math.min((flags & 3) + told, MANY)
  return (flags & ~3) | count | (summaries > 0 ? SUMMARY : 0)
}

function noteResponse(
  response: number,
  { arrival, responses, atMs }: { arrival: TraceArrival; responses: Recall; atMs: number },
): ResponseRef[] {
  const before = responses.get(response)
  const sinceMs = Math.min(before?.sinceMs ?? arrival.storedMs, arrival.storedMs)
  const tally = (before?.tally ?? 0) + 1
  responses.set(response, { sinceMs, tally }, atMs)
  // One beyond the most is looked at once more: what was settled of it is then taken back.
  if (before === undefined || tally > MAX_SAME_RESPONSE + 1) return []
  return [{ response, sinceMs: sinceMs === BEFORE ? undefined : sinceMs, startMs: arrival.startMs }]
}
