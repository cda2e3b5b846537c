// How a payload is written down: spans as a client sends them, each with the facts that must come out of it.
import type { Attribute, EventFacts, Value } from '../../src/index.ts'
import type { Facts } from './facts.ts'

/** A number that travels as a double although it is whole. */
export class Double {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}
export const double = (value: number): Double => new Double(value)

/** Whole numbers are int64, others double, objects key-value lists, null an AnyValue without a value. */
export type Plain = string | number | boolean | null | Double | readonly Plain[] | { readonly [key: string]: Plain }
export type PlainAttributes = Readonly<Record<string, Plain>>

export interface PayloadEvent {
  readonly name: string
  readonly attributes?: PlainAttributes
  /** After the span's start. */
  readonly afterMs?: number
}

export interface PayloadSpan {
  readonly name: string
  /** Position of the parent in the list; the first span is the root unless it says otherwise. */
  readonly parent?: number
  readonly attributes: PlainAttributes
  readonly events?: readonly PayloadEvent[]
  /** Instead of the payload's. */
  readonly scope?: string
  readonly error?: string
  /** 1000 where nothing is said. */
  readonly durationMs?: number
  readonly facts: Facts
}

/** Sums over all that a payload sends. */
export interface Totals {
  readonly calls?: number
  readonly inputTokens?: number
  readonly outputTokens?: number
}

export interface Payload {
  /** Name of a table in src/dialects. */
  readonly dialect: string
  /** Client and version that writes so. */
  readonly source: string
  /** What is special about it. */
  readonly note?: string
  readonly scope?: string
  readonly version?: string
  readonly spans: readonly PayloadSpan[]
  readonly totals?: Totals
}

/** Payloads of one dialect, of which the name is said once. */
export const payloads = (dialect: string, list: readonly Omit<Payload, 'dialect'>[]): readonly Payload[] =>
  list.map((payload) => ({ dialect, ...payload }))

/** When every span of every payload starts. */
export const START_MS = Date.UTC(2026, 5, 15, 12)
export const DURATION_MS = 1000

export function toValue(plain: Plain): Value {
  if (plain === null) return undefined
  if (plain instanceof Double) return plain.value
  if (typeof plain === 'number') return Number.isInteger(plain) ? BigInt(plain) : plain
  if (typeof plain !== 'object') return plain
  if (isList(plain)) return plain.map(toValue)
  return new Map(Object.entries(plain).map(([key, value]) => [key, toValue(value)]))
}

export const isList = (plain: object): plain is readonly Plain[] => Array.isArray(plain)

export const attributesOf = (attributes: PlainAttributes = {}): Attribute[] =>
  Object.entries(attributes).map(([key, value]) => [key, toValue(value)])

export const eventsOf = (events: readonly PayloadEvent[] = []): EventFacts[] =>
  events.map(({ name, attributes, afterMs = 0 }) => ({
    name,
    attributes: attributesOf(attributes),
    offsetNs: afterMs * 1e6,
  }))
