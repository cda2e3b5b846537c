// One segment as a crash, a power loss or a bad disk left it in; its good records to a visitor, and what is wrong with it, out.
import type { OpenFile } from './files.ts'
import { OPENS_GROUP, type Salt, SEGMENT_HEADER_BYTES } from './format.ts'
import { Scanner } from './scan.ts'
import type { Hole } from './segment.ts'

export interface SegmentScan {
  /** Where the bytes that count end. */
  end: number
  /** Damage in bytes that had been durable. */
  holes: Hole[]
  /** Bytes of an unfinished write behind `end`. */
  tornBytes: number
  /** Zeros behind `end`, as some file systems leave them after a power loss. */
  zeroBytes: number
}

export interface SegmentScanOptions {
  salt: Salt
  end: number
  /** The next segment says that all bytes up to `end` were durable. */
  closed: boolean
  visit(record: Scanner): void
}

/**
 * Visits every intact record that counts. A bad place is damage when the bytes were durable, which a closed segment or a later record with
 * OPENS_GROUP proves (a group is only written after the one before is synced); then the scan goes on behind it. Otherwise it is the torn
 * tail of the last group, which nobody was told is safe, and the segment ends there.
 */
export async function scanSegment(file: OpenFile, options: SegmentScanOptions): Promise<SegmentScan> {
  const { salt, end, closed, visit } = options
  const scanner = new Scanner(file, { from: SEGMENT_HEADER_BYTES, end, salt, reuse: true })
  const holes: Hole[] = []
  for (;;) {
    const step = scanner.step()
    if (step === 'record') visit(scanner)
    else if (step === 'more') await scanner.fill()
    else if (step === 'end') return { end, holes, tornBytes: 0, zeroBytes: 0 }
    else {
      const from = scanner.offset
      // The first record came with the header, before the segment had its name: it cannot be torn.
      const durable = closed || from === SEGMENT_HEADER_BYTES || (await hasLaterGroup(file, { from, end, salt }))
      if (!durable) return { end: from, holes, ...(await describeTail(file, from, end)) }
      const found = await scanner.skip()
      holes.push({ from, to: scanner.offset })
      if (found === 'end') return { end, holes, tornBytes: 0, zeroBytes: 0 }
      visit(scanner)
    }
  }
}

async function hasLaterGroup(file: OpenFile, options: { from: number; end: number; salt: Salt }): Promise<boolean> {
  const scanner = new Scanner(file, { ...options, reuse: true })
  for (;;) {
    let step = scanner.step()
    if (step === 'more') {
      await scanner.fill()
      continue
    }
    if (step === 'bad') step = await scanner.skip()
    if (step === 'end') return false
    if (scanner.head.flags & OPENS_GROUP) return true
  }
}

async function describeTail(
  file: OpenFile,
  from: number,
  end: number,
): Promise<{ tornBytes: number; zeroBytes: number }> {
  const piece = Buffer.alloc(Math.min(1024 * 1024, end - from))
  for (let at = from; at < end; at += piece.length) {
    const got = await file.read(piece.subarray(0, Math.min(piece.length, end - at)), at)
    if (piece.subarray(0, got).some((byte) => byte !== 0)) return { tornBytes: end - from, zeroBytes: 0 }
  }
  return { tornBytes: 0, zeroBytes: end - from }
}
