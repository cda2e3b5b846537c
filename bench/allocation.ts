// Heap bytes allocated per span on the way from OTLP bytes to columns, against protobufjs decode: V8's sampling heap profiler.
import { Session } from 'node:inspector/promises'
import { Normalizer } from '../collector/src/normalize/normalizer.ts'
import { OpenBatch } from '../collector/src/normalize/open-batch.ts'
import { createPricing } from '../collector/src/price/pricing.ts'
import { opentelemetry } from '../proto/gen/otlp.js'
import { makePayload, renew } from './payloads.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
const SPANS = 256
const WARM_ROUNDS = 600
const ROUNDS = 400

interface ProfileNode {
  selfSize: number
  children: ProfileNode[]
}

const sizeOf = (node: ProfileNode): number => node.children.reduce((sum, child) => sum + sizeOf(child), node.selfSize)

async function bytesPerSpan(session: Session, run: () => void): Promise<number> {
  for (let round = 0; round < WARM_ROUNDS; round++) run()
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 512,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  })
  for (let round = 0; round < ROUNDS; round++) run()
  const { profile } = await session.post('HeapProfiler.stopSampling')
  return sizeOf(profile.head) / (ROUNDS * SPANS)
}

export async function benchAllocation(): Promise<void> {
  const session = new Session()
  session.connect()
  console.log('\nHeap bytes allocated per span (sampled)')
  for (const name of ['small', 'gen_ai'] as const) {
    const payload = makePayload(name, SPANS)
    const normalizer = new Normalizer({ pricing: createPricing(), maxAttributes: 1024, retentionDays: () => 90 })
    const batch = new OpenBatch()
    let round = 0
    const walk = await bytesPerSpan(session, () => {
      renew(payload, round++)
      normalizer.writeTraces({ project: 'default', receivedMs: Date.now(), bytes: payload.bytes }, batch)
      if (batch.rows > 5000) batch.clear()
    })
    const decode = await bytesPerSpan(session, () => ExportTraceServiceRequest.decode(payload.bytes))
    console.log(
      `  ${name.padEnd(7)} bytes to columns ${walk.toFixed(0)} B  protobufjs decode ${decode.toFixed(0)} B (${(decode / walk).toFixed(0)}x)`,
    )
  }
  session.disconnect()
}

if (import.meta.main) await benchAllocation()
