// A span and the app's `mask` in, a span whose every text went through it out.
import { diag } from '@opentelemetry/api'
import type { AttributeBag, ReadableSpan } from '../span.ts'

/** Gives what is to be sent instead of a value; undefined leaves it out. The key is an attribute's, `status.message` or the like. */
export type Mask = (value: unknown, key: string) => unknown

/** Stands for a value on which `mask` threw: nothing unmasked is sent. */
const FAILED = '[mask failed]'

export function masked(span: ReadableSpan, mask: Mask): Partial<ReadableSpan> {
  const { message } = span.status
  return {
    attributes: maskedBag(span.attributes, mask),
    events: span.events.map((event) => ({ ...event, attributes: maskedBag(event.attributes ?? {}, mask) })),
    ...(message ? { status: { ...span.status, message: String(apply(mask, message, 'status.message') ?? '') } } : {}),
  }
}

function maskedBag(attributes: AttributeBag, mask: Mask): AttributeBag {
  const changed: Record<string, unknown> = {}
  for (const key in attributes) {
    const value = apply(mask, attributes[key], key)
    if (value !== undefined) changed[key] = value
  }
  return changed
}

let hasWarned = false

function apply(mask: Mask, value: unknown, key: string): unknown {
  try {
    return mask(value, key)
  } catch {
    // The error is not told: its text may hold the value.
    if (!hasWarned) diag.warn('@hanzo/insights: mask threw; values on which it does are not sent')
    hasWarned = true
    return FAILED
  }
}
