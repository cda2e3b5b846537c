// Columns of fixed width. Memory is zeroed between batches, so a row that is never set costs nothing.
import { copySlice } from '../wire/bytes.ts'
import type { Column } from './column.ts'
import type { Out } from './out.ts'

const FIRST_CAPACITY = 1024

type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array
interface NumbersConstructor<T extends Numbers> {
  new (length: number): T
  readonly BYTES_PER_ELEMENT: number
}

/**
 * Numbers of up to 32 bits, and doubles. Held as doubles until the block is written: with one kind of array behind every
 * column the store in `set` stays monomorphic, which is worth more than the memory.
 */
export class NumberColumn<T extends Numbers> implements Column {
  readonly name: string
  readonly type: string
  touched = false
  private values = new Float64Array(FIRST_CAPACITY)
  private readonly Values: NumbersConstructor<T>

  constructor(name: string, type: string, Values: NumbersConstructor<T>) {
    this.name = name
    this.type = type
    this.Values = Values
  }

  set(row: number, value: number): void {
    if (row >= this.values.length) this.grow(row)
    this.values[row] = value
    this.touched = true
  }

  write(out: Out, rows: number): void {
    if (rows > this.values.length) this.grow(rows)
    const typed = new this.Values(rows)
    typed.set(this.values.subarray(0, rows))
    out.memory(typed, rows * this.Values.BYTES_PER_ELEMENT)
  }

  sizeBytes(): number {
    return 0
  }

  reset(rows: number): void {
    if (this.touched) this.values.fill(0, 0, rows)
    this.touched = false
  }

  private grow(row: number): void {
    const grown = new Float64Array(Math.max(row + 1, this.values.length * 2))
    grown.set(this.values)
    this.values = grown
  }
}

/** 64-bit values as two 32-bit halves: exact, and never a BigInt. */
export class PairColumn implements Column {
  readonly name: string
  readonly type: string
  touched = false
  private halves = new Uint32Array(FIRST_CAPACITY * 2)

  constructor(name: string, type: string) {
    this.name = name
    this.type = type
  }

  set(row: number, lo: number, hi: number): void {
    if (row * 2 >= this.halves.length) this.grow(row)
    this.halves[row * 2] = lo
    this.halves[row * 2 + 1] = hi
    this.touched = true
  }

  /** An integer that a double holds exactly (|value| < 2^53), in two's complement. */
  setNumber(row: number, value: number): void {
    if (row * 2 >= this.halves.length) this.grow(row)
    // Not by `set`: a half beyond 2^31 that is passed to a function may be allocated.
    this.halves[row * 2] = value
    this.halves[row * 2 + 1] = Math.floor(value / 0x1_0000_0000)
    this.touched = true
  }

  /** The same for numbers[at], as a double that is passed may be allocated too. */
  setFrom(row: number, numbers: Float64Array, at: number): void {
    this.setNumber(row, numbers[at]!)
  }

  write(out: Out, rows: number): void {
    if (rows * 2 > this.halves.length) this.grow(rows)
    out.memory(this.halves, rows * 8)
  }

  sizeBytes(): number {
    return 0
  }

  reset(rows: number): void {
    if (this.touched) this.halves.fill(0, 0, rows * 2)
    this.touched = false
  }

  private grow(row: number): void {
    const grown = new Uint32Array(Math.max((row + 1) * 2, this.halves.length * 2))
    grown.set(this.halves)
    this.halves = grown
  }
}

/** FixedString(width): ids. */
export class FixedStringColumn implements Column {
  readonly name: string
  readonly type: string
  touched = false
  private bytes: Buffer
  private readonly width: number

  constructor(name: string, width: number) {
    this.name = name
    this.type = `FixedString(${width})`
    this.width = width
    this.bytes = Buffer.alloc(FIRST_CAPACITY * width)
  }

  set(row: number, source: Buffer, start: number): void {
    if ((row + 1) * this.width > this.bytes.length) this.grow(row)
    copySlice(source, start, start + this.width, this.bytes, row * this.width)
    this.touched = true
  }

  write(out: Out, rows: number): void {
    if (rows * this.width > this.bytes.length) this.grow(rows)
    out.slice(this.bytes, 0, rows * this.width)
  }

  sizeBytes(): number {
    return 0
  }

  reset(rows: number): void {
    if (this.touched) this.bytes.fill(0, 0, rows * this.width)
    this.touched = false
  }

  private grow(row: number): void {
    const grown = Buffer.alloc(Math.max((row + 1) * this.width, this.bytes.length * 2))
    this.bytes.copy(grown)
    this.bytes = grown
  }
}

/** The same value in every row of the block: the batch id, the project of a batch, the day. */
export class ConstantColumn implements Column {
  readonly name: string
  readonly type: string
  touched = true
  private value: Buffer = Buffer.alloc(0)

  constructor(name: string, type: string) {
    this.name = name
    this.type = type
  }

  set(value: Buffer): void {
    this.value = value
  }

  write(out: Out, rows: number): void {
    for (let row = 0; row < rows; row++) out.slice(this.value, 0, this.value.length)
  }

  sizeBytes(): number {
    return 0
  }

  reset(): void {
    this.value = Buffer.alloc(0)
  }
}

/** Nullable(T) around a fixed column: a row that is never set is NULL. */
export class NullableColumn<T extends NumberColumn<Numbers> | PairColumn> implements Column {
  readonly name: string
  readonly type: string
  readonly inner: T
  private nulls = new Uint8Array(FIRST_CAPACITY).fill(1)

  constructor(inner: T) {
    this.name = inner.name
    this.type = `Nullable(${inner.type})`
    this.inner = inner
  }

  get touched(): boolean {
    return this.inner.touched
  }

  /** The row holds a value; set it on `inner`. */
  present(row: number): T {
    if (row >= this.nulls.length) this.grow(row)
    this.nulls[row] = 0
    return this.inner
  }

  /** Takes the row's value back. */
  absent(row: number): void {
    if (row < this.nulls.length) this.nulls[row] = 1
  }

  write(out: Out, rows: number): void {
    if (rows > this.nulls.length) this.grow(rows)
    out.memory(this.nulls, rows)
    this.inner.write(out, rows)
  }

  sizeBytes(): number {
    return 0
  }

  reset(rows: number): void {
    if (this.touched) this.nulls.fill(1, 0, rows)
    this.inner.reset(rows)
  }

  private grow(row: number): void {
    const grown = new Uint8Array(Math.max(row + 1, this.nulls.length * 2)).fill(1)
    grown.set(this.nulls)
    this.nulls = grown
  }
}
