// A `+`, `(` or first digit of a group -> the end of the phone number that begins there. Digits alone are none: ids and times look the same.
import { byteSet, isAlnum, isDigit } from './bytes.ts'

const SEPARATORS = byteSet(' ./()-')
const MIN_DIGITS = 8
const MAX_DIGITS = 15

/** `+49 30 1234567`, `+1 (415) 555-0100`; 0 when none begins at the plus. */
export function internationalEnd(text: Uint8Array, plus: number, length: number): number {
  const first = text[plus + 1]
  if (first === undefined || first < 0x31 || first > 0x39) return 0
  let count = 0
  let end = 0
  for (let i = plus + 1; i < length; ) {
    let stop = i
    while (isDigit(text[stop])) stop++
    if (count + stop - i > MAX_DIGITS) break
    count += stop - i
    // What follows may be no part of it.
    if (count >= MIN_DIGITS && isEnd(text, stop)) end = stop
    i = stop
    // At most `) ` between two groups.
    while (i < stop + 2 && SEPARATORS[text[i] ?? 0]) i++
    if (i === stop || !isDigit(text[i])) break
  }
  return end
}

/** `(415) 555-0100`, `415-555-0100`, `1-800-555-0199`, `030 1234567`, `0171/1234567`; 0 when none begins there. */
export function nationalEnd(text: Uint8Array, start: number): number {
  if (text[start] === 0x30) return zeroEnd(text, start)
  const bracket = text[start] === 0x28
  let i = start
  if (!bracket && text[i] === 0x31 && isSeparator(text[i + 1]) && !isDigit(text[i + 2]))
    i += text[i + 2] === 0x28 ? 2 : 0
  else if (!bracket && text[i] === 0x31 && isSeparator(text[i + 1])) i += 2
  const opened = text[i] === 0x28
  if (opened) i += 1
  if (!isGroup(text, i, 3) || (text[i] ?? 0) < 0x32) return 0
  i += 3
  if (opened) {
    if (text[i] !== 0x29) return 0
    i += isSeparator(text[i + 1]) ? 2 : 1
  } else if (isSeparator(text[i])) i += 1
  else return 0
  if (!isGroup(text, i, 3) || (text[i] ?? 0) < 0x32 || !isSeparator(text[i + 3])) return 0
  i += 4
  return isGroup(text, i, 4) && isEnd(text, i + 4) ? i + 4 : 0
}

// As in much of Europe: a zero, and groups.
function zeroEnd(text: Uint8Array, start: number): number {
  if (!isDigit(text[start + 1]) || text[start + 1] === 0x30) return 0
  let count = 0
  let groups = 0
  let end = 0
  for (let i = start; isDigit(text[i]); ) {
    let stop = i
    while (isDigit(text[stop])) stop++
    if (stop - i < 2 || count + stop - i > 12) break
    count += stop - i
    groups += 1
    if (groups > 1 && count >= 9 && isEnd(text, stop)) end = stop
    const c = text[stop]
    if (c !== 0x20 && c !== 0x2f && c !== 0x2d) break
    i = stop + 1
  }
  return end
}

const isSeparator = (c: number | undefined): boolean => c === 0x20 || c === 0x2d || c === 0x2e

function isGroup(text: Uint8Array, start: number, count: number): boolean {
  for (let i = start; i < start + count; i++) if (!isDigit(text[i])) return false
  return !isDigit(text[start + count])
}

// `10:30` and `.5` behind it: a time, a version.
function isEnd(text: Uint8Array, i: number): boolean {
  const c = text[i]
  if (isAlnum(c)) return false
  return !((c === 0x3a || c === 0x2e || c === 0x2d || c === 0x2f) && isDigit(text[i + 1]))
}
