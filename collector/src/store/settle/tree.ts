// The rows of one trace in; which of them would count if each call were seen once, and which rows tell of one call, out.
import { byIdentity, roleOf, type UsageRow } from './usage-row.ts'

/** A span as its trace knows it, with the logs of its call: one row mostly, more when it was stored twice or told of twice. */
interface Node {
  rows: UsageRow[]
  role: 'call' | 'summary' | ''
  parent: Node | undefined
  children: Node[]
  /** How many children have been gone into; -1 = it was not gone into itself. */
  visited: number
  /** Rows with usage that count at it or below it: none, this one, or 'many'. */
  covering: UsageRow | 'many' | undefined
}

export interface TreeDecision {
  /** Rows that count unless another row tells of the same call. */
  survivors: Set<UsageRow>
  /** Survivors that tell of one call, two or more in each. */
  sameCall: UsageRow[][]
  /** Calls that do not count, each with the one row below it that does instead: whatever names the wrapper's call names that one's. */
  wrapped: Map<UsageRow, UsageRow>
  /** Every session that a row of the trace names. */
  sessions: ReadonlySet<number>
  /** Whether `above` is a step that `row` is a part of. */
  isAbove(above: UsageRow, row: UsageRow): boolean
}

/**
 * From the leaves up: a call does not count above a step that counts with usage, a summary counts only when it has usage and nothing below
 * it does. A log belongs to the call that it was written in, so it is no step below that one.
 * @param known rows without usage of whose call another trace knows it
 */
export function decideTree(rows: readonly UsageRow[], known: ReadonlySet<UsageRow> = NONE): TreeDecision {
  const nodes = buildNodes(rows)
  const decision = { survivors: new Set<UsageRow>(), sameCall: [], wrapped: new Map<UsageRow, UsageRow>(), known }
  // Roots first; what is left then hangs in a ring of parents, which a sender made by mistake or on purpose.
  for (const node of nodes) if (node.parent === undefined) settleFrom(node, decision)
  for (const node of nodes) if (node.visited < 0) settleFrom(node, decision)
  const sessions = new Set(rows.map(({ session }) => session).filter((session) => session !== 0))
  return { ...decision, sessions, isAbove: (above, row) => isAbove(nodes, above, row) }
}

const NONE: ReadonlySet<UsageRow> = new Set()

interface Deciding extends Omit<TreeDecision, 'isAbove' | 'sessions'> {
  known: ReadonlySet<UsageRow>
}

function isAbove(nodes: readonly Node[], above: UsageRow, row: UsageRow): boolean {
  const seen = new Set<Node>()
  const from = nodes.find(({ rows }) => rows.includes(row))
  for (let node = from?.parent; node !== undefined && !seen.has(node); node = node.parent) {
    if (node.rows.includes(above)) return true
    seen.add(node)
  }
  return false
}

function buildNodes(rows: readonly UsageRow[]): Node[] {
  const sorted = [...rows].sort(byIdentity)
  const bySpan = new Map<string, Node>()
  for (const row of sorted) {
    const role = roleOf(row)
    if (role === 'log') continue
    const node = bySpan.get(row.span)
    if (node === undefined) bySpan.set(row.span, toNode(row, role))
    else node.rows.push(row)
  }
  for (const node of bySpan.values()) node.parent = bySpan.get(node.rows[0]?.parent ?? '')
  const nodes = [...bySpan.values()]
  let log: Node | undefined
  for (const row of sorted) {
    if (roleOf(row) !== 'log') continue
    const first = log?.rows[0]
    // One record that was stored twice; its rows are neighbours.
    if (first?.span === row.span && first.startUs === row.startUs) log?.rows.push(row)
    else {
      log = placeLog(row, bySpan)
      if (log !== undefined) nodes.push(log)
    }
  }
  for (const node of nodes) node.parent?.children.push(node)
  return nodes
}

const toNode = (row: UsageRow, role: UsageRow['role']): Node => ({
  rows: [row],
  role: role === 'call' || role === 'summary' ? role : '',
  parent: undefined,
  children: [],
  visited: -1,
  covering: undefined,
})

/** Puts a log to the call that it was written in, or else makes it a step of its own below the span that it was written in. */
function placeLog(row: UsageRow, bySpan: ReadonlyMap<string, Node>): Node | undefined {
  const context = bySpan.get(row.span) ?? bySpan.get(row.parent)
  const call = nearestCall(context)
  if (call !== undefined && mayBeSame(row, call)) {
    call.rows.push(row)
    return undefined
  }
  const log = toNode(row, 'log')
  // One that names another response stands beside that call.
  log.parent = call === undefined ? context : call.parent
  return log
}

function nearestCall(context: Node | undefined): Node | undefined {
  const seen = new Set<Node>()
  for (let node = context; node !== undefined && !seen.has(node); node = node.parent) {
    if (node.role === 'call') return node
    if (node.role === 'summary') return undefined
    seen.add(node)
  }
  return undefined
}

const mayBeSame = (log: UsageRow, call: Node): boolean =>
  log.response === 0 || call.rows.every(({ response }) => response === 0 || response === log.response)

/** Depth first without recursion: a trace may be a hundred thousand spans deep. */
function settleFrom(root: Node, decision: Deciding): void {
  const path: Node[] = [root]
  root.visited = 0
  for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
    const next = node.children[node.visited]
    if (next === undefined) {
      decideNode(node, decision)
      path.pop()
      continue
    }
    node.visited += 1
    if (next.visited >= 0) continue
    next.visited = 0
    path.push(next)
  }
}

function decideNode(node: Node, { survivors, sameCall, wrapped, known }: Deciding): void {
  const below = node.children.map(({ covering }) => covering).reduce(either, undefined)
  const counting = node.rows.filter((row) => {
    const role = roleOf(row)
    return role === 'log' || (below === undefined && (role === 'call' || (role === 'summary' && row.hasUsage)))
  })
  for (const row of counting) survivors.add(row)
  if (counting.length > 1) sameCall.push(counting)
  // Of rows that tell of one call any may stand for it.
  node.covering = either(
    below,
    counting.find((row) => row.hasUsage || known.has(row)),
  )
  if (below === undefined || below === 'many') return
  for (const row of node.rows) if (node.role !== '' && !survivors.has(row)) wrapped.set(row, below)
}

const either = (a: Node['covering'], b: Node['covering']): Node['covering'] =>
  a === undefined ? b : b === undefined ? a : 'many'
