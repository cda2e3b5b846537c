// What a span means -> its token counts: as reported, as settled, and in the vector that prices take.
import { type Field, type Interpretation, U, USAGE_LENGTH, type Usage } from '@hanzo/insights-semconv'
import type { ExplainedCount } from './explained.ts'

interface CountRule {
  /** Column and field have one name. */
  readonly count: Field
  readonly member: keyof Usage | 'searches'
  readonly position: number
}

const RULES: readonly CountRule[] = [
  { count: 'input_tokens', member: 'input', position: U.INPUT },
  { count: 'cache_read_tokens', member: 'cacheRead', position: U.CACHE_READ },
  { count: 'cache_write_tokens', member: 'cacheWrite', position: U.CACHE_WRITE },
  { count: 'cache_write_1h_tokens', member: 'cacheWrite1h', position: U.CACHE_WRITE_1H },
  { count: 'input_audio_tokens', member: 'inputAudio', position: U.INPUT_AUDIO },
  { count: 'input_image_tokens', member: 'inputImage', position: U.INPUT_IMAGE },
  { count: 'output_tokens', member: 'output', position: U.OUTPUT },
  { count: 'reasoning_tokens', member: 'reasoning', position: U.REASONING },
  { count: 'output_audio_tokens', member: 'outputAudio', position: U.OUTPUT_AUDIO },
  { count: 'output_image_tokens', member: 'outputImage', position: U.OUTPUT_IMAGE },
  { count: 'searches', member: 'searches', position: U.SEARCHES },
]

/** Columns of counts. */
export const COUNT_COLUMNS: readonly string[] = RULES.map(({ count }) => count)

/** Counts are stored in 32 bits; a sum beyond is unknown. */
const MAX_COUNT = 0xffff_ffff

export const ESTIMATED = 'estimated from the content: nobody told it'

/**
 * Every count of a span, also those that nothing told.
 * @param estimated the usage with what nobody told estimated
 */
export function countsOf(meaning: Interpretation, estimated?: Usage): ExplainedCount[] {
  const sources = meaning.sources()
  const counts: Interpretation['usage'] & { searches?: number } = {
    ...meaning.usage,
    ...estimated,
    ...(meaning.searches === undefined ? {} : { searches: meaning.searches }),
  }
  const total = sources.get('total_tokens')
  const told = RULES.map(({ count, member }) => {
    const value = counts[member] ?? null
    const source = sources.get(count)
    return {
      count,
      value: value !== null && value <= MAX_COUNT ? value : null,
      reported: numberOf(meaning.fields[count]),
      dialect: source?.dialect ?? null,
      key: source?.key ?? null,
      ...(member !== 'searches' && value !== (meaning.usage[member] ?? null) ? { note: ESTIMATED } : {}),
    }
  })
  // The total is no column of its own, but what it adds up to may have decided.
  return total
    ? [...told, { count: 'total_tokens', value: null, reported: numberOf(meaning.fields.total_tokens), ...total }]
    : told
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Counts by column -> the vector that prices take; unknown is NaN. */
export function vectorOf(counts: readonly ExplainedCount[]): Float64Array {
  const vector = new Float64Array(USAGE_LENGTH).fill(Number.NaN)
  for (const { count, position } of RULES) {
    const found = counts.find((one) => one.count === count)?.value
    if (found !== null && found !== undefined) vector[position] = found
  }
  return vector
}
