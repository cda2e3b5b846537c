// The embedded engine, started by a test as a ClickHouse server of somebody else: for faults between a collector and its store.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, startEngine } from '../../../src/engine/supervise.ts'
import { systemClock } from '../../../src/telemetry/clock.ts'
import { createLog } from '../../../src/telemetry/log.ts'
import { createMetrics } from '../../../src/telemetry/metrics.ts'
import { RunningCollector } from '../../collector-process.ts'

export async function withServer<T>(use: (server: Engine) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'insights-server-'))
  const telemetry = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  const server = await startEngine({ dataDir, listen: '127.0.0.1:0', ...telemetry })
  try {
    return await use(server)
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

export const remoteEnv = (server: Engine, url = server.url): Record<string, string> => ({
  INSIGHTS_CLICKHOUSE_URL: url,
  INSIGHTS_CLICKHOUSE_USERNAME: server.username,
  INSIGHTS_CLICKHOUSE_PASSWORD: server.password,
})

/** The checker asks the server itself. */
export const readFrom =
  (server: Engine) =>
  ({ process, doors }: RunningCollector): RunningCollector =>
    new RunningCollector(process, { ...doors, clickhouse: server.url }, server.password)
