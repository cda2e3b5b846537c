// A position in JSON bytes in, where the members of an object lie out; and single values of those places. Wide text is never made a string.
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, JsonCursor, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../json-cursor.ts'

/** Where a value lies in the bytes. */
export interface Place {
  start: number
  end: number
}

/** Members of one object by name; of a name that comes twice the last. */
export type Members = ReadonlyMap<string, Place>

// More than any client sends. What is beyond is left out, so that a body cannot make more objects than it is worth.
const MAX_MEMBERS = 1_000
const MAX_KEY_BYTES = 1_024
// Read as text only where text is short: ids, names, times.
const MAX_TEXT_BYTES = 64 * 1024

/** Reads the object that begins here. @throws InsightsError INSIGHTS_REQUEST_INVALID when it is none */
export function readMembers(cursor: JsonCursor, depth: number): Members {
  const members = new Map<string, Place>()
  cursor.expect(OPEN_BRACE)
  if (cursor.peek() === CLOSE_BRACE) {
    cursor.pos += 1
    return members
  }
  do {
    if (cursor.peek() !== QUOTE) cursor.fail('expected a key')
    const keyStart = cursor.pos
    cursor.skipString()
    const keyEnd = cursor.pos
    cursor.expect(COLON)
    cursor.peek()
    const start = cursor.pos
    cursor.skipValue(depth + 1)
    if (members.size >= MAX_MEMBERS || keyEnd - keyStart > MAX_KEY_BYTES) continue
    const key = unquote(cursor.bytes, keyStart, keyEnd)
    if (key !== undefined) members.set(key, { start, end: cursor.pos })
  } while (cursor.another(CLOSE_BRACE))
  return members
}

/** Calls back with the cursor at each element of the array that begins here; the callback moves it over the element. */
export function readElements(cursor: JsonCursor, element: () => void): void {
  cursor.expect(OPEN_BRACKET)
  if (cursor.peek() === CLOSE_BRACKET) {
    cursor.pos += 1
    return
  }
  do {
    cursor.peek()
    element()
  } while (cursor.another(CLOSE_BRACKET))
}

/** A cursor remembers what it has seen ahead, so it never goes back: what lies before it is read by a new one. */
export function cursorAt(bytes: Buffer, pos: number): JsonCursor {
  const cursor = new JsonCursor(bytes)
  cursor.pos = pos
  return cursor
}

/** Reads values of one body. */
export class JsonValues {
  readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  first(place: Place): number {
    return this.bytes[place.start]!
  }

  isString(place: Place): boolean {
    return this.first(place) === QUOTE
  }

  isObject(place: Place): boolean {
    return this.first(place) === OPEN_BRACE
  }

  isNull(place: Place): boolean {
    return this.raw(place) === 'null'
  }

  /** The value as it stands in the JSON. Undefined when it is long. */
  raw(place: Place): string | undefined {
    if (place.end - place.start > MAX_TEXT_BYTES) return undefined
    return this.bytes.toString('utf8', place.start, place.end)
  }

  /** A string's text, or a number's; undefined for anything else, for '' and for long text. */
  text(place: Place | undefined): string | undefined {
    if (place === undefined) return undefined
    const raw = this.raw(place)
    if (raw === undefined) return undefined
    if (this.isString(place)) return unquote(this.bytes, place.start, place.end) || undefined
    return NUMBER.test(raw) ? raw : undefined
  }

  /** A finite number, also in a string. */
  number(place: Place | undefined): number | undefined {
    const text = this.text(place)?.trim()
    if (text === undefined || !NUMBER.test(text)) return undefined
    const value = Number(text)
    return Number.isFinite(value) ? value : undefined
  }

  /** true and false, also in a string; undefined for anything else. */
  flag(place: Place | undefined): boolean | undefined {
    if (place === undefined) return undefined
    const raw = this.raw(place)?.replaceAll('"', '').toLowerCase()
    return raw === 'true' ? true : raw === 'false' ? false : undefined
  }
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** @param start,end with the quotes. @returns undefined where an escape is none */
function unquote(bytes: Buffer, start: number, end: number): string | undefined {
  const inner = bytes.toString('utf8', start + 1, end - 1)
  if (!inner.includes('\\')) return inner
  try {
    // Control characters are let through, as everywhere in this decoder.
    const text: unknown = JSON.parse(`"${inner.replace(CONTROL, escapeControl)}"`)
    return typeof text === 'string' ? text.toWellFormed() : undefined
  } catch {
    return undefined
  }
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f]/g
const escapeControl = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
