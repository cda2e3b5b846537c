// Wide content -> the first 200 characters that a person would want to see in a list.
import type { Out } from './columns/out.ts'
import { Needle } from './wire/needle.ts'

export const PREVIEW_CHARACTERS = 200
/** How far a message is looked for; beyond it the preview shows the head of the raw text. */
const SEARCH_BYTES = 8192
/** The last message is looked for from the end; behind a very long one the first message has to do. */
const SEARCH_BACK_BYTES = 2048
const KEY = new Needle('"content"')
const HEAD_BYTES = 16
const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
/** Bytes that end a run of plain characters: the closing quote, an escape, anything beyond ASCII. */
const ENDS_RUN = Uint8Array.from({ length: 256 }, (_, c) => (c === QUOTE || c === BACKSLASH || c >= 0x80 ? 1 : 0))

/** Writes the preview of bytes[start .. end] into `out` (emptied first). `newest` takes the last message, else the first. */
export function preview(out: Out, bytes: Buffer, start: number, end: number, newest: boolean): void {
  out.reset()
  const first = bytes[start]
  if (first === 0x5b || first === 0x7b) {
    const at = newest ? lastContent(bytes, start, end) : firstContent(bytes, start, end)
    if (at >= 0) {
      unescapeTo(out, bytes, at, end)
      if (out.size > 0) return
    }
  }
  plain(out, bytes, start, end)
}

/** Start of the string after the first `"content":`, or -1. */
function firstContent(bytes: Buffer, start: number, end: number): number {
  const stop = Math.min(end, start + SEARCH_BYTES)
  for (let at = KEY.first(bytes, start, stop); at >= 0; at = KEY.first(bytes, at + 1, stop)) {
    const text = isEscaped(bytes, at) ? -1 : textAfter(bytes, at + KEY.length, end)
    if (text >= 0) return text
  }
  return -1
}

// Walks back from quote to quote: between them lies text, which the native search passes at memory speed. It is only safe
// because the head of a message array holds a quote, at which every search ends at the latest.
function lastContent(bytes: Buffer, start: number, end: number): number {
  const stop = Math.max(start, end - SEARCH_BACK_BYTES)
  if (!hasQuoteAtHead(bytes, start, end)) return firstContent(bytes, start, end)
  for (let quote = bytes.lastIndexOf(QUOTE, end - 1); quote >= stop; quote = bytes.lastIndexOf(QUOTE, quote - 1)) {
    const at = quote - KEY.length + 1
    if (at < stop || bytes[quote + 1] !== COLON || !KEY.isAt(bytes, at) || isEscaped(bytes, at)) continue
    const text = textAfter(bytes, quote + 1, end)
    if (text >= 0) return text
  }
  return firstContent(bytes, start, end)
}

function hasQuoteAtHead(bytes: Buffer, start: number, end: number): boolean {
  const stop = Math.min(end, start + HEAD_BYTES)
  for (let i = start; i < stop; i++) if (bytes[i] === QUOTE) return true
  return false
}

const isEscaped = (bytes: Buffer, at: number): boolean => bytes[at - 1] === BACKSLASH

/** After a key: the start of its string value, or -1 when the value is not a string. */
function textAfter(bytes: Buffer, at: number, end: number): number {
  let i = at
  while (i < end && (bytes[i] === 0x20 || bytes[i] === 0x3a || bytes[i] === 0x0a)) i++
  return i < end && bytes[i] === QUOTE ? i + 1 : -1
}

// Escapes become what they stand for, line breaks a space: a preview is one line. Plain text is copied in runs.
function unescapeTo(out: Out, bytes: Buffer, start: number, end: number): void {
  let characters = 0
  let run = start
  let i = start
  for (; i < end && characters < PREVIEW_CHARACTERS; i++) {
    // Fast path: most characters are one byte and mean themselves.
    const stop = Math.min(end, i + PREVIEW_CHARACTERS - characters)
    const from = i
    while (i < stop && ENDS_RUN[bytes[i]!] === 0) i++
    characters += i - from
    if (i === stop) break
    const c = bytes[i]!
    if (c === QUOTE) break
    if (c !== BACKSLASH) {
      if ((c & 0xc0) !== 0x80) characters++
      continue
    }
    // Text may be cut off anywhere: what lies behind its end belongs to someone else.
    if (i + 1 === end) break
    out.slice(bytes, run, i)
    characters++
    const escaped = bytes[++i]
    if (escaped === 0x75) i += i + 4 < end ? writeCodeUnit(out, bytes, i) : 0
    else out.byte(escaped === QUOTE || escaped === BACKSLASH || escaped === 0x2f ? escaped : 0x20)
    run = i + 1
  }
  // The last character may still have bytes to come.
  while (i < end && (bytes[i]! & 0xc0) === 0x80) i++
  if (run < i) out.slice(bytes, run, i)
}

/** Writes the character of `uXXXX` at `at`; a surrogate pair counts as one. @returns how many bytes beyond `u` it took */
function writeCodeUnit(out: Out, bytes: Buffer, at: number): number {
  const unit = Number.parseInt(bytes.toString('latin1', at + 1, at + 5), 16)
  if (Number.isNaN(unit)) return 0
  const isHigh = unit >= 0xd800 && unit < 0xdc00
  const low =
    isHigh && bytes[at + 5] === BACKSLASH ? Number.parseInt(bytes.toString('latin1', at + 7, at + 11), 16) : Number.NaN
  const isPair = low >= 0xdc00 && low < 0xe000
  const text = Buffer.from(isPair ? String.fromCharCode(unit, low) : String.fromCharCode(unit).toWellFormed())
  out.slice(text, 0, text.length)
  return isPair ? 10 : 4
}

function plain(out: Out, bytes: Buffer, start: number, end: number): void {
  let characters = 0
  let stop = start
  while (stop < end) {
    if ((bytes[stop]! & 0xc0) !== 0x80 && characters++ === PREVIEW_CHARACTERS) break
    stop++
  }
  out.slice(bytes, start, stop)
}
