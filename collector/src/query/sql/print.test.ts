import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSql } from './compile.ts'
import { parseQuery } from './parse-query.ts'
import { PLAIN_NAMES, printQuery } from './print.ts'
import { randomQuery } from './random-query.fixture.ts'

describe('a printed query', () => {
  it('parses to the tree it was printed from', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const query = randomQuery(seed)
        expect(parseQuery(printQuery(query, PLAIN_NAMES)).query).toEqual(query)
      }),
      { numRuns: 2000, endOnFailure: true },
    )
  })

  it('keeps names of WITH, which only the parser settles', () => {
    const text = 'WITH a AS (SELECT 1 AS n), b AS (SELECT n FROM a) SELECT x.n FROM b AS x INNER JOIN a ON x.n = a.n'
    const { query } = parseQuery(text)
    expect(parseQuery(printQuery(query, PLAIN_NAMES)).query).toEqual(query)
  })
})

describe('a compiled query', () => {
  const compile = (text: string): string => compileSql(text, 'alpha', new Map()).sql

  it('reads each view through a query of the project, under the name that was written', () => {
    expect(compile('SELECT spans_v1.name FROM insights.spans_v1')).toBe(
      'SELECT `spans_v1`.`name` FROM (SELECT * FROM spans_v1 WHERE project_id = {insights_project:String}) AS `spans_v1`',
    )
  })

  it('binds the project, and names of parameters that cannot be mistaken for it', () => {
    const values = new Map([['insights_project', 'beta']])
    expect(compileSql('SELECT {insights_project:String}', 'alpha', values)).toEqual({
      sql: 'SELECT {p_insights_project:String}',
      params: { insights_project: 'alpha', p_insights_project: 'beta' },
    })
  })

  it('holds nothing of the text but literals and quoted names', () => {
    const text = 'select /* a */ Count(*) n, sum(cost_usd)::Float64 x -- b\n from Spans_v1'.replace('Spans', 'spans')
    expect(compile(text)).toBe(
      "SELECT count() AS `n`, CAST(sum(`cost_usd`), 'Float64') AS `x` FROM (SELECT * FROM spans_v1 WHERE project_id = {insights_project:String}) AS `spans_v1`",
    )
  })
})
