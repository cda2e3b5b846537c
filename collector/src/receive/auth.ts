// What a door asks about a request before it reads it, and what it is told. Who answers is passed in: a door knows no key.

/** What a request shows of itself. */
export interface Credentials {
  authorization: string | undefined
  apiKey: string | undefined
  /** Of the page for which a browser sends. */
  origin: string | undefined
  /** Names in a client certificate that was verified. */
  certificateNames: readonly string[] | undefined
}

/** Why a request is not let in. `reason` is what it is counted under. */
export type Refusal =
  | { status: 'unauthenticated'; reason: 'auth'; message: string }
  | { status: 'forbidden'; reason: 'scope' | 'origin'; message: string }
  | { status: 'exhausted'; reason: 'rate' | 'quota'; message: string; retryAfterMs?: number }
  | { status: 'unavailable'; reason: 'starting'; message: string; retryAfterMs: number }

/** A request that may send, and its account. */
export interface Sender {
  status: 'admitted'
  project: string
  /** Smaller than the door's own limit, when set. */
  maxBodyBytes: number | undefined
  /** Before the body is read, with what its head declares. */
  reserve(bytes: number): Refusal | undefined
  /** Once it is done with, with what it really was; never refused, and counts only the first time. */
  settle(totals: { bytes: number; spans: number }): void
}

export interface Auth {
  admit(credentials: Credentials): Sender | Refusal
  /** Whether pages of this origin may ask at all: a preflight shows no key. */
  allowsOrigin(origin: string): boolean
}
