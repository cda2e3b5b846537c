// What the query stage is given: one way to read, who may read, and what to say about the process.
import type { z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { AdmitSending, AuthRequest, Caller, ProjectKeys, Unknown } from './access-deps.ts'
import type { Json, Row } from './column.ts'
import type { ExplainedSpan } from './explain-schema.ts'
import type { ProjectScores } from './score-deps.ts'
import type { ProjectSettings } from './settings-route.ts'

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

/** As Select, with the result as a file in a format of ClickHouse's. */
export type SelectFile = (
  sql: string,
  params: Record<string, unknown>,
  options: { format: 'Parquet'; settings: Record<string, string | number> },
) => Promise<Uint8Array>

/** A result with the names and types of its columns; rows are in the order of the columns. */
export interface SqlResult {
  columns: readonly { name: string; type: string }[]
  rows: readonly (readonly Json[])[]
}

/** As Select, for SQL of which nobody knows the columns before. `signal`: the asker has left. */
export type SelectSql = (
  sql: string,
  params: Record<string, unknown>,
  options: { project: string; settings: Record<string, string | number>; timeoutMs: number; signal: AbortSignal },
) => Promise<SqlResult>

/** How much of the store the SQL of users may take, all of it together. */
export interface SqlLimits {
  concurrency: number
  maxSeconds: number
  maxRows: number
  maxMemoryBytes: number
  maxRowsToRead: number
  maxThreads: number
}

/** What POST /sql runs with. */
export interface SqlDeps {
  selectSql: SelectSql
  limits: SqlLimits
  /**
   * 1: the server lets the statement change no setting and open no file, as the embedded engine needs. 2: for a user of the server's own whom
   * its profile restrains already, and who may not change this.
   */
  readonly: 1 | 2
}

export interface Health {
  live: boolean
  ready: boolean
  checks: Record<string, { ok: boolean; detail?: string }>
}

/** Addresses that the dashboard shows; absent = that door is off. */
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

/** How rows come about. */
export interface Explainer {
  /** Columns of spans_v1 that `stored` wants. */
  readonly columns: readonly string[]
  readonly maxBytes: number
  /** @param settled reason of the last settlement of the span; '' when there was none */
  stored(row: Row, settled: string): ExplainedSpan
  /** Of OTLP/JSON. @throws InsightsError INSIGHTS_REQUEST_INVALID */
  sent(project: string, body: Uint8Array): ExplainedSpan[]
}

/** What only the operator of the collector may do: whoever can read a file of its data directory. */
export interface Operator {
  /** Content of that file. */
  readonly key: string
  /** Days as 2026-01-31, both included. @param signal aborted: it ends after the day in hand */
  reprice(
    request: { from: string; to: string; project: string | undefined; dryRun: boolean },
    onDay: (day: object, done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<object>
}

/** Where the spans and log records of a trace are. */
export interface TraceWhereabouts {
  stored: readonly {
    table: string
    day: string
    batch_id: string
    rows: number
    first_received: string
    last_received: string
  }[]
  dead_letters: readonly { file: string; table: string; row: number; error: string; time: string }[]
  /** In the journal; absent when no collector runs. */
  pending?: { requests: number; first_received?: string; last_received?: string; complete: boolean }
}

/** Taken in, and not in the ledger of the store yet. */
export interface PendingRecords {
  minute: string
  signal: string
  records: number
}

/** What the operator does about what the store would not take. Rejects with INSIGHTS_NOT_FOUND when there is no such file. */
/** Days as 2026-01-31, both included. */
export interface AuditRequest {
  from: string
  to: string
  repair: boolean
}

export interface EraseRequest {
  project: string
  subject: { kind: 'user' | 'session' | 'trace'; value: string }
  /** Only count. */
  dryRun: boolean
}

/** What was there and what is: where -> rows, requests or files. It does not tell of whom. */
export interface EraseReceipt {
  /** Absent: nothing was to be changed. */
  erasure_id?: string
  project: string
  time: string
  subject_kind: string
  /** Keyed. */
  subject_hash: string
  traces: number
  counts: Record<string, { before: number; after: number }>
}

export interface Upkeep {
  /** As `Operator.key`. */
  readonly key: string
  readonly deadLetters: {
    list(): Promise<object[]>
    show(file: string): Promise<object[]>
    replay(file: string): Promise<object>
    /** @returns rows that were in it */
    drop(file: string): Promise<number>
  }
  /** @param signal aborted: it ends after the step in hand */
  audit(
    request: AuditRequest,
    onDay: (day: string, done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<object>
  erase(request: EraseRequest): Promise<EraseReceipt>
}

export interface QueryDeps {
  select: Select
  /** Absent: no export as Parquet. */
  selectFile?: SelectFile
  /** Who asks; `undefined` = nobody that is known. Without keys everyone is project `default` and may do all. */
  auth(request: AuthRequest): Caller | Unknown | undefined
  health(): Health
  metrics: Metrics
  log: Log
  clock: Clock
  version: string
  /** Absent: no route for SQL of users. */
  sql?: SqlDeps
  /** Absent: no routes of prices. */
  prices?: ProjectPrices
  /** Absent: no routes that explain. */
  explainer?: Explainer
  /** Absent: no routes for operators. */
  operator?: Operator
  /** Absent: no routes for dead letters. */
  upkeep?: Upkeep
  /** Absent: no routes for where a trace is, and for the ledger. */
  where?: (project: string, traceId: string) => Promise<TraceWhereabouts>
  /** Absent: nobody knows. */
  pending?: ((project: string) => PendingRecords[]) | undefined
  /** Absent: no routes of keys. */
  keys?: ProjectKeys
  /** Absent: no route that tells them. */
  settings?: (project: string) => ProjectSettings
  /** Absent: scores are only read. */
  scores?: ProjectScores
  /** What sends passes here too; absent: whoever has the scope sends as much as they like. */
  admitSending?: AdmitSending
  /** Folder of the built dashboard; absent: a page that says so. */
  dashboardDir?: string
  /** Asked each time, since doors open after each other. */
  doors?: () => Doors
  /** Whether metrics by project are for whoever shows these headers; absent: they are. */
  seesProjects?: (headers: Headers) => boolean
  /** Which Host headers are served; absent: all. */
  servesHost?: (host: string) => boolean
  /** Pages of other origins that may call; absent: none. */
  allowsOrigin?: (origin: string) => boolean
}
