// What durability costs: CPU per span from a request's bytes to its rows with the journal and with one that keeps nothing, and how long acknowledgements take.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIngest, type Ingest } from '../collector/src/ingest/ingest.ts'
import type { Journal, Seal } from '../collector/src/ingest/types.ts'
import { openJournal } from '../collector/src/journal/journal.ts'
import { BlockMemory } from '../collector/src/normalize/block.ts'
import { Normalizer } from '../collector/src/normalize/normalizer.ts'
import { OpenBatch } from '../collector/src/normalize/open-batch.ts'
import { createPricing } from '../collector/src/price/pricing.ts'
import { jsonToOtlp } from '../collector/src/receive/json-to-otlp.ts'
import { encodeLedger } from '../collector/src/store/ledger.ts'
import { systemClock } from '../collector/src/telemetry/clock.ts'
import { createLog } from '../collector/src/telemetry/log.ts'
import { createMetrics } from '../collector/src/telemetry/metrics.ts'
import { stored } from './ingest.ts'
import { cpuSeconds, median, quantile, thousands } from './measure.ts'
import { makePayload, type Payload, type PayloadClass, renew } from './payloads.ts'

const SPANS_PER_REQUEST: Record<PayloadClass, number> = { small: 512, gen_ai: 256, agent: 64 }
const IN_FLIGHT = 16
const ROUNDS = 7
const ROUND_SECONDS = 1
const STORED_SECONDS = 2

const telemetry = () => ({ log: createLog('silent'), metrics: createMetrics(), clock: systemClock })

/** Says that everything is durable at once. */
function forgetfulJournal(): Journal {
  let [seq, sealId] = [0, 0]
  const seal = async (input: Omit<Seal, 'id' | 'codec'>): Promise<Seal> => ({ ...input, id: ++sealId, codec: 'bench' })
  return {
    id: '0'.repeat(32),
    recovered: { seals: [], firstSeq: 1, unsealedFrom: 1, lastSeq: 0 },
    append: () => ({ seq: ++seq, durable: Promise.resolve() }),
    seal,
    commit: () => undefined,
    seals: () => [],
    async *read() {},
    isFull: () => false,
    reopen: async () => undefined,
  }
}

/** The write path without a door and without a store: a block is let go as soon as it is there. */
function ingestInto(journal: Journal): Ingest {
  const memory = new BlockMemory()
  return createIngest<OpenBatch>({
    journal,
    createNormalizer: () => new Normalizer({ pricing: createPricing(), maxAttributes: 1024, retentionDays: () => 90 }),
    createBatch: () => new OpenBatch(memory),
    async load(batch) {
      await batch.block()
      return { stored: batch.rows, poisoned: 0, dead: [] }
    },
    encodeLedger,
    codec: () => 'bench',
    canBuild: () => true,
    jsonToOtlp,
    limits: { maxRows: 20_000, maxBytes: 16 << 20, maxDelayMs: 200 },
    concurrency: 2,
    // Rows that are only counted and built later would be another work on one side than on the other.
    maxWaitingBytes: Number.POSITIVE_INFINITY,
    maxBuiltBatches: Number.POSITIVE_INFINITY,
    ...telemetry(),
  })
}

let round = 0

interface Load {
  spans: number
  times: number[]
}

async function send(ingest: Ingest, payloads: readonly Payload[], seconds: number): Promise<Load> {
  const until = performance.now() + seconds * 1000
  const load: Load = { spans: 0, times: [] }
  const run = async (payload: Payload): Promise<void> => {
    while (performance.now() < until) {
      renew(payload, round++)
      const start = performance.now()
      const accepted = { project: 'bench', signal: 'traces', encoding: 'protobuf' } as const
      const { status } = await ingest.accept({ ...accepted, bytes: payload.bytes })
      if (status !== 'stored') throw new Error(`answered ${status}`)
      load.times.push(performance.now() - start)
      load.spans += payload.spans
    }
  }
  await Promise.all(payloads.map(run))
  return load
}

async function benchClass(name: PayloadClass, durable: Ingest, forgetful: Ingest): Promise<void> {
  const payloads = Array.from({ length: IN_FLIGHT }, () => makePayload(name, SPANS_PER_REQUEST[name]))
  const rates: Record<'durable' | 'forgetful', number[]> = { durable: [], forgetful: [] }
  const times: number[] = []
  // In turn, so that a busy machine slows both alike; the first round warms up.
  for (let n = -1; n < ROUNDS; n++) {
    for (const [side, ingest] of [
      ['durable', durable],
      ['forgetful', forgetful],
    ] as const) {
      const before = cpuSeconds()
      const load = await send(ingest, payloads, ROUND_SECONDS)
      if (n < 0) continue
      rates[side].push(load.spans / (cpuSeconds() - before))
      if (side === 'durable') times.push(...load.times)
    }
  }
  const [withJournal, without] = [median(rates.durable), median(rates.forgetful)]
  const ratios = rates.durable.map((rate, i) => rates.forgetful[i]! / rate)
  const one = await send(durable, payloads.slice(0, 1), ROUND_SECONDS)
  // What the journal takes of a span, in the CPU that a span takes from its socket to its row in ClickHouse.
  const [journal, all] = [
    1 / withJournal - 1 / without,
    1 / (await stored({ name, door: 'http', seconds: STORED_SECONDS })).rate,
  ]
  const taken = [times, one.times].map(
    (each) => `p50 ${quantile(each, 0.5).toFixed(1)} p99 ${quantile(each, 0.99).toFixed(1)} ms`,
  )
  console.log(
    `  ${name.padEnd(7)} bytes to rows ${thousands(withJournal)} with, ${thousands(without)} without: x ${median(ratios).toFixed(2)}; ` +
      `socket to stored ${micros(all)} us, of which the journal ${micros(journal)}: x ${(all / (all - journal)).toFixed(2)}\n` +
      `          acknowledged ${taken[0]} (${IN_FLIGHT} at once), ${taken[1]} (one at a time)`,
  )
}

const micros = (seconds: number): string => (seconds * 1e6).toFixed(1)

export async function benchDurability(): Promise<void> {
  console.log(
    '\nThe cost of durability: spans per CPU-second from bytes to rows with the journal (one write and one fdatasync a group) and without it;\n' +
      'and its share of all CPU that a span takes, engine included.',
  )
  const dir = mkdtempSync(join(tmpdir(), 'insights-bench-'))
  const limits = { maxBytes: 4 * 2 ** 30, retainMs: 0 }
  const journal = await openJournal({ dir: join(dir, 'journal'), codec: () => 'bench', ...limits, ...telemetry() })
  const [durable, forgetful] = [ingestInto(journal), ingestInto(forgetfulJournal())]
  try {
    for (const ingest of [durable, forgetful]) await ingest.start()
    for (const name of ['small', 'gen_ai', 'agent'] as const) await benchClass(name, durable, forgetful)
  } finally {
    for (const ingest of [durable, forgetful]) await ingest.stop(1000)
    await journal.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

if (import.meta.main) await benchDurability()
