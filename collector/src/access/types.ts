// What is known of a key, what it allows, and what becomes of a request that shows it.
import type { KeyKind } from './key-text.ts'

export const SCOPES = ['ingest', 'read', 'admin'] as const

/** ingest: send. read: query. admin: change what the project is set to: its keys, its prices. None implies another. */
export type Scope = (typeof SCOPES)[number]

/** What may be sent; undefined = no limit of this kind. Bytes are counted after decompression. */
export interface Rates {
  readonly bytesPerSecond?: number | undefined
  readonly spansPerSecond?: number | undefined
  readonly bytesPerMonth?: number | undefined
  readonly spansPerMonth?: number | undefined
}

/** One key as it is kept: everything but its text. */
export interface KeyRecord {
  readonly keyId: string
  readonly project: string
  readonly name: string
  readonly kind: Exclude<KeyKind, 'operator'>
  /** What may be shown of its text. */
  readonly prefix: string
  /** Hex. */
  readonly sha256: string
  readonly scopes: readonly Scope[]
  /** Origins of the pages that may use a public key. */
  readonly origins: readonly string[]
  readonly rates: Rates
  readonly createdMs: number
  readonly expiresMs: number | undefined
  readonly revokedMs: number | undefined
}

/** What a shown key, a certificate, or nobody at all in an open installation, allows. */
export interface Grant {
  /** Of the key; '' when no key was needed. */
  readonly keyId: string
  readonly project: string
  readonly scopes: ReadonlySet<Scope>
  readonly isPublic: boolean
  /** A browser shows it by itself: nobody's grant, a certificate's. */
  readonly isAmbient: boolean
  readonly origins: ReadonlySet<string>
  readonly rates: Rates
}
