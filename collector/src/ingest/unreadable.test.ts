// A record on which our own code throws: the others of its request are kept, and no start trips over it again.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { request, span, spanIdOf, traceIdOf } from '../../test/otlp-bytes.ts'
import { openJournal } from '../journal/journal.ts'
import { Normalizer } from '../normalize/normalizer.ts'
import { OpenBatch } from '../normalize/open-batch.ts'
import { createPricing } from '../price/pricing.ts'
import { jsonToOtlp } from '../receive/json-to-otlp.ts'
import { encodeLedger } from '../store/ledger.ts'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { createIngest } from './ingest.ts'
import { createKeepUnreadable } from './keep-unreadable.ts'
import type { LoadBatch } from './types.ts'

const log = createLog('silent')
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'insights-unreadable-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** Pricing stands in for any defect: it throws in the middle of a row, at this many tokens. */
const DEADLY_TOKENS = 666

function deadlyPricing(): ReturnType<typeof createPricing> {
  const pricing = createPricing()
  return {
    ...pricing,
    providerOf: (raw) => pricing.providerOf(raw),
    get version() {
      return pricing.version
    },
    find: (names, atMs) => pricing.find(names, atMs),
    toPico: (usd) => pricing.toPico(usd),
    price(handle, usage, tier) {
      if (usage.includes(DEADLY_TOKENS)) throw new TypeError('a defect')
      return pricing.price(handle as never, usage, tier)
    },
  }
}

/** Bytes that nothing else in a block looks like. */
const idOf = (n: number): string => spanIdOf(0x5ca1ab1e00 + n)

const numbered = (n: number, inputTokens = n) =>
  span({
    traceId: traceIdOf('unreadable'),
    spanId: idOf(n),
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': inputTokens,
    },
  })

async function open(options: { away?: boolean; canBuild?: () => boolean } = {}) {
  const journal = await openJournal({ dir, codec: () => 'test', log, metrics: createMetrics(), clock: systemClock })
  const loaded: { rows: number; bytes: Buffer }[] = []
  const metrics = createMetrics()
  const ingest = createIngest<OpenBatch>({
    journal,
    createNormalizer: () => new Normalizer({ pricing: deadlyPricing(), maxAttributes: 128, retentionDays: () => 90 }),
    createBatch: () => new OpenBatch(),
    async load(batch: LoadBatch) {
      if (options.away) await new Promise(() => undefined)
      const { bytes } = await batch.block()
      if (batch.table !== 'ingest_ledger') loaded.push({ rows: batch.rows, bytes: Buffer.from(bytes) })
      return { stored: batch.rows, poisoned: 0, dead: [] }
    },
    codec: () => 'test',
    encodeLedger,
    canBuild: options.canBuild ?? (() => true),
    jsonToOtlp,
    keepUnreadable: createKeepUnreadable(dir),
    limits: { maxRows: 1000, maxBytes: 1 << 20, maxDelayMs: 20 },
    concurrency: 2,
    clock: systemClock,
    log,
    metrics,
  })
  await ingest.start()
  const send = (...spans: Uint8Array[]) =>
    ingest.accept({ project: 'p', signal: 'traces', encoding: 'protobuf', bytes: request(...spans) })
  const stop = (): Promise<void> => ingest.stop(500).then(() => journal.close())
  return { ingest, journal, loaded, metrics, send, stop }
}

const idsIn = (loaded: readonly { bytes: Buffer }[]): number[] =>
  [1, 2, 3, 4, 5].filter((n) => loaded.some(({ bytes }) => bytes.includes(Buffer.from(idOf(n), 'hex'))))

describe('a span on which the collector throws', () => {
  it('is refused alone with its reason, the others of its request and batch are stored, and its request is kept', async () => {
    const side = await open()
    await side.send(numbered(1))
    const answer = await side.send(numbered(2), numbered(3, DEADLY_TOKENS), numbered(4))
    expect(answer).toMatchObject({ status: 'stored', rejected: 1, message: expect.stringContaining('defect') })
    await side.send(numbered(5))
    await side.stop()
    expect(idsIn(side.loaded)).toEqual([1, 2, 4, 5])
    expect(side.loaded.reduce((sum, { rows }) => sum + rows, 0)).toBe(4)
    expect(await readdir(join(dir, 'dead-letter'))).toEqual([`request-${side.journal.id}-2.otlp`])
  })

  it('does not keep the next start from building the batch', async () => {
    const first = await open({ away: true })
    await first.send(numbered(1), numbered(3, DEADLY_TOKENS))
    await first.stop()
    const second = await open()
    await second.stop()
    expect(idsIn(second.loaded)).toEqual([1])
    expect(second.journal.usage().pendingRecords).toBe(0)
  })

  it('that was only counted before its batch was built costs itself alone, also when nothing else was in the batch', async () => {
    let known = false
    const side = await open({ canBuild: () => known })
    await side.send(numbered(1), numbered(3, DEADLY_TOKENS), numbered(4))
    await side.send(numbered(2, DEADLY_TOKENS))
    known = true
    await side.stop()
    expect(idsIn(side.loaded)).toEqual([1, 4])
    expect(side.journal.usage().pendingRecords).toBe(0)
    const again = await open()
    expect(again.ingest.waiting()).toBe(0)
    await again.stop()
  })
})
