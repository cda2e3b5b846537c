// A file path -> an exclusive lock that the kernel frees when this process dies in any way.
// SQLite is here for its file lock alone: Node has no flock, and a pid file is wrong after a crash or in a container.
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

/** Held until released or collected as garbage: keep a reference. */
export interface DataDirLock {
  release(): void
}

/** Blocks up to `waitMs` (an orphan engine of a killed collector needs a moment to die). Answers undefined when another process holds it. */
export function lockDataDir(path: string, waitMs: number): DataDirLock | undefined {
  const file = new DatabaseSync(path, { timeout: waitMs })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    file.close()
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY) return undefined
    throw cause
  }
  return { release: () => file.close() }
}
