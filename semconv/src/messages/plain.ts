// An attribute value -> parsed JSON, as the rest of this folder reads it.
import { isList, textOfValue, type Value } from '../value.ts'
import { type Draft, MAX_DEPTH, put } from './values.ts'

/** Numbers beyond 2^53, NaN and bytes become text; what lies deeper than MAX_DEPTH does too. */
export function plainOf(value: Value, depth = 0): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value === undefined || typeof value !== 'object') return value
  if (value instanceof Uint8Array || depth >= MAX_DEPTH) return textOfValue(value)
  if (isList(value)) return value.map((item) => plainOf(item, depth + 1))
  const object: Draft = {}
  for (const [key, item] of value) put(object, key, plainOf(item, depth + 1))
  return object
}
