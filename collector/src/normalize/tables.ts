// The semconv tables, compiled once for the byte walker: attribute key -> slot -> field and type, or the object rules.
import {
  BASE_PREFIXES,
  DIALECTS,
  ENTRIES,
  EVENT_RULES,
  type EventRule,
  FALLBACK_RANK,
  FIELDS,
  type Field,
  type FieldType,
  KINDS,
  LOG_USES,
  type LogUse,
  OPERATION_KINDS,
  PREFIXES,
  RESOURCE_KEYS,
  type ResourceField,
} from '@hanzo/insights-semconv'
import { KeyTable } from './wire/key-table.ts'
import { PrefixTable } from './wire/prefix-table.ts'

export const FIELD_NAMES = Object.keys(FIELDS) as Field[]
export const FIELD_COUNT = FIELD_NAMES.length

/** field name -> its number in the record. */
export const F = Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])) as Readonly<Record<Field, number>>

// Text first, numbers after: `LAST_TEXT` tells them apart.
const TYPE_NAMES = [
  'name',
  'model',
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
/** Types that the walker reads itself; undefined for the others. */
export const T = Object.fromEntries(TYPE_NAMES.map((name, i) => [name, i])) as Readonly<
  Record<(typeof TYPE_NAMES)[number], number>
> &
  Readonly<Partial<Record<FieldType, number>>>
export const LAST_TEXT = T.content

/** A key that fills no field by itself, or one only in spans of its dialect. */
export const NO_FIELD = 0xff

/** The one field that a key of the conventions fills wherever it stands; other keys are read by the object rules. */
const uses = ENTRIES.map(({ fields, blobs, kinds }) => {
  const [use] = fields
  const isPlain = use !== undefined && fields.length === 1 && blobs.length + kinds.length === 0
  return isPlain &&
    DIALECTS[use.dialect]!.isBase &&
    !use.scoped &&
    use.rank < FALLBACK_RANK &&
    T[use.type] !== undefined
    ? use
    : undefined
})
/** A slot is the number of a key in ENTRIES. Among the keys of one field a lower slot is more trusted. */
export const SLOT_FIELD = Uint8Array.from(uses, (use) => (use === undefined ? NO_FIELD : F[use.field]))
export const SLOT_TYPE = Uint8Array.from(uses, (use) => (use === undefined ? 0 : (T[use.type] ?? 0)))
/** Slot -> number of its dialect in DIALECTS. */
export const SLOT_DIALECT = Uint8Array.from(uses, (use) => use?.dialect ?? 0)

/** Fields whose meaning takes more than copying. */
const DEEP_FIELDS: ReadonlySet<Field> = new Set([
  'error_type',
  'evaluation_name',
  'score_value',
  'score_label',
  'explanation',
])
/** 1 for a key that sends its span to the object rules. */
export const SLOT_DEEP = Uint8Array.from(uses, (use) => (use === undefined || DEEP_FIELDS.has(use.field) ? 1 : 0))

/** Slot of a key that says nothing about a model call. */
export const NOBODYS = -1
/** Slot of a key that no table lists one by one, and that the object rules may use: metadata, indexed messages, the marks of a dialect. */
export const UNLISTED = -2
/** Slot of a key of the conventions that no table lists: it means nothing, and is counted. */
export const UNMAPPED = -3
/** Key -> its slot. */
export const SLOTS = new KeyTable(
  ENTRIES.map(({ key, id }) => [key, id]),
  new PrefixTable([
    ...PREFIXES.map(({ prefix }) => [prefix, UNLISTED] as const),
    ...BASE_PREFIXES.map((prefix) => [prefix, UNMAPPED] as const),
  ]),
)

/** Operation name -> number of its kind in KINDS. */
export const OPERATIONS = new KeyTable(
  [...OPERATION_KINDS].flatMap(([operation, kind]) =>
    kind === 'wrapper' ? [] : [[operation, KINDS.indexOf(kind)] as const],
  ),
)

const EVENT_LIST = [...EVENT_RULES.values()]
export const eventRule = (number: number): EventRule | undefined => EVENT_LIST[number]
/** Event name -> number of its rule. */
export const EVENTS = new KeyTable(EVENT_LIST.map((rule, i) => [rule.event, i]))

export const logUse = (number: number): LogUse | undefined => LOG_USES[number]
/** Name of a log event that says by itself whose it is -> its number in LOG_USES. */
export const LOG_NAMES = new KeyTable(namesOf((use) => use.isWhole))
/** By dialect: names of the log events in its scopes, short ones too. */
export const LOG_NAMES_IN_SCOPE: readonly (KeyTable | undefined)[] = DIALECTS.map(({ logs, isBase }, dialect) =>
  logs === undefined || isBase ? undefined : new KeyTable(namesOf((use) => use.dialect === dialect)),
)

function namesOf(isMeant: (use: LogUse) => boolean): (readonly [string, number])[] {
  return LOG_USES.flatMap((use, i) => (isMeant(use) ? [[use.name, i] as const] : []))
}

export const RESOURCE_FIELDS = Object.keys(RESOURCE_KEYS) as ResourceField[]
/** Resource key -> field * 8 + rank. */
export const RESOURCE_SLOTS = new KeyTable(
  RESOURCE_FIELDS.flatMap((field, f) => RESOURCE_KEYS[field].map((key, rank) => [key, f * 8 + rank] as const)),
)
