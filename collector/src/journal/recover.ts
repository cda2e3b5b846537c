// A journal directory as the last process left it in; segments, ledger and numbers to go on from, and an exact account of damage, out.
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { decodeCheckpoint, decodeCommits, decodeSeal } from './bodies.ts'
import type { Files, OpenFile } from './files.ts'
import { CHECKPOINT, COMMIT, DATA, type Identity, SEAL, SEGMENT_HEADER_BYTES } from './format.ts'
import { readCleanEnd, removeCleanEnd } from './identity.ts'
import type { Ledger } from './ledger.ts'
import { Quarantine } from './quarantine.ts'
import { extendRuns, missingRanges } from './ranges.ts'
import type { Scanner } from './scan.ts'
import { scanSegment } from './scan-segment.ts'
import { addMark, type Hole, type Segment } from './segment.ts'
import { type SegmentFile, surveyDir } from './survey.ts'
import type { SeqRange } from './types.ts'

export interface RecoverDeps {
  files: Files
  log: Log
  clock: Clock
  /** Empty; filled with what the records say. */
  ledger: Ledger
}

export interface Recovery {
  identity: Identity
  /** Oldest first; a new one must follow them. */
  segments: Segment[]
  /** Of the process that comes now. */
  epoch: number
  lastSeq: number
  /** Data records that are there. */
  present: SeqRange[]
  lost: SeqRange[]
  truncatedBytes: number
  quarantined: number
  /** The last process did not close the journal: it was killed, or the machine lost power. */
  unclean: boolean
}

/** Reads everything once, in order. Rejects when the disk fails or the format is newer, never because of damage. */
export async function recover(dir: string, deps: RecoverDeps): Promise<Recovery> {
  const quarantine = new Quarantine(deps.files, dir)
  const survey = await surveyDir(dir, { ...deps, quarantine })
  const state: Recovery = {
    identity: survey.identity,
    segments: [],
    epoch: 1 + Math.max(0, ...survey.segments.map((segment) => segment.header?.epoch ?? 0)),
    lastSeq: 0,
    present: [],
    lost: [],
    truncatedBytes: 0,
    quarantined: survey.moved,
    unclean: false,
  }
  const clean = await readCleanEnd(deps.files, dir, survey.identity)
  const lastNumber = survey.segments.at(-1)?.number
  state.unclean = lastNumber !== undefined && clean?.number !== lastNumber
  for (const [i, found] of survey.segments.entries()) {
    const next = survey.segments[i + 1]
    const follower = next ? followerEnd(found, next) : clean?.number === found.number ? clean.end : undefined
    await recoverSegment({ state, quarantine, ...deps }, found, { isLast: !next, promised: follower })
  }
  // From here on it holds no more.
  await removeCleanEnd(deps.files, dir)
  await deps.files.syncDir(dir)
  const cleanSeq = state.unclean ? 0 : (clean?.lastSeq ?? 0)
  state.lastSeq = Math.max(state.lastSeq, deps.ledger.unsealedFrom - 1, cleanSeq)
  deps.ledger.forgetBefore(state.segments[0]?.firstSeq ?? state.lastSeq + 1)
  state.lost = missingRanges(neededRanges(deps.ledger, state.lastSeq), state.present)
  return state
}

type Context = RecoverDeps & { state: Recovery; quarantine: Quarantine }

/** Bytes of a segment that its follower says were durable. */
const followerEnd = (found: SegmentFile, next: SegmentFile): number | undefined =>
  next.header?.number === found.number + 1 ? next.header.previousEnd : undefined

interface SegmentEnd {
  isLast: boolean
  /** Bytes that are known to have been durable. */
  promised: number | undefined
}

async function recoverSegment(context: Context, found: SegmentFile, { isLast, promised }: SegmentEnd): Promise<void> {
  const { state, files, quarantine, log } = context
  const firstSeq = found.header?.firstSeq ?? state.lastSeq + 1
  state.lastSeq = Math.max(state.lastSeq, firstSeq - 1)
  const segment: Segment = { ...found, firstSeq, lastSeq: firstSeq - 1, bytes: 0, holes: [], marks: [] }
  const file = await files.open(found.path, isLast ? 'update' : 'read')
  let records = 0
  try {
    const size = await file.size()
    const end = Math.min(size, promised ?? size)
    const visit = (record: Scanner): void => {
      records++
      visitRecord(context, segment, record)
    }
    const scan = await scanSegment(file, { salt: state.identity.salt, end, closed: promised !== undefined, visit })
    segment.bytes = scan.end
    segment.holes = scan.holes
    if (!found.header && records > 0) segment.holes.unshift({ from: 0, to: SEGMENT_HEADER_BYTES })
    if (promised !== undefined && size < promised) segment.holes.push({ from: size, to: promised })
    if (found.header || records > 0) await keepDamage(context, segment, file)
    noteTail(context, segment, scan)
    // What was found may still be in the page cache only, and from here on it counts as durable.
    if (isLast) await finishTail(file, { cut: size > scan.end, end: scan.end })
  } finally {
    await file.close()
  }
  if (found.header || records > 0) state.segments.push(segment)
  else {
    const target = await quarantine.move(found.path)
    state.quarantined++
    context.ledger.skipIds(segment.bytes)
    log.error({ path: found.path, target }, 'segment without a readable header or record moved to quarantine')
  }
}

function visitRecord({ state, ledger, clock }: Context, segment: Segment, record: Scanner): void {
  const { head } = record
  const nowMs = clock.monotonicMs()
  if (head.type === SEAL) ledger.restore(decodeSeal(record.body()), nowMs)
  else if (head.type === COMMIT) for (const mark of decodeCommits(record.body())) ledger.restoreCommit(mark, nowMs)
  else if (head.type === CHECKPOINT) ledger.restoreCheckpoint(decodeCheckpoint(record.body()))
  // A number that came before is a stale copy: the first one is what was acknowledged.
  if (head.type !== DATA || head.seq <= state.lastSeq) return
  state.lastSeq = head.seq
  segment.lastSeq = head.seq
  extendRuns(state.present, head.seq)
  addMark(segment, { seq: head.seq, offset: record.offset, receivedMs: head.receivedMs })
}

async function keepDamage(
  { state, quarantine, ledger, log }: Context,
  segment: Segment,
  file: OpenFile,
): Promise<void> {
  for (const hole of segment.holes) {
    state.quarantined++
    // A lost seal's id may already name batches in the store; a seal takes at least one byte, so this skips all that can be lost.
    ledger.skipIds(hole.to - hole.from)
    log.error({ path: segment.path, ...hole }, 'journal segment is damaged; going on behind the damage')
    await copyDamage(quarantine, { segment, file, hole, log })
  }
}

/** The copy is for people: a full disk must not keep the collector from starting. */
async function copyDamage(
  quarantine: Quarantine,
  { segment, file, hole, log }: { segment: Segment; file: OpenFile; hole: Hole; log: Log },
): Promise<void> {
  try {
    await quarantine.copy(segment.path, file, hole)
  } catch (error) {
    log.error(
      { path: segment.path, err: error },
      'cannot copy the damaged bytes to quarantine: they stay in the segment',
    )
  }
}

function noteTail(context: Context, segment: Segment, tail: { tornBytes: number; zeroBytes: number }): void {
  context.state.truncatedBytes += tail.tornBytes
  context.ledger.skipIds(tail.tornBytes + tail.zeroBytes)
  if (tail.tornBytes > 0)
    context.log.warn({ path: segment.path, bytes: tail.tornBytes }, 'unfinished write cut off the end of the journal')
}

async function finishTail(file: OpenFile, { cut, end }: { cut: boolean; end: number }): Promise<void> {
  if (cut) await file.truncate(end)
  await file.datasync()
}

/** What the store may not have yet. */
function neededRanges(ledger: Ledger, lastSeq: number): SeqRange[] {
  const owed = ledger.seals().filter((seal) => seal.committed.includes(false))
  const unsealed = { first: ledger.unsealedFrom, last: lastSeq }
  return unsealed.first > unsealed.last ? owed : [...owed, unsealed]
}
