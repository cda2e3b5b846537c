// A Query -> SQL text that is ours from the first letter to the last. Names are quoted, texts escaped, operators written as functions.
import type { Cte, Member, Query, Select, Source, Table } from './ast.ts'
import {
  printBound,
  printExpression,
  printItem,
  printOrder,
  printWindow,
  quoteName,
  quoteText,
} from './print-expression.ts'

/** How tables are written. */
export interface Names {
  view(view: string, days: { first: string; last: string } | undefined): string
  cte(name: string): string
  param(name: string): string
}

/** As a user would write it: what this prints parses to the same tree. */
export const PLAIN_NAMES: Names = {
  view: (view, days) => (days === undefined ? view : `${view}(first_day = ${days.first}, last_day = ${days.last})`),
  cte: quoteName,
  param: (name) => name,
}

export function printQuery(query: Query, names: Names): string {
  const ctes = query.ctes.length === 0 ? '' : `WITH ${query.ctes.map((cte) => printCte(cte, names)).join(', ')} `
  const members = query.members.map((member, i) => {
    const joined = i === 0 ? '' : ` UNION ${query.unions[i - 1] ?? 'ALL'} `
    return `${joined}${printMember(member, names)}`
  })
  return `${ctes}${members.join('')}`
}

const inner = (names: Names) => ({ query: (query: Query) => printQuery(query, names), param: names.param })

function printCte(cte: Cte, names: Names): string {
  if (cte.kind === 'query') return `${names.cte(cte.name)} AS (${printQuery(cte.query, names)})`
  return `${printExpression(cte.value, inner(names))} AS ${quoteName(cte.name)}`
}

const printMember = (member: Member, names: Names): string =>
  member.kind === 'nested' ? `(${printQuery(member.query, names)})` : printSelect(member.select, names)

function printSelect(select: Select, names: Names): string {
  const to = inner(names)
  const {
    distinct,
    items,
    from,
    arrayJoin,
    where,
    groupBy,
    having,
    windows,
    qualify,
    orderBy,
    limitBy,
    limit,
    offset,
  } = select
  const list = <T>(all: readonly T[], print: (one: T) => string): string => all.map(print).join(', ')
  const parts: (string | false | undefined)[] = [
    `SELECT ${distinct ? 'DISTINCT ' : ''}${list(items, (item) => printItem(item, to))}`,
    from && `FROM ${printSource(from, names)}`,
    arrayJoin && `${arrayJoin.left ? 'LEFT ' : ''}ARRAY JOIN ${list(arrayJoin.items, (item) => printItem(item, to))}`,
    where && `WHERE ${printExpression(where, to)}`,
    groupBy && `GROUP BY ${groupBy === 'ALL' ? 'ALL' : list(groupBy, (one) => printExpression(one, to))}`,
    having && `HAVING ${printExpression(having, to)}`,
    windows && `WINDOW ${list(windows, ({ name, window }) => `${quoteName(name)} AS (${printWindow(window, to)})`)}`,
    qualify && `QUALIFY ${printExpression(qualify, to)}`,
    orderBy && `ORDER BY ${orderBy === 'ALL' ? 'ALL' : list(orderBy, (one) => printOrder(one, to))}`,
    limitBy && `LIMIT ${printBound(limitBy.count, to)} BY ${list(limitBy.by, (one) => printExpression(one, to))}`,
    limit && `LIMIT ${printBound(limit, to)}`,
    offset && `OFFSET ${printBound(offset, to)}`,
  ]
  return parts.filter((part) => part !== undefined && part !== false).join(' ')
}

function printSource({ first, joins }: Source, names: Names): string {
  const rest = joins.map(({ type, table, on, using }) => {
    const condition = on
      ? ` ON ${printExpression(on, inner(names))}`
      : using
        ? ` USING (${using.map(quoteName).join(', ')})`
        : ''
    return ` ${type} JOIN ${printTable(table, names)}${condition}`
  })
  return `${printTable(first, names)}${rest.join('')}`
}

function printTable(table: Table, names: Names): string {
  const alias = table.alias === undefined ? '' : ` AS ${quoteName(table.alias)}`
  if (table.kind === 'query') return `(${printQuery(table.query, names)})${alias}`
  if (table.kind === 'cte') return names.cte(table.name) + (alias || ownName(table.name, names.cte(table.name)))
  const day = (one: NonNullable<typeof table.days>['first']): string =>
    one.kind === 'string' ? quoteText(one.value) : printBound(one, inner(names))
  const days = table.days && { first: day(table.days.first), last: day(table.days.last) }
  const text = names.view(table.view, days)
  return text + (alias || ownName(table.view, text))
}

// Written otherwise, a table still goes by the name that the query calls it.
const ownName = (name: string, text: string): string =>
  text === name || text === quoteName(name) || text.startsWith(`${name}(`) ? '' : ` AS ${quoteName(name)}`
