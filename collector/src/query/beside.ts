// Ids of traces whose rows are read flat in; what other tables hold of those rows out (settlements, scores, content of log records), to be put into
// them. A view that joins them all is planned anew for each question, which takes longer than to read these few rows from each.
import type { Columns, Row } from './column.ts'
import type { Condition, Item, SelectQuery } from './select-query.ts'

export type Read = (query: SelectQuery, maxRows: number) => Promise<Row[]>

/** Rows of each table; who has more of them than this reads the views that join. */
export const MAX_BESIDE = 200_000

const SCORED = ['scores', 'score_labels']
const TEXTS = ['input', 'output', 'system_instructions', 'tool_definitions']
const SPAN_KEY = ['trace_id', 'span_id']
const SETTLED_KEY = [...SPAN_KEY, 'start_time', 'batch_id']

const shows = (columns: Columns, names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(columns, name))

/** Columns of span_details_v1 as spans_v1 has them by itself, with what `besideSpans` needs to complete them. */
export function flatItems(columns: Columns): Item[] {
  const own = Object.keys(columns).filter((name) => name !== 'counts_usage' && !SCORED.includes(name))
  const settled = shows(columns, ['counts_usage']) ? [...SETTLED_KEY, 'counted_at_arrival'] : []
  const names = new Set([...own, ...SPAN_KEY, ...settled])
  return [
    ...[...names].map((name) => ({ name })),
    ...(shows(columns, ['tool_names']) ? [{ name: 'has_output', sql: 'notEmpty(v.output)' }] : []),
  ]
}

export interface Beside {
  traceIds: readonly string[]
  /** Held to, beside the traces, where a table knows the time of a span. */
  times: readonly Condition[]
  columns: Columns
  /** A few spans that are meant; absent: all of the traces. */
  spanIds?: readonly string[] | undefined
}

/** What completes rows that were read with `flatItems`. */
export async function besideSpans(read: Read, asked: Beside): Promise<(row: Row) => Row> {
  const { columns } = asked
  const [settled, scores, logs] = await Promise.all([
    shows(columns, ['counts_usage']) ? read(settledQuery(asked, MAX_BESIDE), MAX_BESIDE) : [],
    shows(columns, SCORED) ? read(marksQuery(asked, SPAN_KEY), MAX_BESIDE) : [],
    shows(columns, [...TEXTS, 'tool_names']) ? read(logsQuery(asked), MAX_BESIDE) : [],
  ])
  const signs = byKey(settled, SETTLED_KEY)
  const marks = byKey(scores, SPAN_KEY)
  const contents = byKey(logs, SPAN_KEY)
  return (row) => {
    const id = keyOf(row, SPAN_KEY)
    const arrived = Number(row['counted_at_arrival'] ?? 0)
    const sign = settled.length === 0 ? 0 : Number(signs.get(keyOf(row, SETTLED_KEY))?.['sign'] ?? 0)
    return {
      ...row,
      ...withContent(row, contents.get(id)),
      counts_usage: Math.max(0, Math.min(1, arrived + sign)),
      scores: marks.get(id)?.['scores'] ?? {},
      score_labels: marks.get(id)?.['score_labels'] ?? {},
    }
  }
}

/** Scores of traces and of all their spans, by trace. */
export async function besideTraces(read: Read, traceIds: readonly string[]): Promise<(row: Row) => Row> {
  const scores = await read(marksQuery({ traceIds }, ['trace_id']), MAX_BESIDE)
  const marks = byKey(scores, ['trace_id'])
  return (row) => {
    const found = marks.get(keyOf(row, ['trace_id']))
    return { ...row, scores: found?.['scores'] ?? {}, score_labels: found?.['score_labels'] ?? {} }
  }
}

function withContent(row: Row, found: Row | undefined): Row {
  if (found === undefined) return {}
  const texts = TEXTS.filter((name) => row[name] === '').map((name) => [name, found[name] ?? ''])
  const names = row['tool_names']
  const called = Array.isArray(names) && names.length === 0 && Number(row['has_output']) === 0
  return { ...Object.fromEntries(texts), ...(called ? { tool_names: found['called_tools'] ?? [] } : {}) }
}

const keyOf = (row: Row, names: readonly string[]): string => names.map((name) => row[name]).join('/')
const byKey = (rows: readonly Row[], names: readonly string[]): Map<string, Row> =>
  new Map(rows.map((row) => [keyOf(row, names), row]))

const itemsOf = (names: readonly string[]): Item[] => names.map((name) => ({ name }))
const anyOf = (column: string, values: readonly string[]): Condition => ({
  kind: 'any_of',
  column,
  type: 'text',
  values,
})
const sameSpans = ({ spanIds }: Pick<Beside, 'spanIds'>): Condition[] =>
  spanIds === undefined ? [] : [anyOf('span_id', spanIds)]

/** Sums of signs of the spans whose mind was changed. */
export function settledQuery({ traceIds, times, spanIds }: Omit<Beside, 'columns'>, limit: number): SelectQuery {
  return {
    source: { view: 'settlements_v1' },
    items: [...itemsOf(SETTLED_KEY), { name: 'sign', sql: 'sum(v.change)' }],
    where: [anyOf('trace_id', traceIds), ...times, ...sameSpans({ spanIds })],
    groupBy: SETTLED_KEY,
    limit,
  }
}

function marksQuery(asked: Pick<Beside, 'traceIds' | 'spanIds'>, key: readonly string[]): SelectQuery {
  return {
    source: { view: 'score_marks_v1' },
    items: [
      ...itemsOf(key),
      { name: 'scores', sql: 'avgMapIf(map(toString(v.name), assumeNotNull(v.value)), v.value IS NOT NULL)' },
      { name: 'score_labels', sql: "maxMapIf(map(toString(v.name), toString(v.label)), v.label != '')" },
    ],
    where: [{ kind: 'trace_keys', values: asked.traceIds }, ...sameSpans(asked)],
    groupBy: key,
    limit: MAX_BESIDE,
  }
}

const either = (whole: string, parts: string): string => `if(v.${whole} != '', v.${whole}, v.${parts})`

function logsQuery(asked: Beside): SelectQuery {
  return {
    source: { view: 'log_contents_v1' },
    items: [
      ...itemsOf(SPAN_KEY),
      { name: 'input', sql: either('whole_input', 'input_messages') },
      { name: 'output', sql: either('whole_output', 'output_messages') },
      { name: 'system_instructions', sql: either('whole_system', 'system_messages') },
      { name: 'tool_definitions', left: { column: 'whole_tools' } },
      { name: 'called_tools' },
    ],
    where: [{ kind: 'trace_keys', values: asked.traceIds }, ...sameSpans(asked)],
    limit: MAX_BESIDE,
  }
}
