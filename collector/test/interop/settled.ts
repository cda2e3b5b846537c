// Waits until a collector has stored everything and its settler has nothing left to change.
import { eventually, type RunningCollector } from '../collector-process.ts'
import { drained } from '../drained.ts'

export async function settled(collector: RunningCollector, timeoutMs = 60_000): Promise<void> {
  await drained(collector, timeoutMs)
  const through = async () => {
    const text = await (await fetch(`${collector.doors.api}/metrics`)).text()
    return /^insights_settle_lag_seconds 0$/m.test(text) ? true : undefined
  }
  await eventually('the settler to be through', through, timeoutMs)
}
