// A segment on disk: its name, what the journal remembers of it, and how one comes into being.
import { join } from 'node:path'
import type { Files, OpenFile } from './files.ts'
import { encodeSegmentHeader, type SegmentHeader } from './format.ts'

/** A place that the last recovery found damaged: [from, to) in bytes. */
export interface Hole {
  from: number
  to: number
}

/** A record boundary to start reading at, and when the first data record behind it was received (wall ms). */
export interface Mark {
  seq: number
  offset: number
  receivedMs: number
}

export interface Segment {
  number: number
  path: string
  /** Header's number; data records have numbers from here on. */
  firstSeq: number
  /** Last data record, `firstSeq - 1` when there is none. */
  lastSeq: number
  /** Bytes that count; they are durable. */
  bytes: number
  holes: Hole[]
  /** About one per MiB or second. */
  marks: Mark[]
}

const NAME = /^(\d{16})\.wal$/
const MARK_BYTES = 1024 * 1024
const MARK_MS = 1000

export const segmentName = (number: number): string => `${String(number).padStart(16, '0')}.wal`

/** @returns the number in a segment's file name, undefined for other files. */
export function segmentNumber(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Remembers a boundary when the last one is far enough behind. */
export function addMark(segment: Segment, mark: Mark): void {
  const last = segment.marks.at(-1)
  const near = last && mark.offset - last.offset < MARK_BYTES && mark.receivedMs - last.receivedMs < MARK_MS
  if (!near) segment.marks.push(mark)
}

/** The nearest remembered boundary at or before a record. */
export function markBefore(segment: Segment, seq: number): Mark | undefined {
  return segment.marks.findLast((mark) => mark.seq <= seq)
}

/**
 * Makes a segment whose header and first records are durable before it has its name, so there is no half-made one.
 * A failed try leaves at most a file that the next try with the same number replaces.
 */
export async function createSegment(
  files: Files,
  dir: string,
  options: { header: SegmentHeader; head: readonly Uint8Array[] },
): Promise<{ segment: Segment; file: OpenFile }> {
  const { number, firstSeq } = options.header
  const path = join(dir, segmentName(number))
  const buffers = [encodeSegmentHeader(options.header), ...options.head]
  const file = await files.open(`${path}.tmp`, 'create')
  try {
    await file.write(buffers, 0)
    await file.datasync()
    await files.rename(`${path}.tmp`, path)
    await files.syncDir(dir)
  } catch (error) {
    await file.close()
    throw error
  }
  const bytes = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  return { segment: { number, path, firstSeq, lastSeq: firstSeq - 1, bytes, holes: [], marks: [] }, file }
}
