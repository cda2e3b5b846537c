// One Native block -> any range of its rows as a Native block, so that a rejected batch can be halved down to its poison row.
import { ByteReader, ByteWriter } from './native-bytes.ts'
import { type ColumnCutter, readColumn } from './native-column.ts'

export interface NativeBlock {
  rows: number
  columns: readonly string[]
  /** Rows `from` (included) to `to` (excluded), as one block. */
  slice(from: number, to: number): Buffer<ArrayBuffer>
}

/** @throws Error when the bytes are not exactly one block of the types that our tables have. */
export function readNativeBlock(bytes: Uint8Array): NativeBlock {
  const reader = new ByteReader(bytes)
  const columnCount = reader.varint()
  const rows = reader.varint()
  const columns: { name: string; type: string; cutter: ColumnCutter }[] = []
  for (let i = 0; i < columnCount; i++) {
    const name = reader.text()
    const type = reader.text()
    columns.push({ name, type, cutter: readColumn(type, reader, rows) })
  }
  if (reader.offset !== bytes.length) throw new Error('cannot read a Native block: bytes are left over')
  return {
    rows,
    columns: columns.map(({ name }) => name),
    slice(from, to) {
      const out = new ByteWriter()
      out.varint(columnCount)
      out.varint(to - from)
      for (const { name, type, cutter } of columns) {
        out.text(name)
        out.text(type)
        cutter.cut(from, to, out)
      }
      return out.finish()
    },
  }
}
