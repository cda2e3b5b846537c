// Text of the request -> dictionary entries and string columns, checked for UTF-8 only where it was not checked before.
import type { Dictionary } from './columns/dictionary.ts'
import type { TextData } from './columns/text.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'

// Plain parameters throughout: these run once an attribute, and an options object would be allocated each time.

/** Index of a slice in a dictionary. One that is there already was checked when it came. */
export function indexText(
  dictionary: Dictionary,
  source: Source,
  start: number,
  end: number,
  hash: number,
  renderer: Renderer,
): number {
  const known = dictionary.find(source, start, end, hash)
  if (known >= 0) return known
  renderer.text(source, start, end)
  const text = renderer.source
  const textHash = text === source ? hash : hashSlice(text, renderer.start, renderer.end)
  return dictionary.index(text, renderer.start, renderer.end, textHash)
}

/** Below this a loop that copies and looks for non-ASCII at once beats two passes. */
const ONE_PASS_BELOW = 28

/** String number `at` of a column is the slice, repaired where it is not UTF-8. */
export function appendText(
  data: TextData,
  at: number,
  source: Source,
  start: number,
  end: number,
  renderer: Renderer,
): void {
  if (end - start < ONE_PASS_BELOW && appendAscii(data, at, source.bytes, start, end)) return
  renderer.text(source, start, end)
  data.append(at, renderer.source.bytes, renderer.start, renderer.end)
}

// Fast path: short ASCII. What turns out to be something else is taken back.
function appendAscii(data: TextData, at: number, source: Buffer, start: number, end: number): boolean {
  const out = data.begin(at)
  const before = out.size
  out.reserve(end - start + 1)
  const { bytes } = out
  let size = before
  let seen = 0
  bytes[size++] = end - start
  for (let i = start; i < end; i++) {
    const c = source[i]!
    seen |= c
    bytes[size++] = c
  }
  if (seen < 0x80) {
    out.size = size
    return true
  }
  data.takeBack(at, before)
  return false
}
