// Test help: one Native block (client revision 0) -> rows of plain values, written from the format's description and not
// from the writer under test.

/**
 * Whole numbers to 32 bits are numbers, 64-bit ones (also times, in their ticks, and money, in picodollars) bigints;
 * FixedString is hex, Nullable may be null, Array a list and Map a list of pairs, so that repeated keys show.
 */
export type Cell = number | bigint | string | null | readonly Cell[]
export type Row = Record<string, Cell>

export interface ReadBlock {
  columns: { name: string; type: string }[]
  rows: Row[]
}

/** @throws Error when the bytes are not exactly one block */
export function readBlock(bytes: Uint8Array): ReadBlock {
  const input = new Input(Buffer.from(bytes))
  const columnCount = input.varint()
  const rowCount = input.varint()
  const columns = Array.from({ length: columnCount }, () => {
    const name = input.text()
    const type = input.text()
    return { name, type, cells: readColumn(input, type, rowCount) }
  })
  if (input.left !== 0) throw new Error(`cannot read the block: ${input.left} bytes too many`)
  const rows = Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(columns.map(({ name, cells }) => [name, cells[row]!])),
  )
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows }
}

/** What ClickHouse fills in for a column that is not in the block. */
export function defaultOf(type: string): Cell {
  const { name, args } = splitType(type)
  if (name === 'Nullable') return null
  if (name === 'Array' || name === 'Map') return []
  if (name === 'String' || name === 'LowCardinality') return ''
  if (name === 'FixedString') return '00'.repeat(Number(args[0]))
  return isWide(name) ? 0n : 0
}

const isWide = (name: string): boolean => ['UInt64', 'Int64', 'DateTime64', 'Decimal'].includes(name)

class Input {
  private readonly bytes: Buffer
  private at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  take(count: number): Buffer {
    if (count > this.left) throw new Error(`cannot read ${count} bytes: ${this.left} are left`)
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }

  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.take(1)[0]!
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  text(): string {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(this.varint()))
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64LE()
  }
}

/** Everything that stands before the data of the outermost column, then the data. */
function readColumn(input: Input, type: string, count: number): Cell[] {
  for (const _ of type.matchAll(/LowCardinality/g)) {
    if (input.uint64() !== 1n) throw new Error(`cannot read ${type}: unknown dictionary version`)
  }
  return readCells(input, type, count)
}

function readCells(input: Input, type: string, count: number): Cell[] {
  const { name, args } = splitType(type)
  const [first = '', second = ''] = args
  switch (name) {
    case 'String':
      return times(count, () => input.text())
    case 'FixedString':
      return times(count, () => input.take(Number(first)).toString('hex'))
    case 'LowCardinality':
      return readDictionary(input, first, count)
    case 'Nullable': {
      const nulls = [...input.take(count)]
      return readCells(input, first, count).map((cell, i) => (nulls[i] === 1 ? null : cell))
    }
    case 'Array':
      return readSlices(input, count, (total) => readCells(input, first, total))
    case 'Map':
      return readSlices(input, count, (total) => {
        const keys = readCells(input, first, total)
        const values = readCells(input, second, total)
        return keys.map((key, i) => [key, values[i]!])
      })
    default:
      return times(count, () => readFixed(input, name))
  }
}

function readFixed(input: Input, name: string): Cell {
  switch (name) {
    case 'UInt8':
      return input.take(1).readUInt8()
    case 'UInt16':
    case 'Date':
      return input.take(2).readUInt16LE()
    case 'UInt32':
      return input.take(4).readUInt32LE()
    case 'Int32':
      return input.take(4).readInt32LE()
    case 'Float64':
      return input.take(8).readDoubleLE()
    case 'UInt64':
      return input.uint64()
    case 'Int64':
    case 'DateTime64':
    case 'Decimal':
      return input.take(8).readBigInt64LE()
    default:
      throw new Error(`cannot read a value of type ${name}`)
  }
}

function readSlices(input: Input, count: number, read: (total: number) => Cell[]): Cell[] {
  const ends = times(count, () => Number(input.uint64()))
  const cells = read(ends.at(-1) ?? 0)
  return ends.map((end, i) => cells.slice(ends[i - 1] ?? 0, end))
}

const KEYS_IN_STREAM = 0x200

function readDictionary(input: Input, type: string, count: number): Cell[] {
  if (count === 0) return []
  const flags = Number(input.uint64())
  if ((flags & ~0xff) !== KEYS_IN_STREAM) throw new Error(`cannot read a dictionary with flags ${flags.toString(16)}`)
  const width = 2 ** (flags & 0xff)
  const values = readCells(input, type, Number(input.uint64()))
  if (new Set(values).size !== values.length) throw new Error('cannot read a dictionary that names a value twice')
  if (Number(input.uint64()) !== count) throw new Error('cannot read a dictionary: not one index a row')
  return times(count, () => {
    const index = input.take(width).readUIntLE(0, width)
    if (index >= values.length) throw new Error(`cannot read a dictionary: no value ${index}`)
    return values[index]!
  })
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

/** `Map(LowCardinality(String), String)` -> Map with its two arguments. */
function splitType(type: string): { name: string; args: string[] } {
  const open = type.indexOf('(')
  if (open < 0) return { name: type, args: [] }
  const args = ['']
  let depth = 0
  for (const character of type.slice(open + 1, -1)) {
    if (character === '(') depth++
    else if (character === ')') depth--
    if (character === ',' && depth === 0) args.push('')
    else args.push(args.pop() + character)
  }
  return { name: type.slice(0, open), args: args.map((arg) => arg.trim()) }
}
