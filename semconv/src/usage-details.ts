// A map of token buckets that do not overlap (Langfuse's usage_details) -> canonical counts.
import type { Usage } from './model.ts'
import { readRawUsage } from './raw-usage.ts'

/** Part of a bucket's name -> the subset that it is; the first part that fits decides. */
const SUBSETS: readonly (readonly [side: 'input' | 'output', part: string, subset: keyof Usage])[] = [
  ['input', '1h', 'cacheWrite1h'],
  ['input', 'creation', 'cacheWrite'],
  ['input', 'write', 'cacheWrite'],
  ['input', 'cache', 'cacheRead'],
  ['input', 'audio', 'inputAudio'],
  ['input', 'image', 'inputImage'],
  ['output', 'reasoning', 'reasoning'],
  ['output', 'thought', 'reasoning'],
  ['output', 'audio', 'outputAudio'],
  ['output', 'image', 'outputImage'],
]
const INPUT = /^(?:input|prompt|cache|cached)(?:_|$)/
const OUTPUT = /^(?:output|completion|reasoning)(?:_|$)/
/** Names of a whole side, which some callers pass through from their provider. */
const WHOLE: Readonly<Record<string, 'input' | 'output' | 'total'>> = {
  input: 'input',
  input_tokens: 'input',
  promptTokens: 'input',
  inputTokens: 'input',
  output: 'output',
  output_tokens: 'output',
  completionTokens: 'output',
  outputTokens: 'output',
  total: 'total',
  total_tokens: 'total',
  totalTokens: 'total',
}

/**
 * Buckets are disjoint: `input` leaves out what `input_cached_tokens` holds, `output` what `output_reasoning_tokens` holds. A provider's own
 * usage object is read by its provider's rules.
 * @returns undefined when it holds no count
 * @example readUsageDetails({ input: 176, input_cached_tokens: 1024, output: 85 }) // { input: 1200, cacheRead: 1024, output: 85 }
 */
export function readUsageDetails(details: unknown): (Usage & { total?: number }) | undefined {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return undefined
  const raw = readRawUsage(details)
  if (raw) return raw
  const usage: Partial<Record<keyof Usage | 'total', number>> = {}
  const add = (name: keyof Usage | 'total', tokens: number): void => {
    usage[name] = (usage[name] ?? 0) + tokens
  }
  for (const [bucket, value] of Object.entries(details)) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) continue
    const whole = Object.hasOwn(WHOLE, bucket) ? WHOLE[bucket] : undefined
    const side = whole ?? sideOf(bucket)
    if (side === undefined) continue
    add(side, value)
    const subset = whole ? undefined : SUBSETS.find(([of, part]) => of === side && bucket.includes(part))?.[2]
    if (subset) add(subset, value)
    if (subset === 'cacheWrite1h') add('cacheWrite', value)
  }
  return Object.keys(usage).length === 0 ? undefined : usage
}

function sideOf(bucket: string): 'input' | 'output' | undefined {
  if (INPUT.test(bucket)) return 'input'
  return OUTPUT.test(bucket) ? 'output' : undefined
}
