// A typed query in; SQL text and its parameters out. The only place where a WHERE is put together: every value is a server-side
// parameter, every name comes from this folder's tables, and every statement, nested ones too, is held to one project.
import { type Bind, conditionText, leftText } from './condition.ts'
import type { Item, SelectQuery, Source } from './select-query.ts'

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
  const sql = selectText(project, query, bind)
  return { sql: asksOfMaps(query) ? `${sql}\nSETTINGS optimize_functions_to_subcolumns = 0` : sql, params }
}

/** Whether a value of a map is asked for: rewritten to a part of the column, which a view hides, no index would know the question any more. */
function asksOfMaps({ where }: Pick<SelectQuery, 'where'>): boolean {
  return where.some((condition): boolean => {
    switch (condition.kind) {
      case 'attribute':
      case 'attribute_compare':
        return true
      case 'like':
      case 'exists':
        return condition.left.key !== undefined
      case 'not':
        return asksOfMaps({ where: [condition.condition] })
      case 'all':
      case 'either':
        return asksOfMaps({ where: condition.conditions })
      case 'one_of':
        return asksOfMaps(condition.query)
      default:
        return false
    }
  })
}

function selectText(project: string, query: SelectQuery, bind: Bind): string {
  const {
    source,
    items,
    where,
    intervalSeconds,
    timeColumn = 'time',
    groupBy = [],
    apart = false,
    having,
    qualify,
    orderBy = [],
    limit,
  } = query
  const bucket =
    intervalSeconds === undefined
      ? []
      : [`toStartOfInterval(v.${timeColumn}, toIntervalSecond(${bind('UInt32', intervalSeconds)})) AS time`]
  const set = apart ? [`grouping(${groupBy.join(', ')}) AS set`] : []
  const selected = [...set, ...bucket, ...items.map((item) => itemText(item, bind))]
  const groups = intervalSeconds === undefined ? groupBy : ['time', ...groupBy]
  const conditions = [
    `v.project_id = ${bind('String', project)}`,
    ...where.map((c) => conditionText(c, bind, (nested) => selectText(project, nested, bind))),
  ]
  return [
    `SELECT ${selected.join(', ')}`,
    `FROM ${sourceText(project, source, bind)} AS v`,
    `WHERE ${conditions.join(' AND ')}`,
    groups.length > 0 ? `GROUP BY ${apart ? setsText(groups) : groups.join(', ')}` : '',
    having === undefined ? '' : `HAVING ${having}`,
    qualify === undefined ? '' : `QUALIFY ${qualify}`,
    orderBy.length > 0 ? `ORDER BY ${orderBy.map((o) => `${o.name}${o.descending ? ' DESC' : ''}`).join(', ')}` : '',
    limit === undefined ? '' : `LIMIT ${bind('UInt32', limit)}${apart ? ' BY set' : ''}`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

const setsText = (groups: readonly string[]): string =>
  `GROUPING SETS (${groups.map((name) => `(${name})`).join(', ')})`

/** What `set` is in rows of the group at this place, of so many that are apart: the bits of all the others. */
export const setOf = (place: number, groups: number): number => 2 ** groups - 1 - 2 ** (groups - 1 - place)

const itemText = ({ name, sql, left }: Item, bind: Bind): string =>
  `${sql ?? leftText(left ?? { column: name }, bind)} AS ${name}`

function sourceText(project: string, { view, days, cells, hours, ofProject, ids, range }: Source, bind: Bind): string {
  const bounds = Object.entries(cells ?? hours ?? {}).map(([name, time]) => `${name} = ${bind('DateTime64(3)', time)}`)
  if (cells !== undefined) return `${view}(${bounds.join(', ')})`
  if (days === undefined) return view
  const named = [`first_day = ${bind('Date', days.first)}`, `last_day = ${bind('Date', days.last)}`, ...bounds]
  if (ofProject === true || ids !== undefined) named.push(`project = ${bind('String', project)}`)
  if (ids !== undefined) named.push(`ids = ${bind('Array(String)', ids)}`)
  for (const [name, time] of Object.entries(range ?? {})) named.push(`${name} = ${bind("DateTime64(9, 'UTC')", time)}`)
  return `${view}(${named.join(', ')})`
}
