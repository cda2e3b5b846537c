// The journal directory in; who the journal is (its id and the salt of its records) and whether it was closed in peace, out: two small files.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Files } from './files.ts'
import {
  decodeSegmentHeader,
  encodeSegmentHeader,
  type Identity,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from './format.ts'

const NAME = 'identity'
const CLEAN = 'clean-end'

/** The identity file has the form of a segment header (magic, version, CRC) with number 0. Undefined when missing or damaged. */
export async function readIdentity(files: Files, dir: string): Promise<Identity | undefined> {
  const header = await readSmall(files, dir, NAME)
  return header && { id: header.id, salt: header.salt }
}

export async function writeIdentity(files: Files, dir: string, identity: Identity): Promise<void> {
  await writeSmall(files, dir, NAME, { ...identity, number: 0, epoch: 0, firstSeq: 0, previousEnd: 0 })
}

/** Where a journal ended that was closed in peace: all bytes up to there were durable. */
export interface CleanEnd {
  /** Of the last segment. */
  number: number
  end: number
  /** The last record's number: damage may have taken it. */
  lastSeq: number
}

/** Says that the journal was closed in peace; the next start takes the mark away before it writes. */
export async function writeCleanEnd(files: Files, dir: string, identity: Identity, clean: CleanEnd): Promise<void> {
  const { number, end, lastSeq } = clean
  await writeSmall(files, dir, CLEAN, { ...identity, number, epoch: 0, firstSeq: lastSeq + 1, previousEnd: end })
}

export async function readCleanEnd(files: Files, dir: string, { id }: Identity): Promise<CleanEnd | undefined> {
  const header = await readSmall(files, dir, CLEAN)
  if (header?.id !== id) return undefined
  return { number: header.number, end: header.previousEnd, lastSeq: header.firstSeq - 1 }
}

export async function removeCleanEnd(files: Files, dir: string): Promise<void> {
  if (!(await files.list(dir)).includes(CLEAN)) return
  await files.unlink(join(dir, CLEAN))
  await files.syncDir(dir)
}

async function readSmall(files: Files, dir: string, name: string): Promise<SegmentHeader | undefined> {
  if (!(await files.list(dir)).includes(name)) return undefined
  const file = await files.open(join(dir, name), 'read')
  try {
    const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES)
    await file.read(bytes, 0)
    const header = decodeSegmentHeader(bytes)
    return typeof header === 'string' ? undefined : header
  } finally {
    await file.close()
  }
}

async function writeSmall(files: Files, dir: string, name: string, header: SegmentHeader): Promise<void> {
  const path = join(dir, name)
  const file = await files.open(`${path}.tmp`, 'create')
  try {
    await file.write([encodeSegmentHeader(header)], 0)
    await file.datasync()
  } finally {
    await file.close()
  }
  await files.rename(`${path}.tmp`, path)
  await files.syncDir(dir)
}

export function newIdentity(): Identity {
  const salt = randomBytes(8)
  return {
    id: randomBytes(16).toString('hex'),
    // A zero marker would take a zeroed page for a record.
    salt: { marker: salt.readUInt32LE(0) || 1, seed: salt.readUInt32LE(4) },
  }
}
