// The place of an `@` in a text -> the e-mail address around it.
import { byteSet, isAlnum, isLetter } from './bytes.ts'

const LOCAL = byteSet("a-zA-Z0-9._%+'!#$&*/=?^{|}~-")
const DOMAIN = byteSet('a-zA-Z0-9.-')
// Addresses and domains of other alphabets.
for (let c = 0x80; c < 0x100; c++) LOCAL[c] = DOMAIN[c] = 1
// In JSON and URLs these end what is before them more often than they belong to it.
for (const c of "'/={}|&?#") LOCAL[c.charCodeAt(0)] = 0

const MAX_LOCAL = 64
const MAX_DOMAIN = 255

/** Undefined when it is none: `@scope/package`, `a@1.2.3`, `@handle`. */
export function emailAt(text: Uint8Array, at: number, length: number): { start: number; end: number } | undefined {
  let start = at
  while (start > 0 && at - start < MAX_LOCAL && LOCAL[text[start - 1] ?? 0]) start--
  while (start < at && text[start] === 0x2e) start++
  if (start === at) return undefined
  let end = at + 1
  while (end < length && end - at <= MAX_DOMAIN && DOMAIN[text[end] ?? 0]) end++
  while (end > at && !isDomainEnd(text[end - 1])) end--
  return isDomain(text, at + 1, end) ? { start, end } : undefined
}

const isDomainEnd = (c: number | undefined): boolean => isAlnum(c) || (c ?? 0) >= 0x80

// A dot, and behind the last one at least two letters.
function isDomain(text: Uint8Array, start: number, end: number): boolean {
  let dot = end - 1
  while (dot >= start && text[dot] !== 0x2e) dot--
  if (dot <= start || end - dot < 3) return false
  for (let i = dot + 1; i < end; i++)
    if (!isLetter(text[i]) && (text[i] ?? 0) < 0x80 && text[i] !== 0x2d && i < dot + 3) return false
  return true
}
