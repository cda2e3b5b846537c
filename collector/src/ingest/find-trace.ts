// A trace id in; the requests of the journal that name it and that the store does not have yet, out. Reads the journal, so it is bounded in time.
import type { Clock } from '../telemetry/clock.ts'
import type { JournalRecord } from './types.ts'

export interface PendingTrace {
  /** Requests with a span or log record of the trace. */
  requests: number
  first_received?: string
  last_received?: string
  /** False when there was more to read than time: there may be more. */
  complete: boolean
}

export interface FindTraceDeps {
  journal: {
    owed(): readonly { first: number; last: number }[]
    read(first: number, last: number): AsyncIterable<JournalRecord>
  }
  clock: Clock
}

const MAX_MS = 10_000

/** @param traceId 32 hex digits; a request that names the trace in a link only is counted too */
export async function findPending(
  { journal, clock }: FindTraceDeps,
  project: string,
  traceId: string,
): Promise<PendingTrace> {
  const bytes = Buffer.from(traceId, 'hex')
  const end = clock.monotonicMs() + MAX_MS
  const times: number[] = []
  let complete = true
  search: for (const { first, last } of journal.owed()) {
    for await (const record of journal.read(first, last)) {
      if (record.project === project && includes(record.bytes, bytes)) times.push(record.receivedMs)
      if (clock.monotonicMs() > end) {
        complete = false
        break search
      }
    }
  }
  if (times.length === 0) return { requests: 0, complete }
  const at = (ms: number): string => new Date(ms).toISOString()
  // numbers go up with time, clocks do not always
  const first = times.reduce((a, b) => Math.min(a, b))
  const last = times.reduce((a, b) => Math.max(a, b))
  return { requests: times.length, first_received: at(first), last_received: at(last), complete }
}

const includes = (bytes: Uint8Array, wanted: Buffer): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(wanted)
