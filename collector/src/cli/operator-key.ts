// The data directory in; the key of whoever may read it out, which the collector that runs there knows.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Undefined when there is none, or not for us. */
export async function readOperatorKey(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, 'operator-key'), 'utf8')).trim()
  } catch {
    return undefined // the caller says what that means
  }
}
