// The bytes of one Native column -> a cutter that writes any range of its rows as a column of its own.
// Native as ClickHouse reads it over HTTP (revision 0: no serialization byte before a column). Layouts: ClickHouse docs, Native format;
// LowCardinality: a version before everything else of the column, then flags, dictionary and indexes together.
import { ByteReader, type ByteWriter } from './native-bytes.ts'

/** Rows `from` (included) to `to` (excluded) of a column, laid out as a column. */
export interface ColumnCutter {
  cut(from: number, to: number, out: ByteWriter): void
}

/** Reads `rows` values of `type` at the reader's place. @throws Error on a type or layout that it does not know. */
export function readColumn(type: string, reader: ByteReader, rows: number): ColumnCutter {
  const layout = layoutOf(type)
  const prefix = reader.take(layout.prefixBytes)
  const body = layout.read(reader, rows)
  return {
    cut(from, to, out) {
      out.put(prefix)
      body.cut(from, to, out)
    },
  }
}

/** `prefixBytes` stand before the outermost offsets: the version of each LowCardinality inside, in order. */
interface Layout {
  prefixBytes: number
  read(reader: ByteReader, rows: number): ColumnCutter
}

const FIXED_BYTES: ReadonlyMap<string, number> = new Map([
  ...['UInt8', 'Int8', 'Bool', 'Enum8'].map((name) => [name, 1] as const),
  ...['UInt16', 'Int16', 'Date', 'Enum16'].map((name) => [name, 2] as const),
  ...['UInt32', 'Int32', 'Float32', 'Date32', 'DateTime', 'IPv4', 'Decimal32'].map((name) => [name, 4] as const),
  ...['UInt64', 'Int64', 'Float64', 'DateTime64', 'Decimal64'].map((name) => [name, 8] as const),
  ...['UInt128', 'Int128', 'UUID', 'IPv6', 'Decimal128'].map((name) => [name, 16] as const),
  ...['UInt256', 'Int256', 'Decimal256'].map((name) => [name, 32] as const),
])

function layoutOf(type: string): Layout {
  const { name, args } = splitType(type)
  const [first = '', second = ''] = args
  const width = FIXED_BYTES.get(name)
  if (width !== undefined) return fixed(width)
  switch (name) {
    case 'String':
      return { prefixBytes: 0, read: readStrings }
    case 'FixedString':
      return fixed(Number(first))
    case 'Decimal':
      return fixed(decimalBytes(Number(first)))
    case 'Nullable':
      return nullable(layoutOf(first))
    case 'Array':
      return array([layoutOf(first)])
    case 'Map':
      return array([layoutOf(first), layoutOf(second)])
    case 'LowCardinality':
      return lowCardinality(first)
    default:
      throw new Error(`cannot read a Native column: type ${name} is not known`)
  }
}

// "Map(LowCardinality(String), String)" -> Map with its two arguments; commas inside brackets do not count.
function splitType(type: string): { name: string; args: string[] } {
  const open = type.indexOf('(')
  if (open < 0) return { name: type.trim(), args: [] }
  const args: string[] = []
  let depth = 0
  let start = open + 1
  for (let i = open + 1; i < type.length; i++) {
    const c = type[i]
    if (c === '(') depth += 1
    else if (c === ')' && depth > 0) depth -= 1
    else if (depth === 0 && (c === ',' || c === ')')) {
      args.push(type.slice(start, i).trim())
      start = i + 1
    }
  }
  return { name: type.slice(0, open).trim(), args }
}

const decimalBytes = (precision: number): number =>
  precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32

function fixed(width: number): Layout {
  if (!Number.isInteger(width) || width <= 0) throw new Error('cannot read a Native column: bad width')
  return {
    prefixBytes: 0,
    read(reader, rows) {
      const bytes = reader.take(rows * width)
      return { cut: (from, to, out) => out.put(bytes.subarray(from * width, to * width)) }
    },
  }
}

function readStrings(reader: ByteReader, rows: number): ColumnCutter {
  const start = reader.offset
  const ends = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    reader.take(reader.varint())
    ends[row] = reader.offset - start
  }
  const bytes = reader.since(start)
  const endOf = (row: number): number => (row === 0 ? 0 : ends[row - 1]!)
  return { cut: (from, to, out) => out.put(bytes.subarray(endOf(from), endOf(to))) }
}

function nullable(inner: Layout): Layout {
  return {
    prefixBytes: inner.prefixBytes,
    read(reader, rows) {
      const nulls = reader.take(rows)
      const values = inner.read(reader, rows)
      return {
        cut(from, to, out) {
          out.put(nulls.subarray(from, to))
          values.cut(from, to, out)
        },
      }
    },
  }
}

// An array has one nested column, a map two (keys, values), all of the same length and under the same cumulative offsets.
function array(nested: readonly Layout[]): Layout {
  return {
    prefixBytes: nested.reduce((sum, layout) => sum + layout.prefixBytes, 0),
    read(reader, rows) {
      const ends = reader.uint64s(rows)
      const total = rows === 0 ? 0 : ends[rows - 1]!
      const columns = nested.map((layout) => layout.read(reader, total))
      const endOf = (row: number): number => (row === 0 ? 0 : ends[row - 1]!)
      return {
        cut(from, to, out) {
          const base = endOf(from)
          for (let row = from; row < to; row++) out.uint64(ends[row]! - base)
          for (const column of columns) column.cut(base, endOf(to), out)
        },
      }
    },
  }
}

const INDEX_TYPE_MASK = 0xff
const SHARED_DICTIONARY = 0x100

// The cut keeps the whole dictionary: a poison row is rare, and a smaller dictionary would mean renumbering.
function lowCardinality(valueType: string): Layout {
  const { name, args } = splitType(valueType)
  const dictionary = layoutOf(name === 'Nullable' ? (args[0] ?? '') : valueType)
  return {
    prefixBytes: 8,
    read(reader, rows) {
      // Nothing at all is written for an empty range (of an array's elements, say).
      if (rows === 0) return { cut: () => {} }
      const flagBytes = reader.take(8)
      const flags = new ByteReader(flagBytes).uint64()
      if (flags & SHARED_DICTIONARY) throw new Error('cannot read a Native column: shared dictionary')
      const indexBytes = 2 ** (flags & INDEX_TYPE_MASK)
      const start = reader.offset
      dictionary.read(reader, reader.uint64())
      const keys = reader.since(start)
      if (reader.uint64() !== rows) throw new Error('cannot read a Native column: index count is not the row count')
      const indexes = reader.take(rows * indexBytes)
      return {
        cut(from, to, out) {
          if (from === to) return
          out.put(flagBytes)
          out.put(keys)
          out.uint64(to - from)
          out.put(indexes.subarray(from * indexBytes, to * indexBytes))
        },
      }
    },
  }
}
