// F12: a collector of 512 MiB under four times the load that it can carry, over HTTP and gRPC, large and small, plain and gzip.
import { readFile } from 'node:fs/promises'
import { CollectorProcess, eventually, type RunningCollector, withDataDir } from '../../collector-process.ts'
import { enginePid } from '../../engine-child.ts'
import { settled } from '../../interop/settled.ts'
import { rollupsEqual } from '../accounts.ts'
import { createFlood, type Flood } from '../flood/flood.ts'
import { grpcSender, httpSender } from '../flood/senders.ts'
import type { FaultOptions, FaultReport, FaultScenario } from '../scenario.ts'

const LIMIT_BYTES = 512 << 20
/** What the resident memory of the collector's process may come to at its peak. */
const TOLERANCE = 1.1
const TIMES_CAPACITY = 4
const JOURNAL_BYTES = 128 << 20
const CALIBRATE_MS = 2_500
const CALIBRATE_WORKERS = 8
const RECOVERED_MS = 1_000
const HTTP_CONNECTIONS = 128
const GRPC_CONNECTIONS = 16
const MAX_UNANSWERED = 400
const STORED_WITHIN_MS = 600_000

const ENV = {
  INSIGHTS_LIMITS_MAX_MEMORY_BYTES: String(LIMIT_BYTES),
  // Small enough to be full within seconds: then it is the store that sets the pace, and refusals come from every part.
  INSIGHTS_JOURNAL_MAX_BYTES: String(JOURNAL_BYTES),
  INSIGHTS_JOURNAL_SEGMENT_BYTES: String(JOURNAL_BYTES / 16),
  INSIGHTS_SETTLE_IDLE_MS: '300',
}

/** One cycle is one second of overload. */
export const overload: FaultScenario = {
  name: 'four times the load that a collector of 512 MiB can carry, in seconds',
  run: (options) =>
    withDataDir(async (dataDir) => {
      const collector = await CollectorProcess.spawn({ dataDir, env: ENV }).ready()
      const senders = [
        httpSender(collector.doors.http, HTTP_CONNECTIONS),
        grpcSender(collector.doors.grpc, GRPC_CONNECTIONS),
      ]
      try {
        const flood = createFlood({ seed: options.seed, senders, maxUnanswered: MAX_UNANSWERED })
        return await overloadOf(collector, flood, options)
      } finally {
        for (const sender of senders) sender.close()
        await collector.process.stop()
      }
    }),
}

async function overloadOf(collector: RunningCollector, flood: Flood, options: FaultOptions): Promise<FaultReport> {
  const wrong: string[] = []
  const engine = await eventually('the engine', () => enginePid(collector.process.pid))
  const capacity = await measureCapacity(collector, flood)
  const [before, start] = [{ ...flood.offered }, performance.now()]
  await flood.openLoop(capacity * TIMES_CAPACITY, options.cycles * 1000)
  const offered = ((flood.offered.bytes - before.bytes) / (performance.now() - start)) * 1000
  const refused = flood.offered.refused - before.refused
  if (refused === 0) wrong.push('nothing was refused, so it was no overload')
  await settled(collector, STORED_WITHIN_MS)
  const again = flood.offered.refused
  await flood.closedLoop(2, RECOVERED_MS)
  if (flood.offered.refused > again) wrong.push('requests were refused when the overload was over')
  await settled(collector, STORED_WITHIN_MS)

  for (const how of new Set(flood.broken)) wrong.push(`answered ${how}`)
  const peak = await peakBytes(collector.process.pid)
  if (peak > LIMIT_BYTES * TOLERANCE) wrong.push(`the memory came to ${mib(peak)} MiB of ${mib(LIMIT_BYTES)}`)
  const figures = {
    'capacity, MiB/s': mib(capacity),
    'offered, MiB/s': mib(offered),
    'peak of the collector, MiB': mib(peak),
    'peak of the engine, a process of its own, MiB': mib(await peakBytes(engine)),
  }
  const counts = await countRequests(collector, flood)
  const rollups = await rollupsEqual(collector)
  return {
    ...counts,
    rollupsEqual: rollups,
    cycles: options.cycles,
    events: { ...figures, ...Object.fromEntries(flood.answers) },
    wrong,
  }
}

const mib = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10

/** Bytes a second that a sender who waits for answers gets stored. */
async function measureCapacity(collector: RunningCollector, flood: Flood): Promise<number> {
  const start = performance.now()
  await flood.closedLoop(CALIBRATE_WORKERS, CALIBRATE_MS)
  const spans = [...flood.acknowledged.values()].reduce((sum, template) => sum + template.spans, 0)
  await eventually(
    'what was sent to measure to be stored',
    async () => {
      const [row] = await collector.sql<{ n: number }>('SELECT toUInt32(count()) AS n FROM spans')
      return row !== undefined && row.n >= spans ? true : undefined
    },
    STORED_WITHIN_MS,
  )
  return (flood.offered.bytes / (performance.now() - start)) * 1000
}

/** The most that was resident of a process at any time. */
async function peakBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
}

interface StoredRequest {
  request: number
  rows: number
  ids: number
  content: string
}

/** The number of a request is in its span ids; requests of a kind differ in nothing else. */
const REQUESTS = `
  SELECT reinterpretAsUInt32(reverse(substring(span_id, 1, 4))) AS request, toUInt32(count()) AS rows,
    toUInt32(uniqExact(span_id)) AS ids,
    toString(sum(cityHash64(substring(span_id, 5), name, toString(attributes), input, output, input_tokens))) AS content
  FROM spans GROUP BY request`

async function countRequests(collector: RunningCollector, flood: Flood) {
  const stored = new Map((await collector.sql<StoredRequest>(REQUESTS)).map((row) => [row.request, row]))
  const counts = {
    sent: flood.offered.spans,
    acknowledged: 0,
    stored: 0,
    missing: 0,
    doubled: 0,
    altered: 0,
    phantom: 0,
  }
  const contents = new Map<string, string>()
  for (const { rows, ids } of stored.values()) {
    counts.stored += ids
    counts.doubled += rows - ids
  }
  for (const [number, { name, spans }] of flood.acknowledged) {
    counts.acknowledged += spans
    const row = stored.get(number)
    counts.missing += spans - Math.min(spans, row?.ids ?? 0)
    counts.phantom += Math.max(0, (row?.ids ?? 0) - spans)
    if (row?.ids !== spans) continue
    const expected = contents.get(name) ?? row.content
    contents.set(name, expected)
    if (row.content !== expected) counts.altered += spans
  }
  for (const number of stored.keys()) if (number === 0 || number > flood.offered.requests) counts.phantom++
  return counts
}
