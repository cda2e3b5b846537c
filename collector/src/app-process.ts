// What every part of the wiring shares: the configuration and the process's own log, metrics and clock.
import type { ListenAddress } from './config/kinds.ts'
import { formatAddress } from './config/kinds.ts'
import type { Config } from './config/schema.ts'
import { type Clock, systemClock } from './telemetry/clock.ts'
import { createLog, type Log } from './telemetry/log.ts'
import { createMetrics, type Metrics } from './telemetry/metrics.ts'

export interface Process {
  config: Config
  log: Log
  metrics: Metrics
  clock: Clock
}

export function createProcess(config: Config): Process {
  return { config, log: createLog(config.logLevel), metrics: createMetrics(), clock: systemClock }
}

/** The telemetry of one stage, named in its log lines. */
export function stageOf({ log, metrics, clock }: Process, stage: string): Pick<Process, 'log' | 'metrics' | 'clock'> {
  return { log: log.child({ stage }), metrics, clock }
}

export const listenText = (address: ListenAddress): string => formatAddress(address.host, address.port)

/** Of one door. */
export const connectionsOf = ({ limits }: Config) => ({
  max: limits.maxConnections,
  maxPerAddress: limits.maxConnectionsPerAddress,
})
