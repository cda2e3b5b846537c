// Attribute values as an SDK or OTLP holds them -> text and JSON, as columns keep them.

/**
 * One attribute value. An OTLP int is a bigint and an OTLP double a number; an SDK's numbers are numbers. A key-value
 * list is a Map, whose keys are data (`__proto__` is a key like any other). undefined is a value that was left empty.
 */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | undefined
  | readonly Value[]
  | ReadonlyMap<string, Value>

/** One attribute; a list of them may name a key more than once, as OTLP allows. */
export type Attribute = readonly [key: string, value: Value]

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** Text of any value: structures as JSON, bytes as base64, nothing as the empty string. */
export function textOfValue(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return base64(value)
  return typeof value === 'object' ? jsonOfValue(value) : String(value)
}

/** JSON of any value. What JSON cannot say (NaN, bytes) becomes a string. */
export function jsonOfValue(value: Value): string {
  if (value === undefined) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`
  if (value instanceof Uint8Array) return `"${base64(value)}"`
  if (isList(value)) return `[${value.map(jsonOfValue).join(',')}]`
  if (typeof value !== 'object') return String(value)
  return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${jsonOfValue(inner)}`).join(',')}}`
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
