// What the query stage is told of who asks, and of the keys that let them in.

/** What a key may be used for. */
export type Scope = 'ingest' | 'read' | 'admin'

/** Who asks: the project is the only one whose rows it sees. */
export interface Caller {
  project: string
  scopes: ReadonlySet<Scope>
}

/** Why it is not known who asks. */
export interface Unknown {
  status: 'unauthenticated' | 'unavailable'
  message: string
}

/** What may be sent with a key; undefined = as configured for all. */
export interface KeyRates {
  bytesPerSecond?: number | undefined
  spansPerSecond?: number | undefined
  bytesPerMonth?: number | undefined
  spansPerMonth?: number | undefined
}

export interface KeyWish {
  name: string
  kind: 'secret' | 'public'
  scopes: readonly Scope[]
  origins: readonly string[]
  rates: KeyRates
  expiresMs: number | undefined
}

/** A key without its text, which nobody has but who was given it. */
export interface KeyState extends KeyWish {
  keyId: string
  prefix: string
  createdMs: number
  revokedMs: number | undefined
  /** To half a minute; undefined = never. */
  lastUsedMs: number | undefined
  /** Sent this month. */
  month: { bytes: number; spans: number }
}

export interface ProjectKeys {
  list(project: string): Promise<readonly KeyState[]>
  /** Rejects with INSIGHTS_KEY_INVALID. `key` is the text, told this once. */
  create(project: string, wish: KeyWish): Promise<KeyState & { key: string }>
  /** In force everywhere within seconds. @returns undefined when the project has no such key */
  revoke(project: string, keyId: string): Promise<KeyState | undefined>
}

export interface AuthRequest {
  headers: Headers
  /** Names in the client certificate of the connection, when one was verified. */
  certificateNames: readonly string[] | undefined
}

/** Why what is sent is not taken. `retryAfterMs` present: the same may pass later. */
export interface NotTaken {
  status: 'unauthenticated' | 'forbidden' | 'exhausted' | 'unavailable'
  message: string
  retryAfterMs?: number
}

/** A request that may send, and what it takes of the rates and quotas of its key and project. */
export interface Sending {
  status: 'admitted'
  /** Smaller than the route's own limit, when set. */
  maxBodyBytes: number | undefined
  reserve(bytes: number): NotTaken | undefined
  /** Once, when it is answered: what it really was. */
  settle(totals: { bytes: number; spans: number }): void
}

/** @param origin of a page that is not this API's own */
export type AdmitSending = (request: AuthRequest & { origin: string | undefined }) => Sending | NotTaken
