// The four numbers that every door keeps.
import type { Metrics } from '../telemetry/metrics.ts'
import type { Refusal } from './auth.ts'
import type { Budget } from './budget.ts'
import type { Signal } from './contract.ts'

export type DoorName = 'grpc' | 'http'

/** Why a request never reached the next stage. */
export type RefusalReason =
  | Refusal['reason']
  | 'path'
  | 'method'
  | 'content_type'
  | 'compression'
  | 'too_large'
  | 'busy'
  | 'unavailable'
  | 'corrupt'
  | 'aborted'
  | 'connections'
  | 'headers'
  | 'flood'
  | 'slow'

export interface DoorMetrics {
  /** A request that reached the next stage; `bytes` after decompression. */
  answered(signal: Signal, outcome: string, bytes: number): void
  refused(reason: RefusalReason): void
  /** Publishes the budget's fill; called when a request comes and goes. */
  inFlight(): void
}

export function createDoorMetrics(door: DoorName, metrics: Metrics, budget: Budget): DoorMetrics {
  const requests = metrics.counter('insights_receive_requests_total', 'Export requests answered', [
    'door',
    'signal',
    'outcome',
  ])
  const bytesTotal = metrics.counter('insights_receive_bytes_total', 'Bytes of export requests, decompressed', [
    'door',
    'signal',
  ])
  const refusals = metrics.counter('insights_receive_refused_total', 'Requests refused at the door', ['door', 'reason'])
  const inFlight = metrics.gauge('insights_receive_inflight_bytes', 'Bytes of requests that all doors hold')
  return {
    answered(signal, outcome, bytes) {
      requests.add(1, door, signal, outcome)
      bytesTotal.add(bytes, door, signal)
    },
    refused: (reason) => refusals.add(1, door, reason),
    inFlight: () => inFlight.set(budget.usedBytes),
  }
}
