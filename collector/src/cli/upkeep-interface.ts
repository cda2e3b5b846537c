// What the commands of upkeep see of dead letters, whoever does the work.

export interface DeadLetterFile {
  readonly file: string
  readonly table: string
  readonly batch_id: string
  readonly day: string
  readonly rows: number
  readonly errors: Readonly<Record<string, number>>
  readonly size_bytes: number
  readonly time: string
}

export interface ShownLetter {
  readonly row: number
  readonly error: string
  readonly code?: number | undefined
  readonly time: string
  readonly size_bytes: number
}

export interface ReplayResult {
  readonly file: string
  readonly replayed: number
  readonly refused: number
  readonly errors: Readonly<Record<string, number>>
}

/** Days as 2026-01-31, both included. */
export interface AuditRequest {
  readonly from: string
  readonly to: string
  readonly repair: boolean
}

export interface Finding {
  readonly reason: string
  readonly day: string
  readonly count: number
  readonly repaired: boolean
}

export interface AuditResult {
  readonly from: string
  readonly to: string
  readonly days: number
  /** Absent when no collector runs: its journal was not looked at. */
  readonly batches?: number | undefined
  readonly findings: readonly Finding[]
}

export interface EraseRequest {
  readonly project: string
  readonly subject: { readonly kind: 'user' | 'session' | 'trace'; readonly value: string }
  readonly dryRun: boolean
}

/** Where -> how many rows, requests or files there were and are. */
export interface EraseReceipt {
  readonly erasure_id?: string | undefined
  readonly project: string
  readonly time: string
  readonly subject_kind: string
  readonly subject_hash: string
  readonly traces: number
  readonly counts: Readonly<Record<string, { readonly before: number; readonly after: number }>>
}

export type OnDay = (day: string, done: number, total: number) => void

export interface UpkeepWork {
  audit(request: AuditRequest, onDay: OnDay): Promise<AuditResult>
  erase(request: EraseRequest): Promise<EraseReceipt>
  list(): Promise<readonly DeadLetterFile[]>
  show(file: string): Promise<readonly ShownLetter[]>
  replay(file: string): Promise<ReplayResult>
  /** @returns rows that were in it */
  drop(file: string): Promise<number>
}

/** What the application gives; its answers are read as those over HTTP are. */
export interface LocalUpkeep {
  readonly deadLetters: {
    list(): Promise<object[]>
    show(file: string): Promise<object[]>
    replay(file: string): Promise<object>
    drop(file: string): Promise<number>
  }
  audit(request: AuditRequest, onDay: OnDay, signal: AbortSignal): Promise<object>
  erase(request: EraseRequest): Promise<object>
}
