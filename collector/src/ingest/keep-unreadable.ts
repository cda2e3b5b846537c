// A request on some record of which our own code threw -> a copy in the dead-letter folder, for whoever mends the code.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Enough to find a defect; a sender must not fill the disk with copies. */
const MAX_COPIES = 100
const PREFIX = 'request-'

export interface UnreadableRequest {
  journalId: string
  seq: number
  bytes: Uint8Array
}

export type KeepUnreadable = (request: UnreadableRequest) => Promise<string | undefined>

/** Writes `<dataDir>/dead-letter/request-<journal>-<number>.otlp` and gives its path; undefined when there are a hundred already. */
export function createKeepUnreadable(dataDir: string): KeepUnreadable {
  const directory = join(dataDir, 'dead-letter')
  return async ({ journalId, seq, bytes }) => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const kept = (await readdir(directory)).filter((name) => name.startsWith(PREFIX))
    if (kept.length >= MAX_COPIES) return undefined
    const path = join(directory, `${PREFIX}${journalId}-${seq}.otlp`)
    await writeFile(path, bytes, { mode: 0o600 })
    return path
  }
}
