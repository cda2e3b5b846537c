// Prices that an event brings along, in USD per token, and its counts in; the costs that PostHog would show, out (their algorithm of 2026: a
// price on the event wins over any list, a cost on the event over both).
import type { Refinable } from '../refine.ts'

/** What a cache costs of the price of input, where the event does not say. */
const SHARES = { exclusive: { read: 0.1, write: 1.25 }, inclusive: { read: 0.5, write: 1 } } as const

export function giveCostOfPrices(span: Refinable): void {
  if (span.has('reported_cost') || (span.has('reported_input_cost') && span.has('reported_output_cost'))) return
  const input = price(span, '$ai_input_token_price')
  const output = price(span, '$ai_output_token_price')
  if (input === undefined || output === undefined) return
  const inputCost = costOfInput(span, input)
  const outputCost = count(span, 'output_tokens') * output
  const requests = (price(span, '$ai_request_count') ?? 1) * (price(span, '$ai_request_price') ?? 0)
  const searches = count(span, 'searches') * (price(span, '$ai_web_search_price') ?? 0)
  span.give('reported_input_cost', inputCost, '$ai_input_token_price')
  span.give('reported_output_cost', outputCost, '$ai_output_token_price')
  span.give('reported_cost', inputCost + outputCost + requests + searches, '$ai_input_token_price')
}

function costOfInput(span: Refinable, input: number): number {
  const isExclusive = isCacheBeside(span)
  const shares = SHARES[isExclusive ? 'exclusive' : 'inclusive']
  const [read, write] = [count(span, 'cache_read_tokens'), count(span, 'cache_write_tokens')]
  const rest = isExclusive ? count(span, 'input_tokens') : count(span, 'input_tokens') - read - write
  return (
    Math.max(0, rest) * input +
    read * (price(span, '$ai_cache_read_token_price') ?? shares.read * input) +
    write * (price(span, '$ai_cache_write_token_price') ?? shares.write * input)
  )
}

/** As the dialect's rules of usage have it. */
function isCacheBeside(span: Refinable): boolean {
  const told = span.text('$ai_cache_reporting_exclusive')
  return told === undefined || told === '' ? /anthropic/i.test(String(span.get('provider') ?? '')) : told === 'true'
}

function count(
  span: Refinable,
  field: 'input_tokens' | 'output_tokens' | 'cache_read_tokens' | 'cache_write_tokens' | 'searches',
): number {
  const value = span.get(field)
  return typeof value === 'number' ? value : 0
}

function price(span: Refinable, key: string): number | undefined {
  const text = span.text(key)
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}
