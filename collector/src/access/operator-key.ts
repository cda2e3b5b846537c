// The data directory -> a key for whoever may read it: how commands on this machine reach a running collector without any other key.
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
