// The bytes of a segment: an 80-byte header, then records of a 32-byte header and a body. Little-endian throughout.
import { crc32 } from 'node:zlib'

/** 1: the first. 2: a seal may end with its origin. Offset 0..14 keeps its meaning in every version, so that an old build can tell "newer" from "damaged". */
export const FORMAT_VERSION = 2
export const SEGMENT_HEADER_BYTES = 80
export const RECORD_HEADER_BYTES = 32
export const PROJECT_MAX_BYTES = 255
const MAGIC = 'INSIGHTJ'

/** Record types. */
export const DATA = 1
export const SEAL = 2
export const COMMIT = 3
export const CHECKPOINT = 4

/** Everything before a record with this flag had been synced when the record was written: what tells damage from a torn tail. */
export const OPENS_GROUP = 1

/**
 * Secret of one journal: the word that starts each record and the seed of its CRC. A request's bytes could otherwise imitate a record,
 * and be taken for one when the scan looks for the next good record behind a damaged place.
 */
export interface Salt {
  marker: number
  seed: number
}

/** Who made a journal. */
export interface Identity {
  id: string
  salt: Salt
}

export interface SegmentHeader extends Identity {
  number: number
  /** Count of opens of this journal. */
  epoch: number
  /** Number that the first data record of this segment has or would have. */
  firstSeq: number
  /** Bytes of the segment before this one that count; what lies behind was refused to its sender. 0 when there is none. */
  previousEnd: number
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const out = Buffer.alloc(SEGMENT_HEADER_BYTES)
  out.write(MAGIC, 0, 'latin1')
  out.writeUInt16LE(FORMAT_VERSION, 12)
  out.write(header.id, 16, 'hex')
  out.writeUInt32LE(header.salt.marker, 32)
  out.writeUInt32LE(header.salt.seed, 36)
  out.writeUInt32LE(header.epoch, 40)
  writeU64(out, header.number, 48)
  writeU64(out, header.firstSeq, 56)
  writeU64(out, header.previousEnd, 64)
  out.writeUInt32LE(crc32(out.subarray(12)), 8)
  return out
}

/** @returns the header, `damaged` (wrong magic, CRC or length), or `newer` (a whole header of a later format). */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | 'damaged' | 'newer' {
  if (bytes.length < SEGMENT_HEADER_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'damaged'
  if (bytes.readUInt32LE(8) !== crc32(bytes.subarray(12, SEGMENT_HEADER_BYTES))) return 'damaged'
  if (bytes.readUInt16LE(12) > FORMAT_VERSION) return 'newer'
  return {
    id: bytes.toString('hex', 16, 32),
    salt: { marker: bytes.readUInt32LE(32), seed: bytes.readUInt32LE(36) },
    epoch: bytes.readUInt32LE(40),
    number: readU64(bytes, 48),
    firstSeq: readU64(bytes, 56),
    previousEnd: readU64(bytes, 64),
  }
}

/** Header fields of a record. The CRC covers all of them but marker and itself, and the body. */
export interface RecordHead {
  type: number
  flags: number
  kind: number
  projectBytes: number
  /** DATA: its number. Others: the last data number given before it. */
  seq: number
  receivedMs: number
  /** Project and payload together. */
  bodyBytes: number
}

/** Writes all but the CRC, which `writeRecordCrc` adds once the body is there. */
export function writeRecordHead(out: Buffer, at: number, marker: number, head: RecordHead): void {
  out.writeUInt32LE(marker, at)
  out.writeUInt32LE(head.bodyBytes, at + 8)
  out[at + 12] = head.type
  out[at + 13] = head.flags
  out[at + 14] = head.kind
  out[at + 15] = head.projectBytes
  writeU64(out, head.seq, at + 16)
  out.writeDoubleLE(head.receivedMs, at + 24)
}

/** @param end where this record's bytes in `out` end; `rest` is a body part that lies elsewhere. */
export function writeRecordCrc(
  out: Buffer,
  at: number,
  end: number,
  options: { seed: number; rest?: Uint8Array },
): void {
  const crc = crc32(out.subarray(at + 8, end), options.seed)
  out.writeUInt32LE(options.rest === undefined ? crc : crc32(options.rest, crc), at + 4)
}

/** Fills `into` from bytes that hold a whole record header. */
export function readRecordHead(bytes: Buffer, at: number, into: RecordHead): void {
  into.bodyBytes = bytes.readUInt32LE(at + 8)
  into.type = bytes[at + 12]!
  into.flags = bytes[at + 13]!
  into.kind = bytes[at + 14]!
  into.projectBytes = bytes[at + 15]!
  into.seq = readU64(bytes, at + 16)
  into.receivedMs = bytes.readDoubleLE(at + 24)
}

/** @param end where the whole record ends in `bytes`. */
export function isRecordIntact(bytes: Buffer, at: number, end: number, seed: number): boolean {
  return bytes.readUInt32LE(at + 4) === crc32(bytes.subarray(at + 8, end), seed)
}

const HIGH = 2 ** 32

export function writeU64(out: Buffer, value: number, at: number): void {
  out.writeUInt32LE(value % HIGH, at)
  out.writeUInt32LE(Math.floor(value / HIGH), at + 4)
}

export function readU64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * HIGH
}
