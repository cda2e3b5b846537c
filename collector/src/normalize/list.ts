// A list of names -> an array column, whatever its form: array of strings, JSON array in a string, or one bare name.
import type { DictionaryData } from './columns/dictionary.ts'
import type { ArrayColumn } from './columns/nested.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import { Cursor, LEN } from './wire/cursor.ts'
import type { Renderer, Values } from './wire/render.ts'
import { ARRAY, STRING, ValueReader } from './wire/value-reader.ts'

const MAX_NAMES = 256
const OPEN_BRACKET = 0x5b

export class ListReader {
  private readonly renderer: Renderer
  private readonly cursor = new Cursor()
  private readonly reader = new ValueReader()

  constructor(renderer: Renderer) {
    this.renderer = renderer
  }

  write(column: ArrayColumn<DictionaryData>, row: number, source: Source, values: Values, i: number): void {
    const kind = values.kind[i]!
    if (kind === ARRAY) this.array(column, row, source, values.start[i]!, values.end[i]!)
    else if (kind === STRING && source.bytes[values.start[i]!] === OPEN_BRACKET)
      this.json(column, row, source, values, i)
    else {
      this.renderer.value(source, values, i)
      this.push(column, row)
    }
  }

  private array(column: ArrayColumn<DictionaryData>, row: number, source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    for (let n = 0; n < MAX_NAMES && cursor.next(); ) {
      if (cursor.field !== 1 || cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      this.reader.kind = 0
      this.reader.read(source, cursor.pos, stop)
      cursor.pos = stop
      if (this.reader.kind !== STRING || this.reader.start === this.reader.end) continue
      this.renderer.text(source, this.reader.start, this.reader.end)
      this.push(column, row)
      n++
    }
  }

  // .NET, Java and Mastra send the list as text: a form off the hot path.
  private json(column: ArrayColumn<DictionaryData>, row: number, source: Source, values: Values, i: number): void {
    const text = source.bytes.toString('utf8', values.start[i]!, values.end[i]!)
    for (const item of parseList(text).slice(0, MAX_NAMES)) {
      const bytes = Buffer.alloc(Buffer.byteLength(item), item)
      this.renderer.text({ bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }, 0, bytes.length)
      this.push(column, row)
    }
  }

  private push(column: ArrayColumn<DictionaryData>, row: number): void {
    const { source, start, end } = this.renderer
    column.inner.set(column.push(row), column.inner.dictionary.index(source, start, end, hashSlice(source, start, end)))
  }
}

/** The strings of a JSON array; the text itself when it is none. */
export function parseList(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return parsed.filter((item): item is string => typeof item === 'string' && item !== '')
  } catch {
    // Not JSON after all: then it is one name.
  }
  return [text]
}
