// AnyValue message -> what it holds and where, with everything nested in it checked.
import type { Source } from './bytes.ts'
import { Cursor, CursorStack, FIXED64, LEN, MALFORMED, VARINT } from './cursor.ts'

/** What an AnyValue holds (opentelemetry/proto/common/v1); NONE is empty or of a kind we do not know. */
export const NONE = 0
export const STRING = 1
export const BOOL = 2
export const INT = 3
export const DOUBLE = 4
export const ARRAY = 5
export const KVLIST = 6
export const BYTES = 7

/** Deeper structures are refused: nobody's message nests so far, and a stack has an end. */
export const MAX_DEPTH = 64

/** Reads one AnyValue and checks whatever is nested in it, so that later passes cannot fail. */
export class ValueReader {
  kind = NONE
  start = 0
  end = 0
  lo = 0
  hi = 0
  num = Number.NaN
  private readonly cursor = new Cursor()

  /** Members may come in any order and more than once: the last one counts. @throws MALFORMED */
  read(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    while (cursor.next()) {
      const { field, wire } = cursor
      if (wire === LEN && (field === STRING || field === ARRAY || field === KVLIST || field === BYTES)) {
        const stop = cursor.length()
        this.slice(field, cursor.pos, stop)
        if (field === ARRAY || field === KVLIST) {
          LEVELS.clear()
          checkNested(source, cursor.pos, stop, field, 1)
        }
        cursor.pos = stop
      } else if (wire === VARINT && (field === BOOL || field === INT)) {
        cursor.varint()
        this.whole(field, cursor.lo, cursor.hi)
      } else if (wire === FIXED64 && field === DOUBLE) {
        cursor.fixed64()
        this.kind = DOUBLE
        this.lo = cursor.lo
        this.hi = cursor.hi
        this.num = source.view.getFloat64(cursor.pos - 8, true)
      } else cursor.skip()
    }
  }

  private slice(kind: number, start: number, end: number): void {
    this.kind = kind
    this.start = start
    this.end = end
  }

  private whole(kind: number, lo: number, hi: number): void {
    this.kind = kind
    this.lo = lo
    this.hi = hi
    this.num = kind === BOOL ? ((lo | hi) === 0 ? 0 : 1) : (hi | 0) * 0x1_0000_0000 + lo
  }
}

const LEVELS = new CursorStack()

// Walks ArrayValue { 1: AnyValue } and KeyValueList { 1: KeyValue } to the bottom. Only structures pay for it.
function checkNested(source: Source, start: number, end: number, kind: number, depth: number): void {
  if (depth > MAX_DEPTH) throw MALFORMED
  const cursor = LEVELS.push(source, start, end)
  while (cursor.next()) {
    if (cursor.field !== 1 || cursor.wire !== LEN) {
      cursor.skip()
      continue
    }
    const stop = cursor.length()
    if (kind === ARRAY) checkValue(source, cursor.pos, stop, depth)
    else checkPair(source, cursor.pos, stop, depth)
    cursor.pos = stop
  }
  LEVELS.pop()
}

function checkPair(source: Source, start: number, end: number, depth: number): void {
  const cursor = LEVELS.push(source, start, end)
  while (cursor.next()) {
    if (cursor.field === 2 && cursor.wire === LEN) {
      const stop = cursor.length()
      checkValue(source, cursor.pos, stop, depth)
      cursor.pos = stop
    } else cursor.skip()
  }
  LEVELS.pop()
}

function checkValue(source: Source, start: number, end: number, depth: number): void {
  const cursor = LEVELS.push(source, start, end)
  while (cursor.next()) {
    if (cursor.wire === LEN && (cursor.field === ARRAY || cursor.field === KVLIST)) {
      const kind = cursor.field
      const stop = cursor.length()
      checkNested(source, cursor.pos, stop, kind, depth + 1)
      cursor.pos = stop
    } else cursor.skip()
  }
  LEVELS.pop()
}
