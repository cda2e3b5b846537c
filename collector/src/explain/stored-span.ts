// A row of spans_v1 as the query API reads it -> typed, and the facts that its span was made of, as far as a row keeps them.
import { type Attribute, entryOfKey, type FieldType, type SpanFacts, type Value } from '@hanzo/insights-semconv'

/** Names of the columns that `readStored` looks at, beside fields and counts. */
export const STORED_COLUMNS: readonly string[] = [
  ...['trace_id', 'span_id', 'parent_span_id', 'name', 'start_time', 'latency_ms', 'time_flag', 'received_time'],
  ...['status', 'status_message', 'scope_name', 'scope_version', 'attributes', 'resource_attributes', 'metadata'],
  ...['event_times', 'event_names', 'event_attributes', 'dropped_attributes', 'content_keys', 'input', 'output'],
  ...['system_instructions', 'tool_definitions', 'counts_usage', 'usage_role', 'usage_rule', 'cost_usd'],
  ...['cost_source', 'cost_reason', 'computed_cost_usd', 'reported_cost_usd', 'price_id', 'price_tier', 'price_rule'],
]

export type StoredRow = Readonly<Record<string, unknown>>

const RAW_START = 'insights.raw_start_time_unix_nano'
/** The contents in the order of `content_keys`. */
const CONTENTS = ['input', 'output', 'system_instructions', 'tool_definitions'] as const

export const textOf = (row: StoredRow, column: string): string => {
  const value = row[column]
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value)
}

export const mapOf = (value: unknown): [string, string][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([key, text]) => [key, String(text)])
    : []

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export interface StoredFacts {
  readonly facts: SpanFacts & { attributes: readonly Attribute[] }
  /** Contents that no one attribute held: the row has them, and what they were made of is gone. */
  readonly made: ReadonlySet<string>
  /** Keys that were put back. */
  readonly back: ReadonlySet<string>
}

/** What the span said of itself. Types of values are lost but where a rule asks for them; content is put back under its key. */
export function factsOfStored(row: StoredRow): StoredFacts {
  const kept = mapOf(row['attributes'])
  const raw = kept.find(([key]) => key === RAW_START)?.[1]
  const start = raw !== undefined && /^\d{1,20}$/.test(raw) ? BigInt(raw) : nanosOf(textOf(row, 'start_time'))
  const attributes: Attribute[] = kept
    .filter(([key]) => key !== RAW_START)
    .map(([key, text]) => [key, typedValue(key, text)])
  const events = eventsOf(row, start)
  // What an event told is still in it.
  const there = new Set([...kept, ...events.flatMap((event) => event.attributes)].map(([key]) => key))
  const { back, made } = putBack(row, there)
  const facts = {
    name: textOf(row, 'name'),
    scopeName: textOf(row, 'scope_name'),
    scopeVersion: textOf(row, 'scope_version'),
    statusCode: STATUS[textOf(row, 'status')] ?? 0,
    statusMessage: textOf(row, 'status_message'),
    startMs: Number(nanosOf(textOf(row, 'start_time'))) / 1e6,
    durationNs: Math.round(Number(row['latency_ms']) * 1e6),
    attributes: [...attributes, ...back],
    events,
  }
  return { facts, made, back: new Set(back.map(([key]) => key)) }
}

const STATUS: Readonly<Record<string, number>> = { ok: 1, error: 2 }

function eventsOf(row: StoredRow, start: bigint) {
  const [times, names, attributes] = ['event_times', 'event_names', 'event_attributes'].map((name) => listOf(row[name]))
  return (names ?? []).map((name, i) => {
    const time = nanosOf(String(times?.[i] ?? ''))
    return {
      name: String(name),
      attributes: mapOf(attributes?.[i]),
      ...(time === 0n ? {} : { offsetNs: Number(time - start) }),
    }
  })
}

/** `2026-01-31 23:59:59.123456789` in UTC -> nanoseconds since 1970; 0 when it is no time. */
export function nanosOf(text: string): bigint {
  const seconds = Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)
  return Number.isNaN(seconds) ? 0n : BigInt(seconds) * 1_000_000n + BigInt(text.slice(20, 29).padEnd(9, '0') || '0')
}

/** Types of fields for which a number is something else than its digits. */
const NUMBERED: ReadonlySet<FieldType> = new Set(['auto_latency', 'time'])

function typedValue(key: string, text: string): Value {
  const fields = entryOfKey(key)?.fields ?? []
  // Content that is still an attribute and empty was an empty list: a text of it would have been taken.
  if (text === '[]' && fields.some(({ type }) => type === 'content')) return []
  if (!fields.some(({ type }) => NUMBERED.has(type))) return text
  if (/^-?\d{1,19}$/.test(text)) return BigInt(text)
  return /^-?\d+\.\d+$/.test(text) ? Number(text) : text
}

function putBack(row: StoredRow, there: Set<string>): { back: Attribute[]; made: Set<string> } {
  const back: Attribute[] = []
  const made = new Set<string>()
  const keys = textOf(row, 'content_keys').split(' ')
  CONTENTS.forEach((content, i) => {
    const key = keys[i] ?? '-'
    const text = textOf(row, content)
    if (key === '-' || key === '' || key === 'events' || text === '') return
    const isWhole = entryOfKey(key)?.fields.some(({ field }) => field === content) === true
    if (!isWhole) made.add(content)
    // An attribute that held more than this is still there; one that several contents were read from is put back once.
    if (there.has(key)) return
    there.add(key)
    back.push([key, text])
  })
  return { back, made }
}
