// Query parameters in; typed conditions out. Which parameter a column has follows from its type alone.
import { z } from '@hono/zod-openapi'
import type { Columns, ColumnType } from './column.ts'
import { nearest } from './nearest.ts'
import { invalid } from './problem.ts'
import type { Condition } from './select-query.ts'

interface Filter {
  column: string
  type: ColumnType
  operator: '=' | '>=' | '<='
}

const NUMBERS: Partial<Record<ColumnType, { pattern: RegExp; reason: string }>> = {
  count: { pattern: /^\d{1,18}$/, reason: 'it is not a whole number' },
  integer: { pattern: /^-?\d{1,18}$/, reason: 'it is not a whole number' },
  float: { pattern: /^-?\d{1,15}(\.\d{1,15})?$/, reason: 'it is not a number' },
  money: { pattern: /^-?\d{1,20}(\.\d{1,12})?$/, reason: 'it is not an amount such as 0.0125' },
}

const MAX_TEXT = 1_024
const MAX_VALUES = 100
const ATTRIBUTE = 'attribute.'
/** The project comes from the key, never from a parameter. */
const NO_FILTER = new Set(['project_id'])
/** Stored in lower case, and written by some with dashes. */
const HEX_IDS = new Set(['trace_id', 'span_id', 'parent_span_id'])

/** Parameter name -> what it filters: `x` equals any of, `min_x`, `max_x` for numbers; an array column holds any of. */
export function filtersOf(columns: Columns): Map<string, Filter> {
  const filters = new Map<string, Filter>()
  for (const [column, type] of Object.entries(columns)) {
    if (NO_FILTER.has(column)) continue
    if (type === 'text' || type === 'texts' || NUMBERS[type] !== undefined)
      filters.set(column, { column, type, operator: '=' })
    if (NUMBERS[type] !== undefined) {
      filters.set(`min_${column}`, { column, type, operator: '>=' })
      filters.set(`max_${column}`, { column, type, operator: '<=' })
    }
    if (column === 'tags') filters.set('tag', { column, type, operator: '=' })
  }
  return filters
}

export type ParameterShape = Record<string, z.ZodType<string[] | undefined>>

/** The filters as zod schemas: they check the request and are its OpenAPI description. */
export function filterShape(columns: Columns): ParameterShape {
  return Object.fromEntries([...filtersOf(columns)].map(([name, filter]) => [name, filterSchema(filter)]))
}

function filterSchema({ column, type, operator }: Filter): ParameterShape[string] {
  const number = NUMBERS[type]
  const value = number === undefined ? z.string().max(MAX_TEXT) : z.string().regex(number.pattern)
  const reason = number?.reason ?? `a value has more than ${MAX_TEXT} characters, or there are more than ${MAX_VALUES}`
  if (operator !== '=') {
    const description = `${column} ${operator === '>=' ? 'at least' : 'at most'} this.`
    return value
      .transform((text) => [text])
      .optional()
      .openapi({ type: 'string', description })
  }
  const description = type === 'texts' ? `${column} holds any of these.` : `${column} equals any of these.`
  return z
    .union([value, z.array(value).max(MAX_VALUES)], { error: reason })
    .transform((given) => [given].flat())
    .optional()
    .openapi({ type: 'array', items: { type: 'string' }, description })
}

/** @param query the request's parameters, checked by `filterShape(columns)` */
export function conditionsOf(columns: Columns, query: Readonly<Record<string, unknown>>): Condition[] {
  const conditions: Condition[] = []
  for (const [name, { column, type, operator }] of filtersOf(columns)) {
    const values = textsOf(query[name])
    const [first] = values
    if (first === undefined) continue
    if (operator !== '=') conditions.push({ kind: 'compare', column, type, operator, value: first })
    else if (type === 'texts') conditions.push({ kind: 'holds_any', column, values })
    else conditions.push({ kind: 'any_of', column, type, values: HEX_IDS.has(column) ? values.map(plainHex) : values })
  }
  return conditions
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'string') : []

/** An id as the store writes it. */
export const plainHex = (id: string): string => id.toLowerCase().replaceAll('-', '')

/** `attribute.<key>=value`; the key is a value to the database too. */
export function attributeConditions(parameters: URLSearchParams): Condition[] {
  const names = new Set([...parameters.keys()].filter((name) => name.startsWith(ATTRIBUTE)))
  return [...names].map((name) => {
    const key = name.slice(ATTRIBUTE.length)
    const values = parameters.getAll(name)
    if (key === '') throw invalid(name, 'the attribute has no name', 'write attribute.<key>=<value>')
    if (key.length > MAX_TEXT || values.length > MAX_VALUES || values.some((value) => value.length > MAX_TEXT)) {
      throw invalid(
        name.slice(0, 64),
        `a key or value has more than ${MAX_TEXT} characters, or there are more than ${MAX_VALUES}`,
      )
    }
    return { kind: 'attribute', column: 'attributes', key, values }
  })
}

/** A misspelt filter that is ignored answers the wrong question, so it is refused. */
export function rejectUnknown(parameters: URLSearchParams, known: readonly string[], attributes: boolean): void {
  for (const name of parameters.keys()) {
    if (known.includes(name) || (attributes && name.startsWith(ATTRIBUTE))) continue
    const meant = nearest(name, known)
    throw invalid(
      name.slice(0, 64),
      'there is no such parameter',
      meant === undefined ? 'see /api/openapi.json' : `did you mean ${meant}?`,
    )
  }
}
