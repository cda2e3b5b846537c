// Heap bytes allocated per span and per request from OTLP bytes to columns, against protobufjs decode: V8's sampling heap profiler.
import { Session } from 'node:inspector/promises'
import { Normalizer } from '../collector/src/normalize/normalizer.ts'
import { OpenBatch } from '../collector/src/normalize/open-batch.ts'
import { createPricing } from '../collector/src/price/pricing.ts'
import { opentelemetry } from '../proto/gen/otlp.js'
import { makePayload, type Payload, renew } from './payloads.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
/** Requests of two sizes: what grows with the size is per span, the rest per request. */
const FEW = 128
const MANY = 640
const ROUNDS = 500
/** protobufjs allocates so much that few will do. */
const DECODE_ROUNDS = 40

interface ProfileNode {
  selfSize: number
  children: ProfileNode[]
}

const sizeOf = (node: ProfileNode): number => node.children.reduce((sum, child) => sum + sizeOf(child), node.selfSize)

async function bytesPerRun(session: Session, run: () => void, rounds = ROUNDS): Promise<number> {
  for (let round = 0; round < rounds * 2; round++) run()
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 512,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  })
  for (let round = 0; round < rounds; round++) run()
  const { profile } = await session.post('HeapProfiler.stopSampling')
  return sizeOf(profile.head) / rounds
}

function toColumns(payload: Payload): () => void {
  const normalizer = new Normalizer({ pricing: createPricing(), maxAttributes: 1024, retentionDays: () => 90 })
  const batch = new OpenBatch()
  let round = 0
  return () => {
    renew(payload, round++)
    normalizer.writeTraces({ project: 'default', receivedMs: Date.now(), bytes: payload.bytes }, batch)
    if (batch.rows > 5000) batch.clear()
  }
}

export async function benchAllocation(): Promise<void> {
  const session = new Session()
  session.connect()
  console.log('\nHeap bytes allocated (sampled)')
  for (const name of ['small', 'gen_ai'] as const) {
    // The larger first: it is the one that warms the code up.
    const many = await bytesPerRun(session, toColumns(makePayload(name, MANY)))
    const few = await bytesPerRun(session, toColumns(makePayload(name, FEW)))
    const perSpan = (many - few) / (MANY - FEW)
    const perRequest = (few - perSpan * FEW) / 1000
    const { bytes } = makePayload(name, FEW)
    const decode = await bytesPerRun(session, () => ExportTraceServiceRequest.decode(bytes), DECODE_ROUNDS)
    console.log(
      `  ${name.padEnd(7)} bytes to columns ${perSpan.toFixed(1)} B a span and ${perRequest.toFixed(1)} KB a request, protobufjs decode ${(decode / FEW).toFixed(0)} B a span`,
    )
  }
  session.disconnect()
}

if (import.meta.main) await benchAllocation()
