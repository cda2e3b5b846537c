// A field, and the keys that can fill it, each of which is tried alone.
import type { Facts } from '../facts.ts'
import type { Plain } from '../payload.ts'

export interface Field {
  facts: Facts
  /** As the key's clients send it; the fact's own value where nothing is said. */
  value?: Plain
  /** What else the span needs to have. */
  beside?: Readonly<Record<string, Plain>>
  keys: Readonly<Record<string, readonly string[]>>
}
