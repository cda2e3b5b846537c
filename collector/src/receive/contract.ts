// What a door and the next stage agree on: a door turns bytes of the network into ExportRequest and an Outcome into a reply.
import type { ConnectionLimits } from '../net/connections.ts'
import type { TlsFiles } from '../net/tls.ts'
import type { Clock } from '../telemetry/clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Auth } from './auth.ts'
import type { Budget } from './budget.ts'

export type Signal = 'traces' | 'logs' | 'metrics'
export type Encoding = 'protobuf' | 'json'
export const SIGNALS: readonly Signal[] = ['traces', 'logs', 'metrics']

/** One OTLP export request, authenticated, bounded and decompressed, not yet decoded. */
export interface ExportRequest {
  project: string
  signal: Signal
  encoding: Encoding
  /** Unchanged until `accept` has settled; the door frees the memory or uses it again after that. */
  bytes: Uint8Array
}

/**
 * What became of a request. `stored` with `rejected` 0 and a message is a warning; `message` '' means fully accepted.
 * `records` were kept, which counts against the sender's rate. `exhausted` without `retryAfterMs` must not be retried by the client.
 */
export type Outcome =
  | { status: 'stored'; rejected: number; message: string; records?: number }
  | { status: 'invalid'; message: string; field?: string }
  | { status: 'unavailable'; message: string; retryAfterMs: number }
  | { status: 'exhausted'; message: string; retryAfterMs?: number }
  | { status: 'forbidden'; message: string }

/** Resolves once the request is durable or refused. A thrown retryable error becomes `unavailable`. */
export type Accept = (request: ExportRequest) => Promise<Outcome>

/** Ends a door: stops taking requests, lets those in flight finish until the deadline, then cuts them. */
export interface Door {
  /** host:port really bound */
  address: string
  stop(deadlineMs: number): Promise<void>
}

export interface DoorOptions {
  /** host:port; port 0 picks a free one */
  listen: string
  accept: Accept
  /** Why nothing can be kept just now, asked before a body is read; undefined = it can. */
  refuses?: () => Extract<Outcome, { status: 'unavailable' }> | undefined
  auth: Auth
  limits: {
    /** Largest body or message, before and after decompression. */
    maxBodyBytes: number
    /** Bytes of requests in flight, shared by all doors. */
    budget: Budget
    /** Of this door alone; absent: as many as the system lets in. */
    connections?: ConnectionLimits
  }
  log: Log
  metrics: Metrics
  clock: Clock
  tls?: TlsFiles
}
