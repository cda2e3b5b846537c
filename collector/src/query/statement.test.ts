import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SPAN_COLUMNS, TRACE_COLUMNS } from './columns.ts'
import { attributeConditions, conditionsOf, filtersOf } from './filters.ts'
import type { Condition, SelectQuery } from './select-query.ts'
import { buildSelect } from './statement.ts'

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    "' OR 1=1 --",
    "'); DROP TABLE spans",
    '{p0:String}',
    '\\',
    "\\'",
    '*/ UNION ALL SELECT',
    '\u0000',
    '`',
    'v.project_id',
  ),
)
const query = (where: readonly Condition[]): SelectQuery => ({
  source: { view: 'spans_v1' },
  items: [{ name: 'span_id' }],
  where,
  limit: 1,
})

it('never lets a filter value into the SQL text', () => {
  const texts = [...filtersOf(SPAN_COLUMNS)]
    .filter(([, { type }]) => type === 'text' || type === 'texts')
    .map(([name]) => name)
  fc.assert(
    fc.property(fc.constantFrom(...texts), HOSTILE, fc.string(), (name, value, project) => {
      const conditions = (text: string) => conditionsOf(SPAN_COLUMNS, { [name]: [text] })
      const built = buildSelect(project, query(conditions(value)))
      expect(built.sql).toBe(buildSelect('plain', query(conditions('plain'))).sql)
      expect(built.params['p0']).toBe(project)
    }),
  )
})

it('binds the name of an attribute like its value', () => {
  fc.assert(
    fc.property(HOSTILE, HOSTILE, (key, value) => {
      const where = attributeConditions(new URLSearchParams([[`attribute.${key}`, value]]))
      const { sql, params } = buildSelect('alpha', query(where))
      expect(sql).toContain('WHERE v.project_id = {p0:String} AND v.attributes[{p1:String}] = {p2:String}\n')
      // URLSearchParams replaces lone surrogates, as a URL must
      expect(params).toMatchObject({ p1: key.toWellFormed(), p2: value.toWellFormed() })
    }),
  )
})

it('holds every nested statement to the project too', () => {
  const nested = query([{ kind: 'one_of', columns: ['trace_id'], query: query([]) }])
  const { sql, params } = buildSelect('alpha', nested)
  expect(sql.match(/WHERE v\.project_id = \{p\d+:String\}/g)).toHaveLength(sql.match(/SELECT/g)?.length ?? 0)
  expect(Object.values(params).filter((value) => value === 'alpha')).toHaveLength(2)
})

it('has no parameter for the project, and one pair of bounds for each number', () => {
  const names = [...filtersOf(TRACE_COLUMNS).keys()]
  expect(names).not.toContain('project_id')
  expect(names).toEqual(
    expect.arrayContaining([
      'cost_usd',
      'min_cost_usd',
      'max_latency_ms',
      'min_total_tokens',
      'tag',
      'tags',
      'models',
      'user_id',
    ]),
  )
  expect(names).not.toContain('input_preview')
})

it('compares a key as a whole, and its first column for the index', () => {
  const columns = [
    { name: 'start_time', type: 'time' as const },
    { name: 'span_id', type: 'text' as const },
  ]
  const { sql } = buildSelect(
    'alpha',
    query([{ kind: 'beyond', columns, values: ['2026-01-01 00:00:00.000000000', 'ff'], descending: true }]),
  )
  expect(sql).toContain(
    'v.start_time <= {p1:DateTime64(9)} AND (v.start_time, v.span_id) < ({p1:DateTime64(9)}, {p2:String})',
  )
})
