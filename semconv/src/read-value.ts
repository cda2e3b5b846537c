// One attribute value + the type of its field -> the field's value, or undefined when it says nothing.
import type { FIELDS, Field, FieldType } from './model.ts'
import { isModelName } from './models.ts'
import { isList, textOfValue, type Value } from './value.ts'

interface ValueByType {
  name: string
  model: string
  text: string
  count: number
  number: number
  flag: boolean
  /** Nanoseconds. */
  seconds: number
  /** Nanoseconds. */
  milliseconds: number
  /** Nanoseconds. */
  auto_latency: number
  /** Milliseconds since 1970. */
  time: number
  usd: number
  not_flag: boolean
  quoted: string
  names: readonly string[]
  comma_names: readonly string[]
  content: string
}

/** What a field of this type holds once it is read. */
export type FieldValue = ValueByType[FieldType]

/** The canonical fields of one span; one that no attribute told is left out. */
export type CanonicalFields = { readonly [F in Field]?: ValueByType[(typeof FIELDS)[F]] }

/** Counts are stored in 32 bits; no call comes near. */
const MAX_COUNT = 0xffff_ffff

/** Reads a value as FieldType says (model.ts); undefined is unknown. Durations come out in nanoseconds. */
export function readValue(value: Value, type: FieldType): FieldValue | undefined {
  switch (type) {
    case 'name':
    case 'text':
      return readName(value)
    case 'model':
      return readModel(value)
    case 'quoted':
      return readQuoted(value)
    case 'flag':
      return readFlag(value)
    case 'not_flag': {
      const flag = readFlag(value)
      return flag === undefined ? undefined : !flag
    }
    case 'time':
      return readTime(value)
    case 'comma_names':
      return typeof value === 'string' && !value.startsWith('[') ? readCommaNames(value) : readNames(value)
    case 'names':
      return isEmpty(value) ? undefined : readNames(value)
    case 'content':
      return isEmpty(value) ? undefined : textOfValue(value)
    default:
      return readNumber(value, type)
  }
}

function readName(value: Value): string | undefined {
  if (value === undefined || typeof value === 'object') return undefined
  const text = textOfValue(value)
  // Instrumentations of typed languages write "none" where there is nothing.
  return text === '' || (typeof value === 'string' && text.toLowerCase() === 'none') ? undefined : text
}

function readModel(value: Value): string | undefined {
  const name = readName(value)
  return name === undefined || isModelName(name) ? name : undefined
}

function readQuoted(value: Value): string | undefined {
  const isJson = typeof value === 'string' && value.startsWith('"') && value.endsWith('"')
  const inner = isJson ? parseOr(value) : value
  return typeof inner === 'string' ? readName(inner) : readName(value)
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Numbers above this are nanoseconds since 1970; below, milliseconds. */
const NANOS_FROM = 1e16

function readTime(value: Value): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') {
    const number = Number(value)
    if (!Number.isFinite(number) || number <= 0) return undefined
    return number >= NANOS_FROM ? number / 1e6 : number
  }
  const text = readQuoted(value)
  const ms = text === undefined || text.length > MAX_DIGITS ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

function readFlag(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  if (text === 'true') return true
  return text === 'false' ? false : undefined
}

function readNumber(
  value: Value,
  type: 'count' | 'number' | 'seconds' | 'milliseconds' | 'auto_latency' | 'usd',
): number | undefined {
  const number = toNumber(value)
  if (!Number.isFinite(number)) return undefined
  if (type === 'number') return number
  // A negative duration is told on, so that it can be flagged.
  if (type === 'seconds') return Math.round(number * 1e9)
  if (type === 'milliseconds') return Math.round(number * 1e6)
  if (type === 'auto_latency') return Math.round(number * (isWhole(value) ? 1e6 : 1e9))
  // Who has no price writes 0.
  if (number < 0 || (type === 'usd' && number === 0)) return undefined
  // -0 is a count too, and is 0.
  if (type === 'count') return number <= MAX_COUNT && Number.isInteger(number) ? number || 0 : undefined
  return number
}

const isWhole = (value: Value): boolean =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value) && value !== 0)

/** Longer text is no number that anyone meant. */
const MAX_DIGITS = 32

function toNumber(value: Value): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string' || value.length > MAX_DIGITS) return Number.NaN
  // Number() reads '' and '0x10' as numbers; a token count never looks so.
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value) ? Number(value) : Number.NaN
}

function isEmpty(value: Value): boolean {
  if (value === undefined || value === '') return true
  if (value instanceof Uint8Array || isList(value)) return value.length === 0
  return value instanceof Map && value.size === 0
}

const MAX_NAMES = 256

function readCommaNames(text: string): readonly string[] | undefined {
  const names = text
    .split(',', MAX_NAMES)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length === 0 ? undefined : names
}

/** A list of names: an array of strings, a JSON array in a string, or one bare name. */
function readNames(value: Value): readonly string[] {
  const items = isList(value)
    ? value
    : typeof value === 'string' && value.startsWith('[')
      ? jsonList(value)
      : [textOfValue(value)]
  return items.filter((item): item is string => typeof item === 'string' && item !== '').slice(0, MAX_NAMES)
}

function jsonList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return parsed
  } catch {
    // Not JSON after all: then it is one name.
  }
  return [text]
}
