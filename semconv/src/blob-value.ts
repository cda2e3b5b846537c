// JSON inside an attribute -> its members, as attribute values.
import type { Value } from './value.ts'

/** The member at a path of names and positions. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  let found = value
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = Reflect.get(found, name)
  }
  return found
}

/** A JSON value as an attribute value. */
export function toValue(json: unknown): Value {
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json
  if (Array.isArray(json) && json.every((item) => typeof item === 'string')) return json
  return typeof json === 'object' && json !== null ? JSON.stringify(json) : undefined
}

/** @returns undefined when the text is no JSON structure or quoted name */
export function parseBlob(text: string): unknown {
  const first = text.charCodeAt(0)
  // Only JSON that could be a structure or a quoted name is worth parsing.
  if (first !== 0x7b && first !== 0x5b && first !== 0x22) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
