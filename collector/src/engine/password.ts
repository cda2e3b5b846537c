// The data directory -> a secret of it, such as the engine's password: made at the first start and readable by the owner only.
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'engine-password'

/** 32 random bytes as base64url, kept in `dataDir/engine-password` (mode 0600) so that Grafana's settings outlive restarts. */
export async function loadOrCreatePassword(dataDir: string, file = FILE): Promise<string> {
  const path = join(dataDir, file)
  const known = await readOrUndefined(path)
  if (known) return known
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Written aside and linked: a reader never sees half a password, and of two first starts one wins.
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    await link(draft, path)
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readOrUndefined(path)
  if (!made) throw new Error(`${path} is empty`)
  return made
}

async function readOrUndefined(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code
