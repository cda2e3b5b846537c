// The spans of a trace in; its steps, spans of one kind and name taken together, and who called whom how often, out.
import { fromPicodollars, toPicodollars } from '../../../src/query/money.ts'
import { type SpanTable, wordAt } from '../trace/span-table.ts'

export interface Step {
  id: number
  kind: string
  name: string
  spans: number
  errors: number
  /** Of the spans themselves, not of what they called; undefined = none is known. */
  costUsd: string | undefined
  tokens: number | undefined
  totalMs: number
  longestMs: number
  /** Row of the first of them. */
  firstRow: number
  /** How often it called itself. */
  selfCalls: number
}

export interface Call {
  from: number
  to: number
  count: number
}

export interface Steps {
  steps: readonly Step[]
  calls: readonly Call[]
  /** Steps that are left out: the least frequent ones. */
  hidden: number
}

/** More do not fit a picture. */
export const MAX_STEPS = 60

interface Draft extends Omit<Step, 'costUsd'> {
  picodollars: bigint | undefined
}

/** Plain spans and chains say little of an agent: they are left out where asked, and their children hang on who is above. */
export function stepsOf(table: SpanTable, options: { isPlainShown: boolean }): Steps {
  const drafts = new Map<string, Draft>()
  const stepOfRow = new Int32Array(table.count).fill(-1)
  const counts = new Map<number, number>()
  const list: Draft[] = []
  for (let row = 0; row < table.count; row++) {
    const kind = wordAt(table, 'kind', row) || 'span'
    const above = table.parents[row] ?? -1
    const caller = above < 0 ? -1 : (stepOfRow[above] ?? -1)
    const isLeftOut = !options.isPlainShown && (kind === 'span' || kind === 'chain') && table.failed[row] !== 1
    if (isLeftOut && above >= 0) {
      stepOfRow[row] = caller
      continue
    }
    const name = wordAt(table, 'name', row) || '(no name)'
    const key = `${kind} ${name}`
    let draft = drafts.get(key)
    if (draft === undefined) {
      draft = emptyStep(list.length, { kind, name, row })
      drafts.set(key, draft)
      list.push(draft)
    }
    add(draft, table, row)
    stepOfRow[row] = draft.id
    if (caller === draft.id) draft.selfCalls++
    else if (caller >= 0) {
      const call = caller * PAIR + draft.id
      counts.set(call, (counts.get(call) ?? 0) + 1)
    }
  }
  return pictureOf(list, counts)
}

/** Two steps in one number. */
const PAIR = 2 ** 20

const emptyStep = (id: number, { kind, name, row }: { kind: string; name: string; row: number }): Draft => ({
  id,
  kind,
  name,
  spans: 0,
  errors: 0,
  picodollars: undefined,
  tokens: undefined,
  totalMs: 0,
  longestMs: 0,
  firstRow: row,
  selfCalls: 0,
})

function add(step: Draft, table: SpanTable, row: number): void {
  const lengthMs = table.lengths[row] || 0
  const tokens = table.tokens[row]
  const cost = table.costs[row]
  const picodollars = cost == null ? undefined : toPicodollars(cost)
  step.spans++
  step.errors += table.failed[row] ?? 0
  step.totalMs += lengthMs
  step.longestMs = Math.max(step.longestMs, lengthMs)
  if (tokens !== undefined && !Number.isNaN(tokens)) step.tokens = (step.tokens ?? 0) + tokens
  if (picodollars !== undefined) step.picodollars = (step.picodollars ?? 0n) + picodollars
}

function pictureOf(list: readonly Draft[], counts: ReadonlyMap<number, number>): Steps {
  // who is called most stays, and the first of all: the picture hangs on it
  const kept = [...list].sort((a, b) => (a.id === 0 ? -1 : b.id === 0 ? 1 : b.spans - a.spans)).slice(0, MAX_STEPS)
  const ids = new Map(kept.sort((a, b) => a.id - b.id).map(({ id }, index) => [id, index]))
  const steps = kept.map(
    ({ picodollars, ...step }, index): Step => ({
      ...step,
      id: index,
      costUsd: picodollars === undefined ? undefined : fromPicodollars(picodollars),
    }),
  )
  const calls = [...counts].flatMap(([pair, count]): Call[] => {
    const [from, to] = [ids.get(Math.floor(pair / PAIR)), ids.get(pair % PAIR)]
    return from === undefined || to === undefined ? [] : [{ from, to, count }]
  })
  return { steps, calls, hidden: list.length - kept.length }
}
