// A payload in; a function that writes it through the normalizer into Native blocks, again each time it is called, out.
import { Normalizer } from '../collector/src/normalize/normalizer.ts'
import { OpenBatch } from '../collector/src/normalize/open-batch.ts'
import { createPricing } from '../collector/src/price/pricing.ts'
import { type Payload, renew } from './payloads.ts'

const BATCH_BYTES = 16 << 20
const BATCH_ROWS = 20_000

let round = 0

/** @returns what gives the number of spans written. @throws Error when a span was refused */
export function toBlocks(payload: Payload): () => number {
  const normalizer = new Normalizer({ pricing: createPricing(), maxAttributes: 1024, retentionDays: () => 90 })
  const batch = new OpenBatch()
  return () => {
    renew(payload, round++)
    const { stored } = normalizer.writeTraces(
      { project: 'default', receivedMs: Date.now(), bytes: payload.bytes },
      batch,
    )
    if (stored !== payload.spans) throw new Error(`wrote ${stored} of ${payload.spans} spans`)
    if (batch.rows >= BATCH_ROWS || batch.sizeBytes() >= BATCH_BYTES) batch.take(() => Buffer.alloc(16, 1))
    return stored
  }
}
