// What the query stage is given: one way to read, who may read, and what to say about the process.
import type { z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'

export interface SelectOptions {
  settings?: Record<string, string | number>
  /** Above this the server refuses rather than answer a part. */
  maxRows?: number
}

/**
 * Runs one read-only statement in the store's database with server-side parameters (`{name:Type}`).
 * Rejects with ClickHouse's error (`code` a numeric string, `type`), bare or as a cause; anything without such a code is a store that did not answer.
 */
export type Select = <Row>(sql: string, params: Record<string, unknown>, options?: SelectOptions) => Promise<Row[]>

export interface Health {
  live: boolean
  ready: boolean
  checks: Record<string, { ok: boolean; detail?: string }>
}

/** Addresses that the start page shows; absent = that door is off. */
export interface Doors {
  grpc?: string
  http?: string
  clickhouse?: string
}

/** A project's own prices: a document in the form of a prices file, and its version (0: there never was one). */
export interface PricesState {
  version: number
  prices: unknown[]
  aliases: unknown[]
}

/** What a model costs just now, as the price stage tells it. */
export interface FoundPrice {
  price_id: string
  rule: string
  reason: string
  levels: readonly { above_input_tokens?: number; per_million: Readonly<Record<string, string>> }[]
}

/** Prices as the API reads and changes them. */
export interface ProjectPrices {
  /** Of a document, for the description of the API. */
  schema: z.ZodObject
  get(project: string): Promise<PricesState>
  /** Rejects with INSIGHTS_PRICES_INVALID, or INSIGHTS_CONFLICT when another version than `ifVersion` is in force. */
  put(project: string, document: unknown, ifVersion: number | undefined): Promise<PricesState>
  find(project: string, names: { provider: string; model: string; serviceTier: string; atMs: number }): FoundPrice
}

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

export interface QueryDeps {
  select: Select
  /** Who asks; `undefined` = nobody that is known. Without keys everyone is project `default` and may do all. */
  auth(request: AuthRequest): Caller | Unknown | undefined
  health(): Health
  metrics: Metrics
  log: Log
  clock: Clock
  version: string
  /** Absent: no routes of prices. */
  prices?: ProjectPrices
  /** Absent: no routes of keys. */
  keys?: ProjectKeys
  /** Asked at each view of the start page, since doors open after each other. */
  doors?: () => Doors
  /** Which Host headers are served; absent: all. */
  servesHost?: (host: string) => boolean
  /** Pages of other origins that may call; absent: none. */
  allowsOrigin?: (origin: string) => boolean
}

export interface AuthRequest {
  headers: Headers
  /** Names in the client certificate of the connection, when one was verified. */
  certificateNames: readonly string[] | undefined
}
