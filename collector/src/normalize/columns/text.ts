// String columns: length and bytes, row after row. A protobuf string is byte for byte the same thing.
import type { Column, NestedColumn } from './column.ts'
import { Out } from './out.ts'

/** The strings of a column or of the inside of an Array or Map. */
export class TextData implements NestedColumn {
  readonly type = 'String'
  readonly out = new Out()
  private count = 0

  /** Opens string number `at`, filling those before it that were never set. Follow with exactly one length and its bytes. */
  begin(at: number): Out {
    while (this.count < at) {
      this.out.byte(0)
      this.count++
    }
    this.count = at + 1
    return this.out
  }

  /** Undoes the `begin` of string `at`, whose bytes started at `size`. */
  takeBack(at: number, size: number): void {
    this.out.size = size
    this.count = at
  }

  append(at: number, source: Buffer, start: number, end: number): void {
    const out = this.begin(at)
    out.varint(end - start)
    out.slice(source, start, end)
  }

  /** Strings `at` .. `at + count` are the ones whose encoded bytes lie at start .. end of this same column. */
  repeat(at: number, count: number, start: number, end: number): void {
    this.begin(at)
    this.out.reserve(end - start)
    this.out.bytes.copy(this.out.bytes, this.out.size, start, end)
    this.out.size += end - start
    this.count = at + count
  }

  writePrefix(): void {}

  writeData(out: Out, count: number): void {
    while (this.count < count) {
      this.out.byte(0)
      this.count++
    }
    out.slice(this.out.bytes, 0, this.out.size)
  }

  sizeBytes(): number {
    return this.out.size
  }

  reset(): void {
    this.out.reset()
    this.count = 0
  }
}

export class TextColumn implements Column {
  readonly name: string
  readonly type = 'String'
  touched = false
  private readonly data = new TextData()

  constructor(name: string) {
    this.name = name
  }

  append(row: number, source: Buffer, start: number, end: number): void {
    if (start === end) return
    this.touched = true
    this.data.append(row, source, start, end)
  }

  /** A JS string; for values that did not come as bytes. */
  text(row: number, text: string): void {
    if (text === '') return
    this.touched = true
    this.data.begin(row).string(text)
  }

  write(out: Out, rows: number): void {
    this.data.writeData(out, rows)
  }

  sizeBytes(): number {
    return this.data.sizeBytes()
  }

  reset(): void {
    this.touched = false
    this.data.reset()
  }
}
