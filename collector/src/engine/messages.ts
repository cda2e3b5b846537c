// What parent and engine child say to each other over the IPC channel. The password travels here, not in argv or the environment.
import type { EngineLimits } from './server-config.ts'

/** Who may ask, and how often at once. */
export interface DoorGuard {
  isLoopback: boolean
  allowedHosts: readonly string[]
  maxConnections: number
  maxConnectionsPerAddress: number
}

/** PEM texts. With `ca`, clients show a certificate that it signed; unless `isClientOptional`, all of them must. */
export interface OuterListener {
  host: string
  port: number
  tls: { cert: string; key: string; ca?: string; isClientOptional?: boolean }
}

/** The parent's first message: everything the child needs. */
export interface StartMessage {
  type: 'start'
  engineDir: string
  lockFile: string
  lockWaitMs: number
  configFile: string
  host: string
  port: number
  /** A second listener with TLS, for others than the collector. */
  outer?: OuterListener
  guard: DoorGuard
  username: string
  password: string
  limits: EngineLimits
}

/** Finish what runs (at most `drainMs`), close the engine, exit 0. */
export interface StopMessage {
  type: 'stop'
  drainMs: number
}

export type ParentMessage = StartMessage | StopMessage

export type StartFailure = 'INSIGHTS_DATA_DIR_LOCKED' | 'INSIGHTS_ENGINE_START' | 'INSIGHTS_LISTEN'

export type ChildMessage =
  | { type: 'ready'; port: number; outerPort?: number; version: string }
  | { type: 'failed'; code: StartFailure; message: string }

/** Both ends run the same files, so the tag is the whole check. */
export function isMessage<T extends { type: string }>(value: unknown): value is T {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
