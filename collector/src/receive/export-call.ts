// Wire bytes of one admitted request in, its outcome out: inflates, hands over, turns errors into outcomes, counts.
import { InsightsError } from '../telemetry/errors.ts'
import type { Sender } from './auth.ts'
import type { Lease } from './budget.ts'
import type { Accept, DoorOptions, Encoding, Outcome, Signal } from './contract.ts'
import type { DoorMetrics } from './door-metrics.ts'
import { type Compression, freeInflated, inflate } from './inflate.ts'
import { busy, type Failure, toFailure, tooLarge } from './status.ts'

/** A request that passed the door's checks. `lease` already holds the wire bytes and is released here, the sender's account settled. */
export interface ExportCall {
  sender: Sender
  signal: Signal
  encoding: Encoding
  compression: Compression
  bytes: Uint8Array
  lease: Lease
}

/** `failure` undefined = stored. */
export interface ExportResult {
  rejected: number
  message: string
  failure: Failure | undefined
}

export type RunExport = (call: ExportCall) => Promise<ExportResult>

const STORED: ExportResult = { rejected: 0, message: '', failure: undefined }
const FAILED_RETRY_MS = 1000
const LOG_INTERVAL_MS = 10_000

export function createExportRunner(options: DoorOptions, doorMetrics: DoorMetrics): RunExport {
  const { limits } = options
  const accept = guardAccept(options)
  return async (call) => {
    const { lease, sender } = call
    doorMetrics.inFlight()
    let bytes = call.bytes.length
    let spans = 0
    try {
      const limitBytes = bodyLimit(sender, limits.maxBodyBytes)
      const inflated = await inflate(call.bytes, call.compression, { limitBytes, lease })
      if (inflated.status !== 'ok') {
        doorMetrics.refused(inflated.status)
        return refused(inflateFailure(inflated.status, call.compression, limitBytes))
      }
      bytes = inflated.bytes.length
      const { signal, encoding } = call
      const outcome = await accept({ project: sender.project, signal, encoding, bytes: inflated.bytes })
      doorMetrics.answered(signal, outcome.status, bytes)
      // What was not kept for our sake costs the sender nothing: it comes again.
      if (outcome.status === 'unavailable') bytes = 0
      if (outcome.status === 'stored') spans = outcome.records ?? 0
      freeInflated(inflated.bytes, call.bytes)
      return toResult(outcome)
    } finally {
      sender.settle({ bytes, spans })
      lease.release()
      doorMetrics.inFlight()
    }
  }
}

/** The smaller of the door's limit and the sender's. */
export const bodyLimit = ({ maxBodyBytes }: Sender, doorBytes: number): number =>
  Math.min(doorBytes, maxBodyBytes ?? doorBytes)

const refused = (failure: Failure): ExportResult => ({ rejected: 0, message: '', failure })

function toResult(outcome: Outcome): ExportResult {
  if (outcome.status !== 'stored') return refused(toFailure(outcome))
  if (outcome.rejected === 0 && outcome.message === '') return STORED
  return { rejected: outcome.rejected, message: outcome.message, failure: undefined }
}

function inflateFailure(
  status: 'too_large' | 'busy' | 'corrupt',
  compression: Compression,
  limitBytes: number,
): Failure {
  if (status === 'too_large') return tooLarge(limitBytes)
  if (status === 'busy') return busy()
  return toFailure({ status: 'invalid', message: `cannot decompress the request: it is not valid ${compression}` })
}

/**
 * The next stage should answer, not throw. If it throws, nothing was stored, so the client is asked to try again:
 * an internal error would make it drop the data.
 */
export function guardAccept({ accept, log, clock }: Pick<DoorOptions, 'accept' | 'log' | 'clock'>): Accept {
  let lastLogMs = Number.NEGATIVE_INFINITY
  return async (request) => {
    try {
      return await accept(request)
    } catch (error) {
      if (error instanceof InsightsError && error.code === 'INSIGHTS_REQUEST_INVALID') {
        return { status: 'invalid', message: error.message }
      }
      const nowMs = clock.monotonicMs()
      if (nowMs - lastLogMs >= LOG_INTERVAL_MS) {
        lastLogMs = nowMs
        log.error({ err: error }, 'cannot take export requests: the next stage failed')
      }
      return { status: 'unavailable', message: 'cannot store the request now', retryAfterMs: FAILED_RETRY_MS }
    }
  }
}
