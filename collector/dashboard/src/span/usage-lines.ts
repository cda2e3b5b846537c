// Token counts of a span in; lines that add up, parts below their sums, out.
import type { SpanRow } from '../api/rows.ts'

export interface UsageLine {
  name: string
  /** undefined = not known. */
  tokens: number | undefined
  /** Part of the line above that is none. */
  isPart: boolean
  /** Colour in the bar; lines without are sums. */
  tone: number | undefined
  /** Of all tokens, 0 … 1. */
  share: number
}

/** Input includes cached tokens and output includes reasoning: the bar shows what is left of each. */
export function usageLines(span: SpanRow): UsageLine[] {
  const [input, output] = [numberOf(span.input_tokens), numberOf(span.output_tokens)]
  const total = numberOf(span.total_tokens) ?? 0
  const parts = {
    read: numberOf(span.cache_read_tokens),
    written: numberOf(span.cache_write_tokens),
    reasoning: numberOf(span.reasoning_tokens),
  }
  const line = (name: string, tokens: number | undefined, isPart: boolean, tone?: number): UsageLine => ({
    name,
    tokens,
    isPart,
    tone,
    share: tone === undefined || tokens === undefined || total <= 0 ? 0 : tokens / total,
  })
  const known = (name: string, value: number | string | null | undefined): UsageLine[] => {
    const tokens = numberOf(value)
    return tokens === undefined || tokens === 0 ? [] : [line(name, tokens, true)]
  }
  return [
    line('Input', input, false),
    line('not cached', rest(input, parts.read, parts.written), true, 1),
    line('read from the cache', parts.read, true, 7),
    line('written to the cache', parts.written, true, 6),
    ...known('of the input, audio', span.input_audio_tokens),
    ...known('of the input, images', span.input_image_tokens),
    line('Output', output, false),
    line('said', rest(output, parts.reasoning), true, 2),
    line('reasoning', parts.reasoning, true, 4),
    ...known('of the output, audio', span.output_audio_tokens),
    ...known('of the output, images', span.output_image_tokens),
    line('Total', numberOf(span.total_tokens), false),
  ]
}

const numberOf = (value: number | string | null | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value)

const rest = (sum: number | undefined, ...parts: (number | undefined)[]): number | undefined =>
  sum === undefined
    ? undefined
    : Math.max(
        0,
        parts.reduce<number>((left, part) => left - (part ?? 0), sum),
      )
