// Lock file path in, its release out. The lock is an fcntl lock that SQLite (in Node itself) takes on the file: the kernel drops it
// with the process, however that dies, so there is no stale lock to judge by pid, and it also holds between containers of one host.
import { constants } from 'node:fs'
import { chmod, open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { InsightsError } from '../telemetry/errors.ts'

/** Takes the lock at `path`, once per machine (a second taker in this process is refused too); throws INSIGHTS_DATA_DIR_LOCKED. */
export async function acquireLock(path: string): Promise<() => void> {
  await createPrivate(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw new InsightsError('INSIGHTS_DATA_DIR_LOCKED', `cannot lock ${path}: another collector holds it`, {
      cause,
      hint: 'stop the other collector, or give this one its own data directory',
    })
  }
  return () => database.close()
}

// Only a file that is not there yet may be opened here: closing any descriptor of a locked file drops this process's fcntl lock on it.
async function createPrivate(path: string): Promise<void> {
  try {
    const made = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600)
    await made.close()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    await chmod(path, 0o600)
  }
}
