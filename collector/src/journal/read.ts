// A range of numbers in; the durable data records of that range, in order, out.
import { InsightsError } from '../telemetry/errors.ts'
import { ioError } from './errors.ts'
import type { Files } from './files.ts'
import { DATA, type Salt, SEGMENT_HEADER_BYTES } from './format.ts'
import { Scanner } from './scan.ts'
import { markBefore, type Segment } from './segment.ts'
import type { JournalRecord, SeqRange } from './types.ts'

/** Places that the start reported as damaged are skipped; any other bad byte rejects with INSIGHTS_JOURNAL_CORRUPT. */
export async function* readRange(
  segments: readonly Segment[],
  range: SeqRange,
  deps: { files: Files; salt: Salt },
): AsyncGenerator<JournalRecord> {
  for (const segment of segments) {
    if (segment.lastSeq >= range.first && segment.firstSeq <= range.last) yield* readSegment(segment, range, deps)
  }
}

async function* readSegment(
  segment: Segment,
  range: SeqRange,
  { files, salt }: { files: Files; salt: Salt },
): AsyncGenerator<JournalRecord> {
  const from = markBefore(segment, range.first)?.offset ?? SEGMENT_HEADER_BYTES
  const file = await files.open(segment.path, 'read')
  try {
    const scanner = new Scanner(file, { from, end: segment.bytes, salt, reuse: false })
    while (await nextRecord(scanner, segment)) {
      const { type, seq, kind, receivedMs } = scanner.head
      if (type === DATA && seq > range.last) return
      if (type === DATA && seq >= range.first)
        yield { seq, kind, project: scanner.project(), receivedMs, bytes: scanner.body() }
    }
  } catch (error) {
    throw ioError('read the journal', error)
  } finally {
    await file.close()
  }
}

async function nextRecord(scanner: Scanner, segment: Segment): Promise<boolean> {
  for (;;) {
    const step = scanner.step()
    if (step === 'record') return true
    if (step === 'end') return false
    if (step === 'more') {
      await scanner.fill()
      continue
    }
    const hole = segment.holes.find((known) => known.from === scanner.offset)
    if (!hole)
      throw new InsightsError(
        'INSIGHTS_JOURNAL_CORRUPT',
        `cannot read ${segment.path}: damaged at byte ${scanner.offset}`,
      )
    scanner.seek(hole.to)
  }
}
