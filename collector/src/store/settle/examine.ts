// Traces and responses in; what has to change for each call to count once, out.
import type { Store } from '../client.ts'
import { decide } from './decide.ts'
import { MAX_SAME_RESPONSE, type ResponseRef, readLosers, readSameResponses, type SameResponse } from './read-calls.ts'
import { readRows, type StoredRow, type TraceRef } from './read-rows.ts'
import type { Watch } from './watch.ts'
import type { Change } from './write-settlements.ts'

export interface Examined {
  changes: Change[]
  /** Days of every row that was looked at, since 1970. */
  days: Set<number>
  traces: number
}

/** Traces that share calls are followed until so many rows are in hand; beyond, only the shared calls are decided. */
const MAX_FOLLOWED_ROWS = 50_000
const MAX_ROUNDS = 8

interface Circle {
  rows: StoredRow[]
  traces: Set<number>
  /** Responses of which every row is in hand. */
  complete: Set<number>
  /** Responses that so many rows have that they name no call. */
  constant: Set<number>
}

export async function examine(
  store: Store,
  watch: Watch,
  start: { traces: readonly TraceRef[]; responses: readonly ResponseRef[] },
): Promise<Examined> {
  const circle: Circle = { rows: [], traces: new Set(), complete: new Set(), constant: new Set() }
  let traces = start.traces
  let responses = start.responses
  for (let round = 1; round <= MAX_ROUNDS && traces.length + responses.length > 0; round++) {
    for (const { key } of traces) circle.traces.add(key)
    const rows = await readRows(store, traces)
    for (const row of rows) circle.rows.push(row)
    const isFull = circle.rows.length > MAX_FOLLOWED_ROWS && round > 1
    const asked = isFull ? [] : unasked([...responses, ...rows.flatMap((row) => refOf(row, watch, circle))], circle)
    traces = await tracesOf(store, { asked, watch, circle })
    responses = []
  }
  return toExamined(circle)
}

/** A response that others may have too. */
function refOf({ response, startUs }: StoredRow, watch: Watch, { complete, constant }: Circle): ResponseRef[] {
  if (response === 0) return []
  const known = watch.response(response)
  if (known?.rows === 1) complete.add(response)
  if (known !== undefined && known.rows > MAX_SAME_RESPONSE) constant.add(response)
  if (complete.has(response) || constant.has(response)) return []
  return [{ response, sinceMs: known?.sinceMs, startMs: Math.floor(startUs / 1000) }]
}

const unasked = (refs: readonly ResponseRef[], { complete, constant }: Circle): ResponseRef[] =>
  unique(refs, ({ response }) => response).filter(({ response }) => !complete.has(response) && !constant.has(response))

const unique = <T>(items: readonly T[], keyOf: (item: T) => number): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

interface Asking {
  asked: readonly ResponseRef[]
  watch: Watch
  circle: Circle
}

/** Traces with rows of these responses that are not in hand yet. */
async function tracesOf(store: Store, { asked, watch, circle }: Asking): Promise<TraceRef[]> {
  const same = await readSameResponses(store, asked)
  const tooMany = same.filter(({ rows }) => rows > MAX_SAME_RESPONSE)
  for (const { response } of tooMany) circle.constant.add(response)
  for (const { response } of asked) if (!circle.constant.has(response)) circle.complete.add(response)
  // Before there were too many, all but one of them had been taken back.
  const losers = await readLosers(
    store,
    tooMany.map(({ response }) => response),
  )
  const found = [...same.filter(({ rows }) => rows > 1 && rows <= MAX_SAME_RESPONSE), ...losers]
  const refs = found.flatMap((it) => refsOf(it, watch)).filter(({ key }) => !circle.traces.has(key))
  return unique(refs, ({ key }) => key)
}

const refsOf = ({ project, traces, startMs }: Omit<SameResponse, 'rows' | 'response'>, watch: Watch): TraceRef[] =>
  traces.map(({ trace, key }) => ({ project, trace, key, startMs, sinceMs: watch.sinceMs(key) }))

function toExamined({ rows, traces, complete, constant }: Circle): Examined {
  const decided = rows.map((row) => (constant.has(row.response) ? { ...row, response: 0 } : row))
  const decisions = decide(decided)
  const open = new Set(rows.filter(({ response }) => !isKnown(response)).map(({ key }) => key))
  function isKnown(response: number): boolean {
    return response === 0 || complete.has(response) || constant.has(response)
  }
  const changes = rows.flatMap((row, i): Change[] => {
    const decision = decisions.get(decided[i] ?? row)
    const mayChange = !open.has(row.key) || (row.response !== 0 && isKnown(row.response))
    if (decision === undefined || !mayChange || decision.counts === row.effective) return []
    return [{ row, sign: decision.counts - row.effective, reason: decision.reason }]
  })
  return { changes, days: new Set(rows.map(({ day }) => day)), traces: traces.size }
}
