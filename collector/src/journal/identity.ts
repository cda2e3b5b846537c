// The journal directory in, who the journal is out: its id and the salt of its records, in a small file of their own.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Files } from './files.ts'
import { decodeSegmentHeader, encodeSegmentHeader, type Identity, SEGMENT_HEADER_BYTES } from './format.ts'

const NAME = 'identity'

/** The identity file has the form of a segment header (magic, version, CRC) with number 0. Undefined when missing or damaged. */
export async function readIdentity(files: Files, dir: string): Promise<Identity | undefined> {
  if (!(await files.list(dir)).includes(NAME)) return undefined
  const file = await files.open(join(dir, NAME), 'read')
  try {
    const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES)
    await file.read(bytes, 0)
    const header = decodeSegmentHeader(bytes)
    return typeof header === 'string' ? undefined : { id: header.id, salt: header.salt }
  } finally {
    await file.close()
  }
}

export async function writeIdentity(files: Files, dir: string, identity: Identity): Promise<void> {
  const path = join(dir, NAME)
  const file = await files.open(`${path}.tmp`, 'create')
  try {
    const empty = { number: 0, epoch: 0, firstSeq: 0, previousEnd: 0 }
    await file.write([encodeSegmentHeader({ ...identity, ...empty })], 0)
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
