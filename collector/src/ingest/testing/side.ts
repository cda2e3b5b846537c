// For tests of the write path: a real journal and the real walker; only the store is stood in for, by a list of what it was given.
import { opentelemetry } from '../../../../proto/gen/otlp.js'
import type { Files } from '../../journal/files.ts'
import { openJournal } from '../../journal/journal.ts'
import type { Journal, JournalOptions } from '../../journal/types.ts'
import { Normalizer } from '../../normalize/normalizer.ts'
import { OpenBatch } from '../../normalize/open-batch.ts'
import { createPricing } from '../../price/pricing.ts'
import { jsonToOtlp } from '../../receive/json-to-otlp.ts'
import { encodeLedger } from '../../store/ledger.ts'
import { systemClock } from '../../telemetry/clock.ts'
import { createLog } from '../../telemetry/log.ts'
import { createMetrics, type Metrics } from '../../telemetry/metrics.ts'
import { batchId } from '../batch-id.ts'
import { createIngest, type Ingest } from '../ingest.ts'
import { rebuildBlocks } from '../rebuild.ts'
import type { LoadBatch } from '../types.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const log = createLog('silent')

export interface Loaded {
  id: string
  rows: number
  first: boolean
  sameRows: boolean
  bytes: Buffer
}

export interface Side {
  ingest: Ingest
  journal: Journal
  metrics: Metrics
  loaded: Loaded[]
  stop(): Promise<void>
}

export interface SideOptions {
  dir: string
  files: Files
  storeIsAway?: boolean
  maxRows?: number
  store?: Promise<void>
  canBuild?: () => boolean
  isMemoryShort?: () => boolean
  codec?: string
  journal?: Partial<JournalOptions>
}

export const createNormalizer = (): Normalizer =>
  new Normalizer({ pricing: createPricing(), maxAttributes: 128, retentionDays: () => 90 })

export async function openSide(options: SideOptions): Promise<Side> {
  const metrics = createMetrics()
  const codec = (): string => options.codec ?? 'test'
  const { dir, files } = options
  const journal = await openJournal({ dir, files, codec, log, metrics, clock: systemClock, ...options.journal })
  const loaded: Loaded[] = []
  const load = async (batch: LoadBatch) => {
    if (options.storeIsAway) await new Promise(() => undefined)
    await options.store
    const { bytes } = await batch.block()
    const { id, rows, first, sameRows } = batch
    if (batch.table === 'ingest_ledger') return { stored: rows, poisoned: 0, dead: [] }
    loaded.push({ id, rows, first, sameRows, bytes: Buffer.from(bytes) })
    return { stored: batch.rows, poisoned: 0, dead: [] }
  }
  const ingest = createIngest<OpenBatch>({
    journal,
    createNormalizer,
    createBatch: () => new OpenBatch(),
    load,
    encodeLedger,
    codec,
    canBuild: () => options.canBuild?.() ?? true,
    isMemoryShort: () => options.isMemoryShort?.() ?? false,
    jsonToOtlp,
    limits: { maxRows: options.maxRows ?? 10_000, maxBytes: 1 << 20, maxDelayMs: 20 },
    concurrency: 2,
    maxWaitingBytes: 20_000,
    clock: systemClock,
    log,
    metrics,
  })
  await ingest.start()
  return { ingest, journal, metrics, loaded, stop: () => ingest.stop(200).then(() => journal.close()) }
}

export interface RequestOptions {
  attribute?: string
  startUnixNano?: bigint
}

/** Spans number `from` to `to`; the number is the span's id. */
export function request(from: number, to: number, options: RequestOptions = {}): Uint8Array {
  const { attribute = 'x', startUnixNano = 1_790_000_000_000_000_000n } = options
  const spans = Array.from({ length: to - from + 1 }, (_, i) => {
    const id = Buffer.alloc(8)
    id.writeBigUInt64BE(BigInt(from + i))
    return {
      traceId: Buffer.concat([id, id]),
      spanId: id,
      name: `span ${from + i};`,
      startTimeUnixNano: startUnixNano as never,
      endTimeUnixNano: (startUnixNano + 500_000_000n) as never,
      attributes: [{ key: 'n', value: { stringValue: attribute } }],
    }
  })
  return ExportTraceServiceRequest.encode(
    ExportTraceServiceRequest.fromObject({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  ).finish()
}

/** The blocks of every seal that the journal still has, built once more, with the ids of their batches. */
export async function rebuildAll(side: Side): Promise<{ id: string; bytes: Buffer }[]> {
  const result: { id: string; bytes: Buffer }[] = []
  for (const seal of side.journal.seals()) {
    const { blocks } = await rebuildBlocks(seal, {
      journal: side.journal,
      normalizer: createNormalizer(),
      batch: new OpenBatch(),
    })
    blocks.forEach((block, index) => {
      result.push({ id: batchId(side.journal.id, seal, index).toString('hex'), bytes: Buffer.from(block.bytes) })
    })
  }
  return result
}
