// What an insert's failure means: the rows are at fault, the server is, or nobody can tell.
import { findClickHouseError } from './client.ts'

/**
 * rows: the server read these rows and will never take them; only then may a batch be taken apart.
 * server: it refused and said why; the same rows go in once it is better.
 * unanswered: no answer arrived, the rows may be in or not.
 */
export interface Failure {
  blame: 'rows' | 'server' | 'unanswered'
  /** A human is needed, the wait alone will not mend it. */
  alarm: boolean
  code: number | undefined
  name: string
}

/** ClickHouse error codes that name a value, not a state: retrying cannot help. Everything else is retried for ever. */
const ROWS_AT_FAULT: ReadonlyMap<number, string> = new Map([
  [6, 'CANNOT_PARSE_TEXT: a value is not of its type'],
  [27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED: bytes are not what the format says'],
  [33, 'CANNOT_READ_ALL_DATA: a length points past the end of the block'],
  [41, 'CANNOT_PARSE_DATETIME: a time that does not exist'],
  [69, 'ARGUMENT_OUT_OF_BOUND: a value outside its type, a decimal of too many digits'],
  [72, 'CANNOT_PARSE_NUMBER: a value is not a number'],
  [117, 'INCORRECT_DATA: a dictionary index or an offset outside its column'],
  [128, 'TOO_LARGE_ARRAY_SIZE: one value is larger than the server ever takes'],
  [131, 'TOO_LARGE_STRING_SIZE: one value is larger than the server ever takes'],
  [190, 'SIZES_OF_ARRAYS_DONT_MATCH: nested arrays of one row differ in length'],
  [321, 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE: a number outside its type'],
  [349, 'CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN: NULL where the column has none'],
  [407, 'DECIMAL_OVERFLOW: money outside Decimal(18, 12)'],
  [469, 'VIOLATED_CONSTRAINT: an operator put a CHECK on the table'],
])

/** Codes that say the schema or the rights are wrong: nothing is lost while a human mends them, but only a human can. */
const HUMAN_NEEDED: ReadonlyMap<number, string> = new Map([
  [8, 'THERE_IS_NO_COLUMN: the table lacks a column, an upgrade is half done'],
  [10, 'NOT_FOUND_COLUMN_IN_BLOCK: a rollup reads a column that is gone'],
  [16, 'NO_SUCH_COLUMN_IN_TABLE: the table lacks a column, an upgrade is half done'],
  [20, 'NUMBER_OF_COLUMNS_DOESNT_MATCH: the table was altered'],
  [47, 'UNKNOWN_IDENTIFIER: a rollup reads a column that is gone'],
  [53, 'TYPE_MISMATCH: a column changed its type; the type is of the block, so no single row is at fault'],
  [60, 'UNKNOWN_TABLE: dropped, or not migrated'],
  [70, 'CANNOT_CONVERT_TYPE: a column changed its type'],
  [81, 'UNKNOWN_DATABASE: dropped, or not migrated'],
  [115, 'UNKNOWN_SETTING: the server is older than 25.8'],
  [130, 'CANNOT_READ_ARRAY_FROM_TEXT: a column became an array'],
  [164, 'READONLY: the user may not write'],
  [192, 'UNKNOWN_USER: credentials'],
  [193, 'WRONG_PASSWORD: credentials'],
  [241, 'MEMORY_LIMIT_EXCEEDED: the server is too small or busy'],
  [242, 'TABLE_IS_READ_ONLY: its Keeper is away'],
  [243, 'NOT_ENOUGH_SPACE: the disk is full'],
  [252, 'TOO_MANY_PARTS: merges cannot follow'],
  [497, 'ACCESS_DENIED: the user may not write here'],
  [516, 'AUTHENTICATION_FAILED: credentials'],
])

/** Reads ClickHouse's error code, or finds that there was no answer at all. */
export function classifyFailure(cause: unknown): Failure {
  const error = findClickHouseError(cause)
  if (error === undefined) return { blame: 'unanswered', alarm: false, code: undefined, name: networkName(cause) }
  const code = Number(error.code)
  return {
    blame: ROWS_AT_FAULT.has(code) ? 'rows' : 'server',
    alarm: HUMAN_NEEDED.has(code),
    code,
    name: error.type ?? 'UNKNOWN',
  }
}

function networkName(cause: unknown): string {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && !error.code.startsWith('INSIGHTS_')) return error.code
  }
  return cause instanceof Error ? cause.name : 'unknown'
}
