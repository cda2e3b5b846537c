// What a dialect's own function may ask and say of a span, for the few rules that no table can state.
import type { KindWord } from './dialect.ts'
import type { Field } from './model.ts'
import type { FieldValue } from './read-value.ts'
import type { ScoreFacts } from './span-facts.ts'
import type { Value } from './value.ts'

/** The span as found so far. */
export interface Refinable {
  readonly spanName: string
  readonly scopeName: string
  /** The attribute as it was sent; only keys that a table names, and those that begin with a mark of the dialect. */
  value(key: string): Value
  text(key: string): string | undefined
  /** Parsed once; undefined when it is no JSON. */
  json(key: string): unknown
  /** Attributes whose key begins so. */
  withPrefix(prefix: string): Iterable<readonly [rest: string, value: Value]>
  has(field: Field): boolean
  get(field: Field): FieldValue | undefined
  /** Fills a field that nothing has filled yet. `key` is what it was read from. */
  give(field: Field, value: FieldValue | undefined, key: string): void
  /** Replaces what was found. */
  set(field: Field, value: FieldValue | undefined, key: string): void
  /** Takes a field away: what stood there is no such thing. */
  drop(field: Field): void
  readonly kind: KindWord | undefined
  setKind(kind: KindWord): void
  /** Says that this call is told of by another span too, which has its usage. */
  repeats(): void
  score(score: ScoreFacts): void
  /** undefined takes an entry away. */
  metadata(key: string, value: string | undefined): void
  /** A provider's own usage object, as `BlobRule.rawUsage`. */
  rawUsage(usage: unknown, key: string): void
}

export type Refine = (span: Refinable) => void
