// The ways in which model calls really fail, with the words that providers use.
import type { Random } from './random.ts'
import type { Failure } from './step.ts'

const FAILURES = [
  {
    weight: 6,
    type: '429',
    exception: 'RateLimitError',
    message: 'Rate limit reached for requests per minute. Please try again in 1.2s.',
  },
  { weight: 3, type: 'timeout', exception: 'APITimeoutError', message: 'Request timed out.' },
  {
    weight: 2,
    type: 'context_length_exceeded',
    exception: 'BadRequestError',
    message: "This model's maximum context length is 128000 tokens. However, your messages resulted in 131842 tokens.",
  },
  { weight: 2, type: '529', exception: 'OverloadedError', message: 'Overloaded' },
  {
    weight: 2,
    type: 'content_filter',
    exception: 'BadRequestError',
    message: "The response was filtered due to the prompt triggering the provider's content management policy.",
  },
] as const

/** A failure for about `probability` of the calls. */
export function maybeFail(random: Random, probability: number): Failure | undefined {
  return random.chance(probability) ? random.weighted(FAILURES) : undefined
}

/** True when a client library would try the same call again. */
export function isTransient(failure: Failure): boolean {
  return failure.type === '429' || failure.type === '529' || failure.type === 'timeout'
}

export const TOOL_TIMEOUT: Failure = {
  type: 'ToolTimeoutError',
  exception: 'ToolTimeoutError',
  message: 'tool did not answer within 5000 ms',
}
