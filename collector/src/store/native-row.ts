// A Native block of one row in; the few values of it that tell whose row it is, out.
import { ByteReader } from './native-bytes.ts'
import { readColumn } from './native-column.ts'

/** Bytes of each column's only value; text columns without their length. @throws Error when the bytes are no block of one row */
export function readNativeRow(bytes: Uint8Array): Map<string, Uint8Array> {
  const reader = new ByteReader(bytes)
  const columns = reader.varint()
  if (reader.varint() !== 1) throw new Error('cannot read a Native row: the block has several')
  const values = new Map<string, Uint8Array>()
  for (let i = 0; i < columns; i++) {
    const name = reader.text()
    const type = reader.text()
    const start = reader.offset
    readColumn(type, reader, 1)
    values.set(name, bytesOf(type, reader.since(start)))
  }
  return values
}

function bytesOf(type: string, bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes)
  if (type === 'String') return reader.take(reader.varint())
  if (type !== 'LowCardinality(String)') return bytes
  reader.uint64()
  const indexBytes = 2 ** (reader.uint64() & 0xff)
  const keys = Array.from({ length: reader.uint64() }, () => reader.take(reader.varint()))
  reader.uint64()
  const index = Buffer.from(reader.take(indexBytes)).readUIntLE(0, Math.min(indexBytes, 6))
  return keys[index] ?? new Uint8Array()
}
