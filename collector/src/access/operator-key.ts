// The data directory -> a key for whoever may read it: how commands on this machine reach a running collector without any other key.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivate } from './key-file.ts'
import { createKeyText } from './key-text.ts'

const FILE = 'operator-key'

/** A new one at each start: an old copy opens nothing. */
export async function createOperatorKey(dataDir: string): Promise<string> {
  const text = createKeyText('operator')
  await writePrivate(join(dataDir, FILE), `${text}\n`)
  return text
}

/** Undefined when no collector has run there, or it is not ours to read. */
export async function readOperatorKey(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, FILE), 'utf8')).trim()
  } catch {
    return undefined // then another key has to be shown
  }
}
