// What a real ClickHouse can be made to say no with: how it comes about, which error it gives, and how it is mended.
import type { SettingsProxy } from './settings-proxy.ts'

export interface Server {
  /** A statement in the database. */
  sql(statement: string): Promise<unknown>
  readonly proxy: SettingsProxy
}

export interface Condition {
  readonly name: string
  /** Names of errors, of which one has to be met. */
  readonly errors: readonly string[]
  make(server: Server): Promise<unknown>
  mend(server: Server): Promise<unknown>
}

const inOrder = async ({ sql }: Server, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql(statement)
}

const bySettings = (name: string, error: string, settings: Record<string, string>): Condition => ({
  name,
  errors: [error],
  async make({ proxy }) {
    proxy.settings = settings
  },
  async mend({ proxy }) {
    proxy.settings = {}
  },
})

interface Statements {
  readonly errors: readonly string[]
  readonly make: readonly string[]
  readonly mend: readonly string[]
}

const byStatements = (name: string, { errors, make, mend }: Statements): Condition => ({
  name,
  errors,
  make: (server) => inOrder(server, make),
  mend: (server) => inOrder(server, mend),
})

const away = (table: string, column: string): string => `ALTER TABLE ${table} RENAME COLUMN ${column} TO ${column}_away`
const back = (table: string, column: string): string => `ALTER TABLE ${table} RENAME COLUMN ${column}_away TO ${column}`

const tooManyQueries: Condition = {
  ...bySettings('too many queries at once', 'TOO_MANY_SIMULTANEOUS_QUERIES', {
    max_concurrent_queries_for_all_users: '1',
  }),
  async make({ proxy, sql }) {
    proxy.settings = { max_concurrent_queries_for_all_users: '1' }
    // The query beside which there may be no other.
    sql('SELECT sleepEachRow(1) FROM numbers(3) SETTINGS max_block_size = 1').catch(() => undefined)
  },
}

/** Rows that the table does not take: one in two hundred, since each is found by halving. */
export const POISON = 'ifNull(input_tokens, 0) % 211 = 3'
export const isPoison = (n: number): boolean => (n % 4001) % 211 === 3

export const CONDITIONS: readonly Condition[] = [
  bySettings('read-only user', 'READONLY', { readonly: '1' }),
  bySettings('memory limit', 'MEMORY_LIMIT_EXCEEDED', { max_memory_usage: '1000' }),
  byStatements('too many parts', {
    errors: ['TOO_MANY_PARTS'],
    make: [
      'ALTER TABLE spans MODIFY SETTING parts_to_throw_insert = 1, parts_to_delay_insert = 1, max_parts_in_total = 1',
    ],
    mend: ['ALTER TABLE spans RESET SETTING parts_to_throw_insert, parts_to_delay_insert, max_parts_in_total'],
  }),
  tooManyQueries,
  byStatements('disk full', {
    errors: ['NOT_ENOUGH_SPACE'],
    make: ['ALTER TABLE spans MODIFY SETTING min_free_disk_bytes_to_perform_insert = 1000000000000000'],
    mend: ['ALTER TABLE spans RESET SETTING min_free_disk_bytes_to_perform_insert'],
  }),
  byStatements('column gone', {
    errors: ['NO_SUCH_COLUMN_IN_TABLE'],
    make: [away('spans', 'price_id')],
    mend: [back('spans', 'price_id')],
  }),
  byStatements('column of another type', {
    errors: ['CANNOT_READ_ARRAY_FROM_TEXT', 'TYPE_MISMATCH', 'CANNOT_CONVERT_TYPE'],
    make: [away('spans', 'price_id'), 'ALTER TABLE spans ADD COLUMN price_id Array(UInt8)'],
    mend: ['ALTER TABLE spans DROP COLUMN price_id', back('spans', 'price_id')],
  }),
  // The base has the rows by then: only the repeat under the same token fills the rollup.
  byStatements('rollup gone', {
    errors: ['UNKNOWN_TABLE'],
    make: ['RENAME TABLE traces TO traces_away'],
    mend: ['RENAME TABLE traces_away TO traces'],
  }),
  byStatements('rollup that reads a column that is gone', {
    errors: ['UNKNOWN_IDENTIFIER', 'NO_SUCH_COLUMN_IN_TABLE', 'NOT_FOUND_COLUMN_IN_BLOCK'],
    make: [away('spans', 'session_id')],
    mend: [back('spans', 'session_id')],
  }),
  bySettings('no time', 'TIMEOUT_EXCEEDED', { max_execution_time: '0.0001', timeout_overflow_mode: 'throw' }),
]
