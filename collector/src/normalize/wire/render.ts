// An attribute's value -> UTF-8 text: as it is where it is text already, else written out (numbers, JSON, base64).
import { isUtf8 } from 'node:buffer'
import { Out } from '../columns/out.ts'
import { isAsciiSlice, type Source } from './bytes.ts'
import { CursorStack, LEN } from './cursor.ts'
import { ARRAY, BOOL, BYTES, DOUBLE, INT, KVLIST, NONE, STRING, ValueReader } from './value-reader.ts'

const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')
const NULL = Buffer.from('null')
const DIGITS = Buffer.alloc(24)

/** Parallel arrays of values: a list of attributes, or the fields picked from them. */
export interface Values {
  readonly kind: Uint8Array
  readonly start: Int32Array
  readonly end: Int32Array
  readonly lo: Uint32Array
  readonly hi: Uint32Array
  readonly num: Float64Array
}

/** Doubles repeat (temperatures, ratios), so their text is remembered. */
const DOUBLE_MEMO_SIZE = 1024

/**
 * After a call the text is at `source.bytes[start .. end]`: in the request itself when nothing had to change, in a
 * scratch buffer otherwise (valid until the next call).
 */
export class Renderer {
  source: Source
  start = 0
  end = 0
  /** Strings that were not UTF-8 and got U+FFFD in place of what was wrong. */
  repaired = 0
  private readonly scratch = new Out(1 << 14)
  private readonly reader = new ValueReader()
  private readonly levels = new CursorStack()
  /** The number being written out: handed over in memory, since doubles between functions may be allocated. */
  private readonly halves = new Uint32Array(2)
  private readonly num = new Float64Array(1)
  private readonly memoLo = new Uint32Array(DOUBLE_MEMO_SIZE)
  private readonly memoHi = new Uint32Array(DOUBLE_MEMO_SIZE)
  private readonly memo: (Buffer | undefined)[] = new Array(DOUBLE_MEMO_SIZE)

  constructor() {
    this.source = this.scratch
  }

  /** A slice that should be UTF-8. */
  text(source: Source, start: number, end: number): void {
    if (isAsciiSlice(source, start, end) || isUtf8(source.bytes.subarray(start, end))) {
      this.source = source
      this.start = start
      this.end = end
      return
    }
    this.repaired++
    const repaired = Buffer.from(source.bytes.toString('utf8', start, end))
    this.scratch.reset()
    this.scratch.slice(repaired, 0, repaired.length)
    this.done()
  }

  /** Any value as text; structures as JSON, bytes as base64, nothing as the empty string. */
  value(source: Source, values: Values, i: number): void {
    const kind = values.kind[i]!
    if (kind === STRING) {
      this.text(source, values.start[i]!, values.end[i]!)
      return
    }
    this.scratch.reset()
    if (kind === ARRAY || kind === KVLIST)
      this.structureTo(this.scratch, source, kind, values.start[i]!, values.end[i]!)
    else if (kind === BYTES) this.base64(source, values.start[i]!, values.end[i]!)
    else if (kind !== NONE) {
      this.halves[0] = values.lo[i]!
      this.halves[1] = values.hi[i]!
      this.num[0] = values.num[i]!
      this.scalarTo(this.scratch, kind, false)
    }
    this.done()
  }

  /** Writes JSON of one value into `out`. */
  json(out: Out, source: Source, value: ValueReader): void {
    const { kind, start, end } = value
    if (kind === STRING) this.jsonString(out, source, start, end)
    else if (kind === ARRAY || kind === KVLIST) this.structureTo(out, source, kind, start, end)
    else if (kind === BYTES) {
      const text = Buffer.from(`"${source.bytes.toString('base64', start, end)}"`)
      out.slice(text, 0, text.length)
    } else if (kind === NONE) out.slice(NULL, 0, 4)
    else {
      this.halves[0] = value.lo
      this.halves[1] = value.hi
      this.num[0] = value.num
      this.scalarTo(out, kind, true)
    }
  }

  /** A JSON string of UTF-8 text, repaired where it is not UTF-8. */
  jsonString(out: Out, source: Source, start: number, end: number): void {
    let from: Source = source
    let a = start
    let b = end
    if (!isAsciiSlice(source, start, end) && !isUtf8(source.bytes.subarray(start, end))) {
      this.repaired++
      const text = Buffer.from(source.bytes.toString('utf8', start, end))
      from = { bytes: text, view: source.view }
      a = 0
      b = text.length
    }
    out.byte(0x22)
    escapeTo(out, from.bytes, a, b)
    out.byte(0x22)
  }

  private done(): void {
    this.source = this.scratch
    this.start = 0
    this.end = this.scratch.size
  }

  private scalarTo(out: Out, kind: number, quoteSpecial: boolean): void {
    if (kind === BOOL) out.slice(this.num[0] === 0 ? FALSE : TRUE, 0, this.num[0] === 0 ? 5 : 4)
    else if (kind === INT) writeInt64(out, this.halves[0]!, this.halves[1]!)
    else if (kind === DOUBLE) {
      const text = this.doubleText()
      const quoted = quoteSpecial && !Number.isFinite(this.num[0])
      if (quoted) out.byte(0x22)
      out.slice(text, 0, text.length)
      if (quoted) out.byte(0x22)
    }
  }

  private doubleText(): Buffer {
    const lo = this.halves[0]!
    const hi = this.halves[1]!
    const at = (Math.imul(lo ^ Math.imul(hi, 0x9e3779b1), 0x85ebca6b) >>> 22) & (DOUBLE_MEMO_SIZE - 1)
    const known = this.memo[at]
    if (known !== undefined && this.memoLo[at] === lo && this.memoHi[at] === hi) return known
    const made = Buffer.from(String(this.num[0]))
    this.memo[at] = made
    this.memoLo[at] = lo
    this.memoHi[at] = hi
    return made
  }

  private base64(source: Source, start: number, end: number): void {
    const text = Buffer.from(source.bytes.toString('base64', start, end))
    this.scratch.slice(text, 0, text.length)
  }

  // Depth was checked when the value was read, so plain recursion is safe here.
  private structureTo(out: Out, source: Source, kind: number, start: number, end: number): void {
    const cursor = this.levels.push(source, start, end)
    let first = true
    out.byte(kind === ARRAY ? 0x5b : 0x7b)
    while (cursor.next()) {
      if (cursor.field !== 1 || cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (!first) out.byte(0x2c)
      first = false
      if (kind === ARRAY) this.nestedValue(out, source, cursor.pos, stop)
      else this.nestedPair(out, source, cursor.pos, stop)
      cursor.pos = stop
    }
    this.levels.pop()
    out.byte(kind === ARRAY ? 0x5d : 0x7d)
  }

  private nestedPair(out: Out, source: Source, start: number, end: number): void {
    const cursor = this.levels.push(source, start, end)
    let keyStart = start
    let keyEnd = start
    let valueStart = start
    let valueEnd = start
    while (cursor.next()) {
      if (cursor.wire !== LEN || (cursor.field !== 1 && cursor.field !== 2)) {
        cursor.skip()
        continue
      }
      const isKey = cursor.field === 1
      const stop = cursor.length()
      if (isKey) {
        keyStart = cursor.pos
        keyEnd = stop
      } else {
        valueStart = cursor.pos
        valueEnd = stop
      }
      cursor.pos = stop
    }
    this.levels.pop()
    this.jsonString(out, source, keyStart, keyEnd)
    out.byte(0x3a)
    this.nestedValue(out, source, valueStart, valueEnd)
  }

  private nestedValue(out: Out, source: Source, start: number, end: number): void {
    const { reader } = this
    reader.kind = NONE
    reader.read(source, start, end)
    this.json(out, source, reader)
  }
}

const HEX = Buffer.from('0123456789abcdef')
const ESCAPES = new Map([
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
])
/** byte -> the letter after the backslash, or 0. */
const ESCAPE_LETTER = new Uint8Array(256)
for (const [byte, text] of ESCAPES) ESCAPE_LETTER[byte] = text.charCodeAt(1)

/** JSON escaping in runs: most text has nothing to escape. */
export function escapeTo(out: Out, bytes: Buffer, start: number, end: number): void {
  let run = start
  for (let i = start; i < end; i++) {
    const c = bytes[i]!
    if (c >= 0x20 && c !== 0x22 && c !== 0x5c) continue
    out.slice(bytes, run, i)
    run = i + 1
    out.byte(0x5c)
    const letter = ESCAPE_LETTER[c]!
    if (letter !== 0) out.byte(letter)
    else {
      out.byte(0x75)
      out.byte(0x30)
      out.byte(0x30)
      out.byte(HEX[c >> 4]!)
      out.byte(HEX[c & 15]!)
    }
  }
  out.slice(bytes, run, end)
}

/** A signed 64-bit integer in decimal, without a BigInt: divided by ten in two halves. */
export function writeInt64(out: Out, lo: number, hi: number): void {
  // Fast path: nearly every count is below 2^31.
  if (hi === 0 && lo < 0x8000_0000) {
    let at = DIGITS.length
    let rest = lo | 0
    do {
      const next = (rest / 10) | 0
      DIGITS[--at] = 0x30 + rest - next * 10
      rest = next
    } while (rest !== 0)
    out.slice(DIGITS, at, DIGITS.length)
    return
  }
  const negative = hi >= 0x8000_0000
  let low = lo
  let high = hi
  if (negative) {
    low = (~lo + 1) >>> 0
    high = (~hi + (low === 0 ? 1 : 0)) >>> 0
  }
  let at = DIGITS.length
  do {
    const rest = high % 10
    high = (high - rest) / 10
    const joined = rest * 0x1_0000_0000 + low
    const digit = joined % 10
    low = (joined - digit) / 10
    DIGITS[--at] = 0x30 + digit
  } while (low !== 0 || high !== 0)
  if (negative) DIGITS[--at] = 0x2d
  out.slice(DIGITS, at, DIGITS.length)
}
