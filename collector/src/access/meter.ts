// The limits of one key or project in; whether it may send so much now out.
import type { Clock } from '../telemetry/clock.ts'
import { Bucket } from './bucket.ts'
import { type Refusal, tooFast, usedUp } from './refusal.ts'
import type { Rates } from './types.ts'
import type { Totals } from './usage.ts'

export interface Meter {
  /** @param bytes 0 when they are not known yet */
  refuse(bytes: number): Refusal | undefined
  /** What was let in is taken, also beyond the limit; negative gives back. */
  take(totals: Totals): void
}

export interface MeterOptions {
  whose: 'key' | 'project'
  rates: Rates
  burstSeconds: number
  /** This month. */
  used: () => Totals
  clock: Clock
}

/** undefined = without any limit. */
export function createMeter({ whose, rates, burstSeconds, used, clock }: MeterOptions): Meter | undefined {
  const { bytesPerSecond, spansPerSecond, bytesPerMonth, spansPerMonth } = rates
  if ((bytesPerSecond ?? spansPerSecond ?? bytesPerMonth ?? spansPerMonth) === undefined) return undefined
  const bucketOf = (perSecond: number | undefined): Bucket | undefined =>
    perSecond === undefined ? undefined : new Bucket({ perSecond, burstSeconds, clock })
  const byteBucket = bucketOf(bytesPerSecond)
  const spanBucket = bucketOf(spansPerSecond)
  const refuseRate = (bytes: number): Refusal | undefined => {
    const bytesMs = byteBucket?.waitMs(bytes) ?? 0
    const spansMs = spanBucket?.waitMs(0) ?? 0
    if (bytesMs > 0 && bytesMs >= spansMs) return tooFast(whose, 'bytes', bytesPerSecond!, bytesMs)
    return spansMs > 0 ? tooFast(whose, 'spans', spansPerSecond!, spansMs) : undefined
  }
  return {
    refuse(bytes) {
      const month = used()
      if (bytesPerMonth !== undefined && (month.bytes >= bytesPerMonth || month.bytes + bytes > bytesPerMonth))
        return usedUp(whose, 'bytes', bytesPerMonth)
      if (spansPerMonth !== undefined && month.spans >= spansPerMonth) return usedUp(whose, 'spans', spansPerMonth)
      return refuseRate(bytes)
    },
    take({ bytes, spans }) {
      byteBucket?.take(bytes)
      spanBucket?.take(spans)
    },
  }
}
