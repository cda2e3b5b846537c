// A HanzoInsights that sends to a server of the test, and a global OpenTelemetry as fresh as at the start of a process.
import { context, trace } from '@opentelemetry/api'
import { HanzoInsights, type HanzoInsightsOptions } from '../src/index.ts'
import { type OtlpServer, startOtlpServer } from './otlp-server.ts'

export interface TestSdk {
  insights: HanzoInsights
  server: OtlpServer
  /** Sends what there is, and ends everything. */
  close(): Promise<void>
}

export async function openSdk(
  options: HanzoInsightsOptions = {},
  answer?: Parameters<typeof startOtlpServer>[0],
): Promise<TestSdk> {
  const server = await startOtlpServer(answer)
  const insights = new HanzoInsights({ host: server.url, scheduledDelayMs: 60_000, timeoutMs: 3000, ...options })
  return {
    insights,
    server,
    async close() {
      await insights.shutdown()
      await server.close()
      trace.disable()
      context.disable()
    },
  }
}
