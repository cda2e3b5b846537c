// Native blocks as the engine writes them (revision 0) -> as clients that send `client_protocol_version` expect them:
// a BlockInfo before each block and a serialization flag after each column's type. clickhouse-go, and so Grafana, does.
import { refuse } from './clickhouse-exception.ts'
import { createNativeCursor, type NativeCursor } from './native-cursor.ts'
import { type NativeType, parseNativeType } from './native-type.ts'

/** From here on a column says whether its serialization is a custom one (it never is, at revision 0). */
const CUSTOM_SERIALIZATION_REVISION = 54_454
/** Field 1, no overflows; field 2, bucket -1; end. */
const BLOCK_INFO = Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0])
const DEFAULT_SERIALIZATION = Buffer.from([0])

/** Throws NOT_IMPLEMENTED for a column type whose length cannot be told without the engine (Dynamic, JSON, aggregate states). */
export function toNativeRevision(bytes: Uint8Array, revision: number): Buffer {
  const cursor = createNativeCursor(bytes)
  const parts: Buffer[] = []
  const flag = revision >= CUSTOM_SERIALIZATION_REVISION ? [DEFAULT_SERIALIZATION] : []
  while (cursor.left() > 0) {
    parts.push(BLOCK_INFO)
    let from = cursor.at()
    const columns = cursor.varint()
    const rows = cursor.varint()
    for (let i = 0; i < columns; i++) {
      cursor.text()
      const type = parseNativeType(cursor.text())
      parts.push(cursor.slice(from), ...flag)
      from = cursor.at()
      if (rows > 0) {
        skipPrefix(cursor, type)
        skipRows(cursor, type, rows)
      }
    }
    parts.push(cursor.slice(from))
  }
  return Buffer.concat(parts)
}

// Each LowCardinality writes its version before any data of the column.
function skipPrefix(cursor: NativeCursor, type: NativeType): void {
  if (type.kind === 'lowCardinality') cursor.skip(8)
  else if (type.kind === 'tuple') for (const item of type.items) skipPrefix(cursor, item)
  else if (type.kind === 'array' || type.kind === 'nullable') skipPrefix(cursor, type.item)
}

function skipRows(cursor: NativeCursor, type: NativeType, rows: number): void {
  switch (type.kind) {
    case 'fixed':
      cursor.skip(rows * type.size)
      break
    case 'string':
      for (let i = 0; i < rows; i++) cursor.skip(cursor.varint())
      break
    case 'nullable':
      cursor.skip(rows)
      skipRows(cursor, type.item, rows)
      break
    case 'array':
      if (rows > 0) skipArrays(cursor, type.item, rows)
      break
    case 'tuple':
      for (const item of type.items) skipRows(cursor, item, rows)
      break
    case 'lowCardinality':
      if (rows > 0) skipLowCardinality(cursor, type.item)
      break
    case 'opaque':
      throw refuse(
        'NOT_IMPLEMENTED',
        `Native output of type ${type.name} with client_protocol_version: cast it, e.g. by toString()`,
      )
  }
}

// Cumulative ends, of which the last is the count of items.
function skipArrays(cursor: NativeCursor, item: NativeType, rows: number): void {
  cursor.skip((rows - 1) * 8)
  skipRows(cursor, item, cursor.uint64())
}

// Flags (the low byte is the index type), dictionary, indexes.
function skipLowCardinality(cursor: NativeCursor, item: NativeType): void {
  const indexBytes = 2 ** (cursor.uint64() & 0xff)
  skipRows(cursor, item.kind === 'nullable' ? item.item : item, cursor.uint64())
  cursor.skip(cursor.uint64() * indexBytes)
}
