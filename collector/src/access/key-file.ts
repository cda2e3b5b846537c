// Kept keys <-> a copy of them in the data directory, so that a restarted collector knows them while ClickHouse is away. Digests only.
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type KeyRecord, SCOPES } from './types.ts'

const FILE = 'keys.json'
const VERSION = 1

const rate = z.number().positive().optional()
const document = z.object({
  version: z.literal(VERSION),
  keys: z.array(
    z.object({
      keyId: z.string(),
      project: z.string(),
      name: z.string(),
      kind: z.enum(['secret', 'public']),
      prefix: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      scopes: z.array(z.enum(SCOPES)),
      origins: z.array(z.string()),
      rates: z.object({ bytesPerSecond: rate, spansPerSecond: rate, bytesPerMonth: rate, spansPerMonth: rate }),
      createdMs: z.number(),
      expiresMs: z.number().optional(),
      revokedMs: z.number().optional(),
    }),
  ),
})

/** Undefined when there is none. Throws when it cannot be read or is no copy of ours: then nobody knows which keys there are. */
export async function readKeyFile(dataDir: string): Promise<KeyRecord[] | undefined> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  })
  if (text === undefined) return undefined
  const { keys } = document.parse(JSON.parse(text))
  return keys.map((key) => ({ ...key, expiresMs: key.expiresMs, revokedMs: key.revokedMs }))
}

/** Replaces the copy. Whoever reads sees the old one or the new one, also after a power cut. */
export async function writeKeyFile(dataDir: string, keys: readonly KeyRecord[]): Promise<void> {
  await writePrivate(join(dataDir, FILE), JSON.stringify({ version: VERSION, keys }))
}

/** A file that its owner alone may read, put in place at once. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`
  // What a killed process left would keep its own mode.
  await rm(draft, { force: true })
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
