// What a key is wished to be in; its text, to be shown once, and its record out.
import { randomBytes } from 'node:crypto'
import { InsightsError } from '../telemetry/errors.ts'
import { createKeyText, digestOf, shownPart } from './key-text.ts'
import type { KeyRecord, Rates, Scope } from './types.ts'

export interface KeyWish {
  name: string
  kind: 'secret' | 'public'
  scopes: readonly Scope[]
  origins: readonly string[]
  rates: Rates
  expiresMs: number | undefined
}

/** @throws InsightsError INSIGHTS_KEY_INVALID when the parts do not go together */
export function makeKey(project: string, wish: KeyWish, nowMs: number): { text: string; record: KeyRecord } {
  const wrong = problemOf(wish, nowMs)
  if (wrong !== undefined) throw new InsightsError('INSIGHTS_KEY_INVALID', `cannot make the key: ${wrong}`)
  const text = createKeyText(wish.kind)
  const record: KeyRecord = {
    ...wish,
    keyId: randomBytes(8).toString('hex'),
    project,
    scopes: [...new Set(wish.scopes)],
    origins: [...new Set(wish.origins)],
    prefix: shownPart(text),
    sha256: digestOf(text).toString('hex'),
    createdMs: nowMs,
    revokedMs: undefined,
  }
  return { text, record }
}

function problemOf({ kind, scopes, origins, expiresMs }: KeyWish, nowMs: number): string | undefined {
  if (scopes.length === 0) return 'it has no scope'
  if (kind === 'public' && scopes.some((scope) => scope !== 'ingest'))
    return 'everybody can read a public key out of the page, so ingest is all that it may be for'
  if (kind === 'secret' && origins.length > 0) return 'only a public key belongs into pages, so only one has origins'
  if (origins.includes('*')) return 'a page that may use it must be named: * is none'
  return expiresMs !== undefined && expiresMs <= nowMs ? 'it would have expired already' : undefined
}
