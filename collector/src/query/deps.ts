// What the query stage is given: one way to read, who may read, and what to say about the process.
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

export interface QueryDeps {
  select: Select
  /** The project whose rows the caller may read; undefined = refused. Without configured keys everyone is project `default`. */
  auth(headers: Headers): { project: string } | undefined
  health(): Health
  metrics: Metrics
  log: Log
  clock: Clock
  version: string
  /** Asked at each view of the start page, since doors open after each other. */
  doors?: () => Doors
  /** Set when only this machine can connect: then a Host that is not this machine is a rebound DNS name and refused. */
  loopbackOnly?: boolean
}
