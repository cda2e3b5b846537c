// Waits until a collector has stored everything that it took.
import { eventually, type RunningCollector } from './collector-process.ts'

interface Status {
  checks: { ingest: { detail: string } }
}

/** Above the longest wait of a batch for company, so that an open one shows up as waiting in between. */
const QUIET_MS = 1_000

/** Resolves when every batch is stored: none has been on its way for a while. */
export async function drained(collector: RunningCollector, timeoutMs = 60_000): Promise<void> {
  let quietSince: number | undefined
  await eventually(
    'the collector to have stored everything',
    async () => {
      const { checks } = await collector.api<Status>('/readyz')
      if (!checks.ingest.detail.startsWith('0 batches')) quietSince = undefined
      else quietSince ??= performance.now()
      return quietSince !== undefined && performance.now() - quietSince > QUIET_MS ? true : undefined
    },
    timeoutMs,
  )
}
