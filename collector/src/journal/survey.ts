// The journal directory in; whose journal it is and which segments belong to it, out. Files that do not belong are moved to quarantine.
import { join } from 'node:path'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Files } from './files.ts'
import {
  decodeSegmentHeader,
  FORMAT_VERSION,
  type Identity,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from './format.ts'
import { newIdentity, readIdentity, writeIdentity } from './identity.ts'
import type { Quarantine } from './quarantine.ts'
import { segmentNumber } from './segment.ts'

/** A segment file before its records are read. `header` is undefined when it is damaged: the records may still be good. */
export interface SegmentFile {
  path: string
  number: number
  header: SegmentHeader | undefined
}

export interface Survey {
  identity: Identity
  /** In order of number. */
  segments: SegmentFile[]
  /** Files moved away. */
  moved: number
}

/** Throws INSIGHTS_JOURNAL_CORRUPT for a journal that a newer build has written. */
export async function surveyDir(
  dir: string,
  deps: { files: Files; log: Log; quarantine: Quarantine },
): Promise<Survey> {
  const { files, log, quarantine } = deps
  const found = await readHeaders(files, dir)
  const stored = await readIdentity(files, dir)
  const known = stored ?? found.findLast((segment) => segment.header)?.header
  const identity = known ? { id: known.id, salt: known.salt } : newIdentity()
  if (!stored) await writeIdentity(files, dir, identity)
  const segments: SegmentFile[] = []
  for (const segment of found) {
    const { header } = segment
    if (header === undefined || (header.id === identity.id && header.number === segment.number)) {
      segments.push(segment)
      continue
    }
    const target = await quarantine.move(segment.path)
    log.error({ path: segment.path, target }, 'segment of another journal or another place moved to quarantine')
  }
  return { identity, segments, moved: found.length - segments.length }
}

async function readHeaders(files: Files, dir: string): Promise<SegmentFile[]> {
  const segments: SegmentFile[] = []
  for (const name of (await files.list(dir)).sort()) {
    const path = join(dir, name)
    // A crash between making a segment and naming it; nothing in it was ever acknowledged.
    if (name.endsWith('.tmp')) await files.unlink(path)
    const number = segmentNumber(name)
    if (number !== undefined) segments.push({ path, number, header: await readHeader(files, path) })
  }
  return segments
}

async function readHeader(files: Files, path: string): Promise<SegmentHeader | undefined> {
  const file = await files.open(path, 'read')
  try {
    const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES)
    await file.read(bytes, 0)
    const header = decodeSegmentHeader(bytes)
    if (header !== 'newer') return header === 'damaged' ? undefined : header
  } finally {
    await file.close()
  }
  throw new InsightsError(
    'INSIGHTS_JOURNAL_CORRUPT',
    `cannot open journal: ${path} has a format newer than ${FORMAT_VERSION}`,
    {
      hint: 'start the newer collector again and let it drain its journal before you go back',
    },
  )
}
