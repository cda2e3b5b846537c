// One attribute's bytes -> a value of semconv, for the spans that are read by the object rules.
import type { Attribute, Value } from '@hanzo/insights-semconv'
import type { Source } from './bytes.ts'
import { CursorStack, LEN } from './cursor.ts'
import type { Values } from './render.ts'
import { ARRAY, BOOL, BYTES, DOUBLE, INT, KVLIST, NONE, STRING, ValueReader } from './value-reader.ts'

interface Scalar {
  kind: number
  start: number
  end: number
  lo: number
  hi: number
  num: number
}

/** Decodes what was checked when it was read, so it cannot fail. Strings that are not UTF-8 get U+FFFD, as in a column. */
export class ValueDecoder {
  private readonly levels = new CursorStack()
  private readonly reader = new ValueReader()

  value(source: Source, list: Values, i: number): Value {
    const kind = list.kind[i]!
    if (kind === STRING) return source.bytes.toString('utf8', list.start[i]!, list.end[i]!)
    if (kind === ARRAY) return this.list(source, list.start[i]!, list.end[i]!)
    if (kind === KVLIST) return this.map(source, list.start[i]!, list.end[i]!)
    return scalar(source, {
      kind,
      start: list.start[i]!,
      end: list.end[i]!,
      lo: list.lo[i]!,
      hi: list.hi[i]!,
      num: list.num[i]!,
    })
  }

  private list(source: Source, start: number, end: number): readonly Value[] {
    const values: Value[] = []
    const cursor = this.levels.push(source, start, end)
    while (cursor.next()) {
      if (cursor.field !== 1 || cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      values.push(this.nested(source, cursor.pos, stop))
      cursor.pos = stop
    }
    this.levels.pop()
    return values
  }

  private map(source: Source, start: number, end: number): ReadonlyMap<string, Value> {
    const pairs: Attribute[] = []
    const cursor = this.levels.push(source, start, end)
    while (cursor.next()) {
      if (cursor.field !== 1 || cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      pairs.push(this.pair(source, cursor.pos, stop))
      cursor.pos = stop
    }
    this.levels.pop()
    return new Map(pairs)
  }

  private pair(source: Source, start: number, end: number): Attribute {
    const cursor = this.levels.push(source, start, end)
    let key = ''
    let value: Value
    while (cursor.next()) {
      if (cursor.wire !== LEN || (cursor.field !== 1 && cursor.field !== 2)) {
        cursor.skip()
        continue
      }
      const isKey = cursor.field === 1
      const stop = cursor.length()
      if (isKey) key = source.bytes.toString('utf8', cursor.pos, stop)
      else value = this.nested(source, cursor.pos, stop)
      cursor.pos = stop
    }
    this.levels.pop()
    return [key, value]
  }

  private nested(source: Source, start: number, end: number): Value {
    const { reader } = this
    reader.kind = NONE
    reader.read(source, start, end)
    const { kind } = reader
    if (kind === STRING) return source.bytes.toString('utf8', reader.start, reader.end)
    if (kind === ARRAY) return this.list(source, reader.start, reader.end)
    if (kind === KVLIST) return this.map(source, reader.start, reader.end)
    return scalar(source, reader)
  }
}

function scalar(source: Source, { kind, start, end, lo, hi, num }: Scalar): Value {
  if (kind === INT)
    return hi === 0 && lo < 0x8000_0000 ? BigInt(lo) : BigInt.asIntN(64, (BigInt(hi) << 32n) | BigInt(lo))
  if (kind === DOUBLE) return num
  if (kind === BOOL) return num !== 0
  return kind === BYTES ? Uint8Array.from(source.bytes.subarray(start, end)) : undefined
}
