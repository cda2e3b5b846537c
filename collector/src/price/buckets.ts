// Usage vector (totals that include their subsets) -> counts of disjoint buckets, each of which has one rate.
import { U } from '@hanzo/insights-semconv'

/** What can be billed, in the order of the count and rate vectors. `input` and `output` are what no other bucket holds. */
export const BUCKETS = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'input_audio',
  'input_image',
  'output',
  'reasoning',
  'output_audio',
  'output_image',
  'requests',
  'searches',
] as const

export type Bucket = (typeof BUCKETS)[number]

export const B = {
  INPUT: 0,
  CACHE_READ: 1,
  CACHE_WRITE_5M: 2,
  CACHE_WRITE_1H: 3,
  INPUT_AUDIO: 4,
  INPUT_IMAGE: 5,
  OUTPUT: 6,
  REASONING: 7,
  OUTPUT_AUDIO: 8,
  OUTPUT_IMAGE: 9,
  REQUESTS: 10,
  SEARCHES: 11,
} as const

export const BUCKET_COUNT = BUCKETS.length

/** What the split found out; `MEDIA_CACHED` = more audio and image than uncached input, so some of it was read from the cache. */
export const SPLIT = { OK: 0, MEDIA_CACHED: 1, INCONSISTENT: 2 } as const

/**
 * Fills `counts` from `usage`; an unknown part counts as none, since its tokens are still in its total. The sum of the input
 * buckets is the input total, likewise for output. Nothing is clamped: parts that exceed their total are inconsistent.
 */
export function splitUsage(usage: Float64Array, counts: Float64Array): number {
  for (let i = 0; i < usage.length; i++) {
    const count = usage[i]!
    // Floor, not `% 1`: the remainder of doubles is a slow call.
    const isCount = count >= 0 && count <= Number.MAX_SAFE_INTEGER && Math.floor(count) === count
    if (!isCount && !Number.isNaN(count)) return SPLIT.INCONSISTENT
  }
  counts[B.REQUESTS] = known(usage, U.REQUESTS)
  counts[B.SEARCHES] = known(usage, U.SEARCHES)
  return splitOutput(usage, counts) ? splitInput(usage, counts) : SPLIT.INCONSISTENT
}

function splitOutput(usage: Float64Array, counts: Float64Array): boolean {
  const reasoning = known(usage, U.REASONING)
  const audio = known(usage, U.OUTPUT_AUDIO)
  const image = known(usage, U.OUTPUT_IMAGE)
  const total = usage[U.OUTPUT]!
  const text = Number.isNaN(total) ? 0 : total - reasoning - audio - image
  counts[B.OUTPUT] = text
  counts[B.REASONING] = reasoning
  counts[B.OUTPUT_AUDIO] = audio
  counts[B.OUTPUT_IMAGE] = image
  return text >= 0
}

function splitInput(usage: Float64Array, counts: Float64Array): number {
  const writes1h = known(usage, U.CACHE_WRITE_1H)
  const writes = Number.isNaN(usage[U.CACHE_WRITE]!) ? writes1h : usage[U.CACHE_WRITE]!
  const reads = known(usage, U.CACHE_READ)
  const audio = known(usage, U.INPUT_AUDIO)
  const image = known(usage, U.INPUT_IMAGE)
  const total = usage[U.INPUT]!
  counts[B.INPUT] = 0
  counts[B.CACHE_READ] = reads
  counts[B.CACHE_WRITE_5M] = writes - writes1h
  counts[B.CACHE_WRITE_1H] = writes1h
  counts[B.INPUT_AUDIO] = audio
  counts[B.INPUT_IMAGE] = image
  if (writes1h > writes) return SPLIT.INCONSISTENT
  if (Number.isNaN(total)) return SPLIT.OK
  const uncached = total - reads - writes
  if (uncached < 0 || audio + image > total) return SPLIT.INCONSISTENT
  if (audio + image > uncached) return takeCachedMedia(counts, audio + image - uncached)
  counts[B.INPUT] = uncached - audio - image
  return SPLIT.OK
}

/** The cache counts already hold these tokens: they leave the media buckets so that each is billed once. */
function takeCachedMedia(counts: Float64Array, cached: number): number {
  const fromAudio = Math.min(cached, counts[B.INPUT_AUDIO]!)
  counts[B.INPUT_AUDIO] = counts[B.INPUT_AUDIO]! - fromAudio
  counts[B.INPUT_IMAGE] = counts[B.INPUT_IMAGE]! - (cached - fromAudio)
  return SPLIT.MEDIA_CACHED
}

/** Takes the vector, not the number: a double passed to a call that is not inlined is allocated. */
function known(usage: Float64Array, position: number): number {
  const count = usage[position]!
  return Number.isNaN(count) ? 0 : count
}
