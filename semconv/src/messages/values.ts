// Parsed JSON of any origin -> safe looks at it. Keys are data: `__proto__` is a key like any other.

export type Obj = Readonly<Record<string, unknown>>
/** An object that is being put together. */
export type Draft = Record<string, unknown>

/** Deeper than this, values are kept as they are and not looked into. */
export const MAX_DEPTH = 64

export const isObj = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** null and what is empty say nothing. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value !== 'object') return false
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

/** The first of `keys` that holds something; undefined when none does. */
export function keyOf(object: Obj, keys: readonly string[]): string | undefined {
  for (const key of keys) if (object[key] !== undefined && object[key] !== null) return key
  return undefined
}

/** The first text among the members `keys`. */
export function textIn(object: Obj, keys: readonly string[]): string | undefined {
  for (const key of keys) if (typeof object[key] === 'string' && object[key] !== '') return object[key]
  return undefined
}

/** Sets an own member; plain assignment of `__proto__` would change the object's prototype. */
export function put(target: Draft, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Copies what `source` says beyond `used`; a member whose name is taken comes in under another, for nothing may be lost. */
export function putRest(target: Draft, source: Obj, used: readonly (string | undefined)[]): void {
  for (const key of Object.keys(source)) {
    const value = source[key]
    if (!used.includes(key) && !isNothing(value)) putFree(target, key, value)
  }
}

/** Sets a member under its name or, when that is taken, under one that is free. */
export function putFree(target: Draft, key: string, value: unknown): void {
  let name = key
  while (Object.hasOwn(target, name)) name = `source_${name}`
  put(target, name, value)
}

/** A name or an id: text, also of a number; empty is unknown. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined
}

const STARTS_JSON = /^\s*[{[]/
// Spelt out, the pattern is searched for ten times faster than with {16}.
const LONG_NUMBER = new RegExp('\\d'.repeat(16))

/** JSON.parse, but whole numbers that a double cannot hold are written again digit for digit. Throws on what is no JSON. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, LONG_NUMBER.test(text) ? exactly : undefined)
}

function exactly(_: string, value: unknown, context?: { source: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/.test(context?.source ?? '')) return value
  return RawJson.rawJSON(context!.source)
}
/** ES2026, which the types do not know yet. */
const RawJson = JSON as typeof JSON & { rawJSON(text: string): unknown }

/** What JSON in a string says, when it is an object or an array; anything else as it is. */
export function unwrapJson(value: unknown): unknown {
  if (typeof value !== 'string' || !STARTS_JSON.test(value)) return value
  try {
    return parseJson(value)
  } catch {
    // Models do write broken arguments: the text is then all there is.
    return value
  }
}

/** Any value as text of a part. Throws on what JSON cannot say and on what is nested deeper than the serialiser's stack. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
