// What a view's column is: how it may be filtered, how its value looks in SQL parameters and in JSON.

/**
 * text: short, filtered by equality. content: wide or free text, not filtered. count: unsigned, safe as a JSON number or else a string.
 * numbers: a map of names to floats.
 * money: exact decimal, a JSON string. time: nanoseconds UTC, an ISO 8601 string. texts: filtered by "holds any of".
 */
export type ColumnType =
  | 'text'
  | 'content'
  | 'count'
  | 'integer'
  | 'float'
  | 'money'
  | 'time'
  | 'texts'
  | 'times'
  | 'map'
  | 'numbers'
  | 'maps'

/** Name -> type, in the view's order. Names come from tables in this folder, never from a request. */
export type Columns = Readonly<Record<string, ColumnType>>

/** The ClickHouse type of a value bound for comparison with such a column; undefined = cannot be compared. */
const PARAMETER_TYPES: Partial<Record<ColumnType, string>> = {
  text: 'String',
  texts: 'String',
  count: 'UInt64',
  integer: 'Int64',
  float: 'Float64',
  money: 'Decimal(38, 12)',
  time: 'DateTime64(9)',
}

export function parameterType(type: ColumnType): string {
  const found = PARAMETER_TYPES[type]
  if (found === undefined) throw new Error(`a ${type} column cannot be compared`)
  return found
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Row = Record<string, Json>

/** One JSONEachRow value (64-bit integers and decimals as strings) as the API shows it; unknown is null. */
export function toJson(value: Json | undefined, type: ColumnType): Json {
  if (value === undefined || value === null) return null
  switch (type) {
    case 'text':
    case 'content':
      // SQL text columns say '' for "none"
      return value === '' ? null : value
    case 'count':
    case 'integer':
      return safeInteger(value)
    case 'time':
      return isoTime(value)
    case 'times':
      return Array.isArray(value) ? value.map(isoTime) : value
    case 'money':
      return String(value)
    case 'float':
    case 'texts':
    case 'map':
    case 'numbers':
    case 'maps':
      return value
    default:
      return type satisfies never
  }
}

export function toJsonRow(row: Row, columns: Columns): Row {
  return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, toJson(row[name], type)]))
}

function safeInteger(value: Json): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

// '2026-01-31 23:59:59.123456789' -> '2026-01-31T23:59:59.123456789Z'
function isoTime(value: Json): Json {
  return typeof value === 'string' ? `${value.replace(' ', 'T')}Z` : value
}
