// The semconv tables, compiled once for the byte walker: attribute key -> slot -> (field, rank, type).
import {
  DIALECTS,
  type EventRule,
  FIELDS,
  type Field,
  type FieldType,
  type IndexedPart,
  KINDS,
  OPERATION_KINDS,
  RESOURCE_KEYS,
  type ResourceField,
} from '@hanzo/insights-semconv'
import { KeyTable } from './wire/key-table.ts'

export const FIELD_NAMES = Object.keys(FIELDS) as Field[]
export const FIELD_COUNT = FIELD_NAMES.length

/** field name -> its number in the record. */
export const F = Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])) as Readonly<Record<Field, number>>

// Text first, numbers after: `LAST_TEXT` tells them apart.
const TYPE_NAMES = [
  'name',
  'text',
  'names',
  'content',
  'count',
  'number',
  'flag',
  'seconds',
  'milliseconds',
  'usd',
] as const
export const T = Object.fromEntries(TYPE_NAMES.map((name, i) => [name, i])) as Readonly<Record<FieldType, number>>
export const LAST_TEXT = T.content

/** Every known key in order of trust: a lower slot wins within its field. */
const KEY_RULES = DIALECTS.flatMap((dialect) => dialect.keys)
export const SLOT_FIELD = Uint8Array.from(KEY_RULES, (rule) => F[rule.field])
export const SLOT_TYPE = Uint8Array.from(KEY_RULES, (rule) => T[rule.type ?? FIELDS[rule.field]])
export const SLOTS = new KeyTable(KEY_RULES.map((rule, slot) => [rule.key, slot]))
/** Slot -> number of its dialect in DIALECTS. */
export const SLOT_DIALECT = Uint8Array.from(DIALECTS.flatMap((dialect, i) => dialect.keys.map(() => i)))

/** Operation name -> number of its kind in KINDS. */
export const OPERATIONS = new KeyTable(
  [...OPERATION_KINDS].map(([operation, kind]) => [operation, KINDS.indexOf(kind)]),
)

/** The indexed message keys of all dialects, and the numbers of what their suffixes mean. */
export const INDEXED_PARTS: readonly IndexedPart[] = [
  'role',
  'content',
  'finish_reason',
  'tool_call_id',
  'tool_call.id',
  'tool_call.name',
  'tool_call.arguments',
]
export const INDEXED = DIALECTS.flatMap((dialect) => dialect.indexed ?? []).map((rule) => ({
  prefix: Buffer.from(rule.prefix),
  output: rule.field === 'output',
  suffixes: new KeyTable(Object.entries(rule.suffixes).map(([suffix, part]) => [suffix, INDEXED_PARTS.indexOf(part)])),
}))

export const EVENT_RULES: readonly EventRule[] = DIALECTS.flatMap((dialect) => dialect.events ?? [])
/** Event name -> number of its rule in EVENT_RULES. */
export const EVENTS = new KeyTable(EVENT_RULES.map((rule, i) => [rule.event, i]))

export const RESOURCE_FIELDS = Object.keys(RESOURCE_KEYS) as ResourceField[]
/** Resource key -> field * 8 + rank. */
export const RESOURCE_SLOTS = new KeyTable(
  RESOURCE_FIELDS.flatMap((field, f) => RESOURCE_KEYS[field].map((key, rank) => [key, f * 8 + rank] as const)),
)
