// A user's SQL and parameters in; the statement that may run for one project out.
import { parseQuery } from './parse-query.ts'
import { type Names, printQuery } from './print.ts'
import { quoteName } from './print-expression.ts'
import { SqlError } from './sql-error.ts'

export interface Statement {
  sql: string
  params: Record<string, unknown>
}

/** Ours, where no name of a user's can be: those have `p_` before them. */
const PROJECT = 'insights_project'

/**
 * Each view becomes a query of one project's rows. A name of WITH gets `cte_` before it: should ClickHouse ever look for it elsewhere
 * than we do, it finds no table.
 */
const PROJECT_NAMES: Names = {
  view: (view, days) => {
    const source = days === undefined ? view : `${view}(first_day = ${days.first}, last_day = ${days.last})`
    return `(SELECT * FROM ${source} WHERE project_id = {${PROJECT}:String})`
  },
  cte: (name) => quoteName(`cte_${name}`),
  param: (name) => `p_${name}`,
}

/** @throws SqlError */
export function compileSql(text: string, project: string, values: ReadonlyMap<string, unknown>): Statement {
  const { query, params } = parseQuery(text)
  for (const name of params.keys())
    if (!values.has(name))
      throw new SqlError(`the parameter ${name} has no value`, text.indexOf(`{${name}`), 'give it in params')
  const bound: Record<string, unknown> = { [PROJECT]: project }
  for (const [name, value] of values) {
    if (!params.has(name)) throw new SqlError(`the parameter ${name} is not in the query`, 0)
    bound[`p_${name}`] = value
  }
  return { sql: printQuery(query, PROJECT_NAMES), params: bound }
}
