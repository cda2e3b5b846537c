// Rows of whole traces in; which of them count, and why, out. Pure: the same rows in any order give the same answer.
import { Groups, groupBy } from './groups.ts'
import { leavesThoughtsOut, sameSessions } from './same-session.ts'
import { decideTree, type TreeDecision } from './tree.ts'
import { byIdentity, roleOf, type UsageRow } from './usage-row.ts'

/** Two observations of one call start within this time of each other. */
export const SAME_RESPONSE_WITHIN_US = 6 * 3_600_000_000

export type Reason = 'alone' | 'descendant' | 'same_call' | 'restored'

export interface Decision {
  counts: 0 | 1
  /** Why that is not what arrived; 'restored' = it is. */
  reason: Reason
}

/**
 * Decides every row. For each response id of a row, every row that has it must be among `rows`, with its whole trace.
 * Calls seen twice are found after each trace is decided by itself: a step whose call counts in another trace covers what is above it all the same.
 */
export function decide(rows: readonly UsageRow[]): Map<UsageRow, Decision> {
  const traces = groupBy(rows, traceKey)
  const alone = new Map([...traces].map(([key, trace]) => [key, decideTree(trace)]))
  const known = knownElsewhere(alone)
  const again = new Set([...known].map(traceKey))
  const trees = [...alone].map(([key, tree]) => (again.has(key) ? decideTree(traces.get(key) ?? [], known) : tree))
  const losers = new Set(sameCalls(trees).flatMap(([, ...others]) => others))
  const survivors = new Set(trees.flatMap((tree) => [...tree.survivors]))
  return new Map(rows.map((row) => [row, toDecision(row, survivors.has(row), losers.has(row))]))
}

/** Rows that do not know the usage of their call, where a row that is not above them does: what they are a part of is covered all the same. */
function knownElsewhere(trees: ReadonlyMap<string, TreeDecision>): Set<UsageRow> {
  const known = new Set<UsageRow>()
  for (const [best, ...others] of sameCalls([...trees.values()])) {
    if (!best?.hasUsage || roleOf(best) === 'summary') continue
    for (const row of others) {
      const isInside = row.trace === best.trace && trees.get(traceKey(row))?.isAbove(best, row)
      if (!row.hasUsage && !isInside) known.add(row)
    }
  }
  return known
}

const traceKey = ({ project, trace }: UsageRow): string => `${trace}${project}`

function toDecision(row: UsageRow, survives: boolean, loses: boolean): Decision {
  if (roleOf(row) === '' || roleOf(row) === 'repeat')
    return { counts: row.role === '' ? row.base : 0, reason: 'restored' }
  const counts = survives && !loses ? 1 : 0
  if (counts === row.base) return { counts, reason: 'restored' }
  return { counts, reason: counts === 1 ? 'alone' : survives ? 'same_call' : 'descendant' }
}

/** Groups of two or more rows that tell of one call, the one that speaks for it first. */
function sameCalls(trees: readonly TreeDecision[]): UsageRow[][] {
  const groups = new Groups<UsageRow>()
  for (const tree of trees) {
    for (const row of tree.survivors) groups.add(row)
    for (const group of tree.sameCall) groups.join(group)
  }
  for (const group of sameResponses(trees)) groups.join(group)
  for (const group of sameSessions(groups.all(), sessionsOf(trees))) groups.join(group)
  return groups
    .all()
    .filter(({ length }) => length > 1)
    .map(inOrder)
}

/** The sessions that any row of a trace names hold for each of its calls. */
function sessionsOf(trees: readonly TreeDecision[]): Map<UsageRow, ReadonlySet<number>> {
  const sessions = new Map<UsageRow, ReadonlySet<number>>()
  for (const tree of trees) for (const row of tree.survivors) sessions.set(row, tree.sessions)
  return sessions
}

function sameResponses(trees: readonly TreeDecision[]): UsageRow[][] {
  const named: [row: UsageRow, response: number][] = []
  for (const { survivors, wrapped } of trees) {
    for (const row of survivors) named.push([row, row.response])
    for (const [wrapper, row] of wrapped) named.push([row, wrapper.response])
  }
  const byResponse = groupBy(
    named.filter(([, response]) => response !== 0),
    ([{ project }, response]) => `${response} ${project}`,
  )
  return [...byResponse.values()]
    .filter(({ length }) => length > 1)
    .flatMap((rows) => splitByTime(rows.map(([row]) => row)))
}

function splitByTime(rows: readonly UsageRow[]): UsageRow[][] {
  const groups: UsageRow[][] = []
  let last: UsageRow | undefined
  for (const row of [...rows].sort((a, b) => a.startUs - b.startUs)) {
    if (last === undefined || row.startUs - last.startUs > SAME_RESPONSE_WITHIN_US) groups.push([])
    groups.at(-1)?.push(row)
    last = row
  }
  return groups
}

const RANK = { call: 0, summary: 1, log: 2, repeat: 3, '': 3 } as const

function inOrder(group: UsageRow[]): UsageRow[] {
  const isPart = (row: UsageRow): boolean => group.some((log) => leavesThoughtsOut(row, log))
  const parts = new Set(group.filter(isPart))
  const ordered = group.sort((a, b) => Number(parts.has(a)) - Number(parts.has(b)) || byPreference(a, b))
  return pricedFirst(ordered, parts)
}

/** Where the best row has no cost, as a span that names no model has none, a row that knows as much of the usage and has one goes before it. */
function pricedFirst(ordered: UsageRow[], parts: ReadonlySet<UsageRow>): UsageRow[] {
  const [best] = ordered
  if (!best?.hasUsage || best.hasCost) return ordered
  const isBetter = (row: UsageRow): boolean => row.hasUsage && row.hasCost && row.knownFields >= best.knownFields
  const priced = ordered.find((row) => isBetter(row) && !parts.has(row))
  return priced ? [priced, ...ordered.filter((row) => row !== priced)] : ordered
}

/** Who speaks for a call: one that knows its usage, a span before a log, then whoever knows more, then whoever began first. */
const byPreference = (a: UsageRow, b: UsageRow): number =>
  Number(b.hasUsage) - Number(a.hasUsage) ||
  RANK[roleOf(a)] - RANK[roleOf(b)] ||
  b.knownFields - a.knownFields ||
  Number(b.hasCost) - Number(a.hasCost) ||
  a.startUs - b.startUs ||
  byIdentity(a, b)
