// Bodies of the journal's own records (seals, commits, checkpoints) to bytes and back.
import { readU64, writeU64 } from './format.ts'
import type { Seal, SealedBatch } from './types.ts'

/** A seal with one flag per batch: whether it is known to be in the store. */
export interface SealState extends Seal {
  committed: boolean[]
}

/** One batch that is in the store. */
export interface CommitMark {
  sealId: number
  batchIndex: number
}

/** What must outlive the segments it was written in; the live seals follow it as records of their own. */
export interface Checkpoint {
  nextSealId: number
  unsealedFrom: number
}

export function encodeSeal(seal: SealState): Buffer {
  const codec = Buffer.from(seal.codec)
  const tables = seal.batches.map((batch) => Buffer.from(batch.table))
  const tableBytes = tables.reduce((sum, table) => sum + 11 + table.length, 0)
  const origin = Buffer.from(seal.origin ?? '', 'hex')
  const out = Buffer.allocUnsafe(24 + 2 + codec.length + 4 + tableBytes + 4 + 4 * seal.dropped.length + origin.length)
  writeU64(out, seal.id, 0)
  writeU64(out, seal.first, 8)
  writeU64(out, seal.last, 16)
  let at = writeBytes(out, codec, 24)
  at = out.writeUInt32LE(seal.batches.length, at)
  seal.batches.forEach((batch, i) => {
    at = writeBytes(out, tables[i]!, at)
    at = out.writeInt32LE(batch.day, at)
    at = out.writeUInt32LE(batch.rows, at)
    at = out.writeUInt8(seal.committed[i] ? 1 : 0, at)
  })
  at = out.writeUInt32LE(seal.dropped.length, at)
  for (const ordinal of seal.dropped) at = out.writeUInt32LE(ordinal, at)
  origin.copy(out, at)
  return out
}

const ORIGIN_BYTES = 16

/** Throws RangeError on bytes that `encodeSeal` did not make. */
export function decodeSeal(bytes: Buffer): SealState {
  const codec = readBytes(bytes, 24)
  let at = codec.end
  const batches: SealedBatch[] = []
  const committed: boolean[] = []
  let left = bytes.readUInt32LE(at)
  for (at += 4; left > 0; left--) {
    const table = readBytes(bytes, at)
    batches.push({ table: table.text, day: bytes.readInt32LE(table.end), rows: bytes.readUInt32LE(table.end + 4) })
    committed.push(bytes.readUInt8(table.end + 8) === 1)
    at = table.end + 9
  }
  const count = bytes.readUInt32LE(at)
  const end = at + 4 + 4 * count
  if (bytes.length !== end && bytes.length !== end + ORIGIN_BYTES)
    throw new RangeError('cannot read seal: its length is not the sum of its parts')
  const origin = bytes.length > end ? { origin: bytes.toString('hex', end) } : {}
  const dropped = Uint32Array.from({ length: count }, (_, i) => bytes.readUInt32LE(at + 4 + 4 * i))
  const range = { id: readU64(bytes, 0), first: readU64(bytes, 8), last: readU64(bytes, 16) }
  return { ...range, codec: codec.text, batches, committed, dropped, ...origin }
}

const MARK_BYTES = 12

export function encodeCommits(marks: readonly CommitMark[]): Buffer {
  const out = Buffer.allocUnsafe(MARK_BYTES * marks.length)
  marks.forEach((mark, i) => {
    writeU64(out, mark.sealId, i * MARK_BYTES)
    out.writeUInt32LE(mark.batchIndex, i * MARK_BYTES + 8)
  })
  return out
}

export function decodeCommits(bytes: Buffer): CommitMark[] {
  return Array.from({ length: Math.floor(bytes.length / MARK_BYTES) }, (_, i) => ({
    sealId: readU64(bytes, i * MARK_BYTES),
    batchIndex: bytes.readUInt32LE(i * MARK_BYTES + 8),
  }))
}

export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  const out = Buffer.allocUnsafe(16)
  writeU64(out, checkpoint.nextSealId, 0)
  writeU64(out, checkpoint.unsealedFrom, 8)
  return out
}

export function decodeCheckpoint(bytes: Buffer): Checkpoint {
  return { nextSealId: readU64(bytes, 0), unsealedFrom: readU64(bytes, 8) }
}

function writeBytes(out: Buffer, bytes: Buffer, at: number): number {
  if (bytes.length > 0xffff) throw new RangeError('cannot write seal: a name is longer than 65535 bytes')
  out.writeUInt16LE(bytes.length, at)
  bytes.copy(out, at + 2)
  return at + 2 + bytes.length
}

function readBytes(bytes: Buffer, at: number): { text: string; end: number } {
  const end = at + 2 + bytes.readUInt16LE(at)
  if (end > bytes.length) throw new RangeError('cannot read seal: a name runs over its end')
  return { text: bytes.toString('utf8', at + 2, end), end }
}
