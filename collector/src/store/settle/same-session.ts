// Calls that only logs tell of and calls that spans tell of -> those that are one: of one session or trace, at one time, with the same counts.
import { byIdentity, roleOf, type UsageRow } from './usage-row.ts'

/** A log is written when its call is over: clocks differ, and a span may begin when all has been said. */
const BEFORE_START_US = 2_000_000
const AFTER_END_US = 10_000_000
/** Without counts to compare the times must agree better. */
const WITHIN_UNKNOWN_US = 1_000_000

interface Call {
  rows: UsageRow[]
  /** Sessions and traces, each of its project. */
  places: ReadonlySet<string>
  startUs: number
  endUs: number
  /** The row that knows most of its usage. */
  counts: UsageRow | undefined
  /** One of its rows names a response. */
  names: boolean
}

/**
 * Coding agents write logs that name no span and no response, beside spans that do not name their session. Each log is given to one span at
 * most and each span to one log, and as many of them as can be: a log takes of the spans around it the one that it is latest for.
 * @param calls rows of one call each
 * @param sessionsOf the sessions of a row's trace
 */
export function sameSessions(
  calls: readonly UsageRow[][],
  sessionsOf: ReadonlyMap<UsageRow, ReadonlySet<number>>,
): UsageRow[][] {
  const isLog = (row: UsageRow): boolean => roleOf(row) === 'log'
  const only = calls.filter((rows) => rows.every(isLog))
  if (only.length === 0) return []
  const logs = only.map((rows) => toCall(rows, sessionsOf))
  // A span that a log was found for needs no other.
  const spans = calls
    .filter((rows) => !rows.some(isLog) && rows.some((row) => roleOf(row) === 'call'))
    .map((rows) => toCall(rows, sessionsOf))
  const spansAt = byPlace(spans)
  const taken = new Set<Call>()
  const places = [...byPlace(logs)].sort(([a], [b]) => (a < b ? -1 : 1))
  // What counts tell comes before what times alone do.
  return [matchCounts, matchTimes].flatMap((match) =>
    places.flatMap(([place, here]) => match(here, spansAt.get(place) ?? [], taken)),
  )
}

function toCall(rows: UsageRow[], sessionsOf: ReadonlyMap<UsageRow, ReadonlySet<number>>): Call {
  const sorted = [...rows].sort(byIdentity)
  const places = new Set<string>()
  for (const row of sorted) {
    places.add(`trace ${row.trace} ${row.project}`)
    // What a row says of itself is more than what its trace says.
    for (const session of row.session === 0 ? (sessionsOf.get(row) ?? []) : [row.session])
      places.add(`session ${session} ${row.project}`)
  }
  return {
    rows: sorted,
    places,
    startUs: sorted.reduce((first, row) => Math.min(first, row.startUs), Number.POSITIVE_INFINITY),
    // Of a span's own rows the last one knows when it ended.
    endUs: sorted.reduce((last, row) => Math.max(last, row.endUs), 0),
    counts: sorted.find(({ hasUsage, inputTokens }) => hasUsage && inputTokens !== undefined),
    names: sorted.some(({ response }) => response !== 0),
  }
}

function byPlace(calls: readonly Call[]): Map<string, Call[]> {
  const found = new Map<string, Call[]>()
  for (const call of calls) {
    for (const place of call.places) {
      const here = found.get(place)
      if (here) here.push(call)
      else found.set(place, [call])
    }
  }
  return found
}

function matchCounts(logs: readonly Call[], spans: readonly Call[], taken: Set<Call>): UsageRow[][] {
  const coming = [...spans].sort((a, b) => a.startUs - b.startUs || byFirst(a, b))
  const pairs: UsageRow[][] = []
  let open: Call[] = []
  let next = 0
  for (const log of [...logs].sort((a, b) => a.endUs - b.endUs || byFirst(a, b))) {
    for (let span = coming[next]; span && span.startUs - BEFORE_START_US <= log.endUs; span = coming[next]) {
      open.push(span)
      next += 1
    }
    open = open.filter((span) => span.endUs + AFTER_END_US >= log.endUs && !taken.has(span))
    const span = taken.has(log) ? undefined : open.filter((it) => hasSameCounts(log, it)).reduce(soonest, undefined)
    if (span === undefined) continue
    taken.add(log).add(span)
    pairs.push([...log.rows, ...span.rows])
  }
  return pairs
}

const soonest = (a: Call | undefined, b: Call): Call => (a === undefined || b.endUs < a.endUs ? b : a)

const byFirst = ({ rows: [a] }: Call, { rows: [b] }: Call): number => (a && b ? byIdentity(a, b) : 0)

function hasSameCounts(log: Call, span: Call): boolean {
  const [told, seen] = [log.counts, span.counts]
  if (told === undefined || seen === undefined || told.inputTokens !== seen.inputTokens) return false
  const isSame = told.outputTokens === seen.outputTokens || leavesThoughtsOut(seen, told)
  const isKnown = told.outputTokens !== undefined && seen.outputTokens !== undefined
  // Two response ids are two calls, unless one is of the request and one of the answer, as Claude Code has them: then all counts agree.
  return log.names && span.names ? isSame && isKnown : isSame || !isKnown
}

/** The nearest first, where one of the two does not know what was used. */
function matchTimes(logs: readonly Call[], spans: readonly Call[], taken: Set<Call>): UsageRow[][] {
  const byEnd = [...spans].sort((a, b) => a.endUs - b.endUs || byFirst(a, b))
  const pairs = logs.flatMap((log) => around(byEnd, log).map((span) => ({ log, span })))
  const apart = ({ log, span }: (typeof pairs)[number]): number => Math.abs(log.endUs - span.endUs)
  return pairs
    .sort((a, b) => apart(a) - apart(b) || byFirst(a.log, b.log) || byFirst(a.span, b.span))
    .flatMap(({ log, span }) => {
      if (taken.has(log) || taken.has(span)) return []
      taken.add(log).add(span)
      return [[...log.rows, ...span.rows]]
    })
}

function around(byEnd: readonly Call[], log: Call): Call[] {
  const found: Call[] = []
  for (let i = firstFrom(byEnd, log.endUs - WITHIN_UNKNOWN_US); i < byEnd.length; i++) {
    const span = byEnd[i]
    if (span === undefined || span.endUs > log.endUs + WITHIN_UNKNOWN_US) break
    const isUnknown = log.counts === undefined || span.counts === undefined
    if (isUnknown && !(log.names && span.names)) found.push(span)
  }
  return found
}

/** Place of the first span that ended then or later. */
function firstFrom(spans: readonly Call[], endUs: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.endUs ?? 0) < endUs) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether a row's output is that of the log without the thoughts: Gemini CLI counts those in its logs alone. */
export const leavesThoughtsOut = (row: UsageRow, log: UsageRow): boolean =>
  roleOf(log) === 'log' &&
  row.reasoningTokens === undefined &&
  row.outputTokens !== undefined &&
  (log.reasoningTokens ?? 0) > 0 &&
  row.inputTokens === log.inputTokens &&
  row.outputTokens === (log.outputTokens ?? 0) - (log.reasoningTokens ?? 0)
