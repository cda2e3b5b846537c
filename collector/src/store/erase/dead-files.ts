// A subject in; its rows gone from the dead-letter folder and its bytes from copies of requests and from the journal's quarantine, counted, out.
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from '../dead-letter.ts'
import { readNativeRow } from '../native-row.ts'
import { framed, mentions, type Sought } from './mentions.ts'

export interface Counts {
  before: number
  after: number
}

export interface DeadCounts {
  /** Rows. */
  dead_letters: Counts
  /** Whole files: copies of requests, and places of the journal that could not be read. */
  copies: Counts
}

export interface DeadScope extends Sought {
  project: string
}

/** Relative to the data directory. */
const FOLDERS = ['dead-letter', 'dead-letter/done', 'journal/quarantine']

/** Rows in JSON lines go one by one; what is no such file goes as a whole when it speaks of the subject. */
export async function eraseDeadFiles(dataDir: string, scope: DeadScope, dryRun = false): Promise<DeadCounts> {
  const counts: DeadCounts = { dead_letters: { before: 0, after: 0 }, copies: { before: 0, after: 0 } }
  for (const folder of FOLDERS) {
    const directory = join(dataDir, folder)
    let changed = false
    for (const name of await namesIn(directory)) {
      const path = join(directory, name)
      const lines = name.endsWith('.jsonl')
      const found = lines ? await thinLines(path, scope, dryRun) : await dropWhole(path, scope, dryRun)
      const count = lines ? counts.dead_letters : counts.copies
      count.before += found
      if (dryRun) count.after += found
      else changed ||= found > 0
    }
    if (changed) await syncDirectory(directory)
  }
  return counts
}

async function namesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

async function thinLines(path: string, scope: DeadScope, dryRun: boolean): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  const kept = lines.filter((line) => !isTheirs(line, scope))
  if (kept.length === lines.length || dryRun) return lines.length - kept.length
  if (kept.length === 0) await rm(path)
  else {
    const file = await open(`${path}.tmp`, 'w', 0o600)
    try {
      await file.writeFile(kept.map((line) => `${line}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.tmp`, path)
  }
  return lines.length - kept.length
}

function isTheirs(line: string, { project, subject, traces }: DeadScope): boolean {
  try {
    const letter: unknown = JSON.parse(line)
    const native = typeof letter === 'object' && letter !== null && 'native' in letter ? String(letter.native) : ''
    const block = Buffer.from(native, 'base64')
    const row = readNativeRow(block)
    const text = (name: string, encoding: BufferEncoding): string => Buffer.from(row.get(name) ?? []).toString(encoding)
    if (text('project_id', 'utf8') !== project) return false
    if (traces.has(text('trace_id', 'hex'))) return true
    if (subject.kind === 'trace') return false
    if (row.has(`${subject.kind}_id`)) return text(`${subject.kind}_id`, 'utf8') === subject.value
    // Of a log event the attributes tell it.
    return block.includes(framed(undefined, subject.value))
  } catch {
    return false // nobody could read it, so nobody can say whose it is
  }
}

async function dropWhole(path: string, scope: DeadScope, dryRun: boolean): Promise<number> {
  if (!mentions(await readFile(path), scope)) return 0
  if (!dryRun) await rm(path)
  return 1
}
