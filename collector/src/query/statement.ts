// A typed query in; SQL text and its parameters out. The only place where a WHERE is put together: every value is a server-side
// parameter, every name comes from this folder's tables, and every statement, nested ones too, is held to one project.
import { type ColumnType, parameterType } from './column.ts'

/** A view; one named `…_of_days_v1` also needs the days (YYYY-MM-DD) whose partitions it reads. */
export interface Source {
  view: string
  days?: { first: string; last: string }
}

export type Condition =
  | { kind: 'any_of'; column: string; type: ColumnType; values: readonly string[] }
  | { kind: 'holds_any'; column: string; values: readonly string[] }
  | { kind: 'compare'; column: string; type: ColumnType; operator: '<' | '<=' | '>='; value: string }
  | { kind: 'attribute'; column: string; key: string; values: readonly string[] }
  /** Beyond the cursor in the order of the list. */
  | { kind: 'beyond'; columns: readonly KeyColumn[]; values: readonly string[]; descending: boolean }
  /** One of the rows of another query, which selects just these columns. */
  | { kind: 'one_of'; columns: readonly string[]; query: SelectQuery }
  /** A list without members. */
  | { kind: 'empty'; column: string }
  | { kind: 'all' | 'either'; conditions: readonly Condition[] }

export interface KeyColumn {
  name: string
  type: ColumnType
}

/** An output column. `sql` is text of ours over the source `v`; absent = the source's column of that name. */
export interface Item {
  name: string
  sql?: string
}

export interface SelectQuery {
  source: Source
  items: readonly Item[]
  where: readonly Condition[]
  /** Seconds: adds `time`, the start of the bucket of the source's `time`. */
  intervalSeconds?: number
  groupBy?: readonly string[]
  /** Text of ours, on groups after window functions. */
  qualify?: string | undefined
  orderBy?: readonly { name: string; descending: boolean }[]
  /** Absent in a nested query alone: what is read is bounded. */
  limit?: number
}

export interface Statement {
  sql: string
  params: Record<string, unknown>
}

export function buildSelect(project: string, query: SelectQuery): Statement {
  const params: Record<string, unknown> = {}
  const bind: Bind = (type, value) => {
    const name = `p${Object.keys(params).length}`
    params[name] = value
    return `{${name}:${type}}`
  }
  return { sql: selectText(project, query, bind), params }
}

type Bind = (type: string, value: unknown) => string

function selectText(project: string, query: SelectQuery, bind: Bind): string {
  const { source, items, where, intervalSeconds, groupBy = [], qualify, orderBy = [], limit } = query
  const bucket =
    intervalSeconds === undefined
      ? []
      : [`toStartOfInterval(v.time, toIntervalSecond(${bind('UInt32', intervalSeconds)})) AS time`]
  const selected = [...bucket, ...items.map(({ name, sql }) => `${sql ?? `v.${name}`} AS ${name}`)]
  const groups = intervalSeconds === undefined ? groupBy : ['time', ...groupBy]
  const conditions = [`v.project_id = ${bind('String', project)}`, ...where.map((c) => conditionText(c, project, bind))]
  return [
    `SELECT ${selected.join(', ')}`,
    `FROM ${sourceText(source, bind)} AS v`,
    `WHERE ${conditions.join(' AND ')}`,
    groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : '',
    qualify === undefined ? '' : `QUALIFY ${qualify}`,
    orderBy.length > 0 ? `ORDER BY ${orderBy.map((o) => `${o.name}${o.descending ? ' DESC' : ''}`).join(', ')}` : '',
    limit === undefined ? '' : `LIMIT ${bind('UInt32', limit)}`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function sourceText({ view, days }: Source, bind: Bind): string {
  if (days === undefined) return view
  return `${view}(first_day = ${bind('Date', days.first)}, last_day = ${bind('Date', days.last)})`
}

function conditionText(condition: Condition, project: string, bind: Bind): string {
  switch (condition.kind) {
    case 'any_of':
      return anyOf(`v.${condition.column}`, parameterType(condition.type), condition.values, bind)
    case 'holds_any':
      return `hasAny(v.${condition.column}, ${bind('Array(String)', condition.values)})`
    case 'compare':
      return `v.${condition.column} ${condition.operator} ${bind(parameterType(condition.type), condition.value)}`
    case 'attribute':
      return anyOf(`v.${condition.column}[${bind('String', condition.key)}]`, 'String', condition.values, bind)
    case 'beyond':
      return beyondText(condition, bind)
    case 'one_of':
      return `(${condition.columns.map((name) => `v.${name}`).join(', ')}) IN (\n${selectText(project, condition.query, bind)}\n)`
    case 'empty':
      return `empty(v.${condition.column})`
    case 'all':
    case 'either':
      return `(${condition.conditions.map((c) => conditionText(c, project, bind)).join(condition.kind === 'all' ? ' AND ' : ' OR ')})`
    default:
      return condition satisfies never
  }
}

// One value as `=`: the form that every index and every push into a view understands.
function anyOf(left: string, type: string, values: readonly string[], bind: Bind): string {
  const [only] = values
  if (only !== undefined && values.length === 1) return `${left} = ${bind(type, only)}`
  return `${left} IN (${values.map((value) => bind(type, value)).join(', ')})`
}

// The bound on the first column alone says nothing new, but lets the primary key skip.
function beyondText({ columns, values, descending }: Extract<Condition, { kind: 'beyond' }>, bind: Bind): string {
  const bound = columns.map(({ type }, i) => bind(parameterType(type), values[i]))
  const operator = descending ? '<' : '>'
  const key = columns.map(({ name }) => `v.${name}`)
  return `${key[0]} ${operator}= ${bound[0]} AND (${key.join(', ')}) ${operator} (${bound.join(', ')})`
}
