// A key in, the project it belongs to out. Keys are kept only as SHA-256 and compared in constant time.
import { hash, timingSafeEqual } from 'node:crypto'

/** The two places where a client may put its key. */
export interface Credentials {
  authorization: string | undefined
  apiKey: string | undefined
}

export interface Auth {
  /** @returns the project, or undefined when the request must be refused */
  projectOf(credentials: Credentials): string | undefined
  /** The same for a bare key (the event wire sends it in the body). */
  projectOfKey(key: string | undefined): string | undefined
}

export const DEFAULT_PROJECT = 'default'

interface KnownKey {
  digest: Buffer
  project: string
}

/** @param options.keys none = everyone is let in, as project `default` */
export function createAuth(options: { keys: readonly { project: string; key: string }[] }): Auth {
  // Looking the digest up first leaks nothing useful: who can choose a digest already knows the key.
  const known = new Map<string, KnownKey>()
  for (const { project, key } of options.keys) {
    const digest = sha256(key)
    known.set(digest.toString('hex'), { digest, project })
  }
  const open = known.size === 0
  const projectOfKey = (key: string | undefined): string | undefined => {
    if (open) return DEFAULT_PROJECT
    if (key === undefined || key === '') return undefined
    const digest = sha256(key)
    const found = known.get(digest.toString('hex'))
    return found !== undefined && timingSafeEqual(found.digest, digest) ? found.project : undefined
  }
  return {
    projectOfKey,
    projectOf: (credentials) => (open ? DEFAULT_PROJECT : projectOfKey(bearer(credentials) ?? credentials.apiKey)),
  }
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer')

function bearer({ authorization }: Credentials): string | undefined {
  if (authorization === undefined) return undefined
  const match = /^bearer +(\S+) *$/i.exec(authorization)
  return match?.[1]
}
