// Calls that only logs tell of and calls that spans tell of -> those that are one: of one session, ended at one time, with the same input.
import { roleOf, type UsageRow } from './usage-row.ts'

/** A log is written when its call ends, a little before or after its span does. */
const WITHIN_US = 10_000_000
/** Without counts to compare the times must agree better. */
const WITHIN_UNKNOWN_US = 1_000_000

interface Call {
  rows: UsageRow[]
  project: string
  sessions: readonly number[]
  endUs: number
  inputTokens: number | undefined
}

interface Pair {
  log: Call
  span: Call
  apartUs: number
}

/**
 * Coding agents write logs that name no span and no response, beside spans that do not name their session. Each log is given to one span at
 * most, the nearest first, so of two calls that look alike neither is taken for the other twice.
 * @param calls rows of one call each
 * @param sessionsOf the sessions of a row's trace
 */
export function sameSessions(
  calls: readonly UsageRow[][],
  sessionsOf: ReadonlyMap<UsageRow, ReadonlySet<number>>,
): UsageRow[][] {
  const all = calls.map((rows) => toCall(rows, sessionsOf))
  const isLog = ({ rows }: Call): boolean => rows.every((row) => roleOf(row) === 'log')
  const isSpan = ({ rows }: Call): boolean => rows.some((row) => roleOf(row) === 'call')
  const logs = all.filter(isLog)
  if (logs.length === 0) return []
  const bySession = new Map<string, Call[]>()
  for (const span of all.filter(isSpan).sort((a, b) => a.endUs - b.endUs)) {
    for (const session of span.sessions) {
      const key = `${session} ${span.project}`
      const spans = bySession.get(key)
      if (spans) spans.push(span)
      else bySession.set(key, [span])
    }
  }
  const pairs = logs.flatMap((log) => pairsOf(log, bySession))
  return nearest(pairs).map(({ log, span }) => [...log.rows, ...span.rows])
}

function toCall(rows: UsageRow[], sessionsOf: ReadonlyMap<UsageRow, ReadonlySet<number>>): Call {
  const sessions = new Set(rows.flatMap((row) => [...(sessionsOf.get(row) ?? [])]))
  // Of a span's own rows the last one knows when it ended.
  const endUs = rows.reduce((last, row) => Math.max(last, row.endUs), 0)
  const inputTokens = rows.find((row) => row.hasUsage)?.inputTokens
  return { rows, project: rows[0]?.project ?? '', sessions: [...sessions], endUs, inputTokens }
}

function pairsOf(log: Call, bySession: ReadonlyMap<string, readonly Call[]>): Pair[] {
  const pairs = new Map<Call, Pair>()
  for (const session of log.sessions) {
    const spans = bySession.get(`${session} ${log.project}`) ?? []
    for (let i = firstFrom(spans, log.endUs - WITHIN_US); i < spans.length; i++) {
      const span = spans[i]
      if (span === undefined || span.endUs > log.endUs + WITHIN_US) break
      const apartUs = Math.abs(span.endUs - log.endUs)
      if (mayBeOne(log, span, apartUs)) pairs.set(span, { log, span, apartUs })
    }
  }
  return [...pairs.values()]
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

function mayBeOne(log: Call, span: Call, apartUs: number): boolean {
  if (namesOther(log, span)) return false
  if (log.inputTokens === undefined || span.inputTokens === undefined) return apartUs <= WITHIN_UNKNOWN_US
  return log.inputTokens === span.inputTokens
}

/** Two response ids are two calls. */
function namesOther(log: Call, span: Call): boolean {
  const [inLog, inSpan] = [log, span].map(
    ({ rows }) => new Set(rows.map(({ response }) => response).filter((it) => it !== 0)),
  )
  return (inLog?.size ?? 0) > 0 && (inSpan?.size ?? 0) > 0
}

function nearest(pairs: readonly Pair[]): Pair[] {
  const taken = new Set<Call>()
  return [...pairs].sort(byNearness).filter(({ log, span }) => {
    if (taken.has(log) || taken.has(span)) return false
    taken.add(log).add(span)
    return true
  })
}

const nameOf = ({ rows }: Call): string =>
  rows
    .map(({ trace, span, batch }) => `${trace} ${span} ${batch}`)
    .sort()
    .join()

const byNearness = (a: Pair, b: Pair): number =>
  a.apartUs - b.apartUs || nameOf(a.log).localeCompare(nameOf(b.log)) || nameOf(a.span).localeCompare(nameOf(b.span))
