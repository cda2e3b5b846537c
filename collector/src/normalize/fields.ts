// Attributes -> canonical fields: per field the most trusted key that holds a usable value.
import type { Field } from '@hanzo/insights-semconv'
import { F, FIELD_COUNT, SLOT_FIELD, SLOT_TYPE, T } from './tables.ts'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import type { Values } from './wire/render.ts'
import { ARRAY, BOOL, DOUBLE, INT, NONE, STRING } from './wire/value-reader.ts'

const UNSET = 0xffff
/** Token counts are stored in 32 bits; no call comes near. */
const MAX_COUNT = 0xffff_ffff

/** The fields of one span, reused. A field that no key filled has `has(field)` false. */
export class Fields implements Values {
  readonly kind = new Uint8Array(FIELD_COUNT)
  readonly start = new Int32Array(FIELD_COUNT)
  readonly end = new Int32Array(FIELD_COUNT)
  readonly lo = new Uint32Array(FIELD_COUNT)
  readonly hi = new Uint32Array(FIELD_COUNT)
  readonly num = new Float64Array(FIELD_COUNT)
  /** Number of the attribute that won, or -1 when the value came from an event. */
  readonly attribute = new Int32Array(FIELD_COUNT)
  /** Winning slot: the key and through it the dialect. */
  readonly slot = new Uint16Array(FIELD_COUNT).fill(UNSET)
  /** How many fields hold a value; `touched` lists them. */
  count = 0
  readonly touched = new Uint8Array(FIELD_COUNT)
  /** GROUP bits of the fields that hold a value. */
  groups = 0

  clear(): void {
    if (this.count > 0) this.slot.fill(UNSET)
    this.count = this.groups = 0
  }

  has(field: number): boolean {
    return this.slot[field] !== UNSET
  }

  /** A number field's value; NaN when unknown. */
  number(field: number): number {
    return this.slot[field] === UNSET ? Number.NaN : this.num[field]!
  }

  /** Offers attribute `i`, whose key is `slot`; the more trusted key wins, and of equal keys the later. */
  offer(source: Source, list: Attributes, i: number, slot: number, fromEvent = false): void {
    const field = SLOT_FIELD[slot]!
    if (slot > this.slot[field]! || (fromEvent && this.has(field))) return
    const number = usable(source, list, i, SLOT_TYPE[slot]!)
    if (number === UNUSABLE) return
    if (!this.has(field)) {
      this.touched[this.count++] = field
      this.groups |= GROUP_OF[field]!
    }
    this.slot[field] = slot
    const kind = list.kind[i]!
    this.kind[field] = kind
    if (kind === STRING || kind >= ARRAY) {
      this.start[field] = list.start[i]!
      this.end[field] = list.end[i]!
      this.num[field] = number
    } else {
      this.lo[field] = list.lo[i]!
      this.hi[field] = list.hi[i]!
      // A field that is text keeps the number as it came: it is written out from it.
      this.num[field] = Number.isNaN(number) ? list.num[i]! : number
    }
    this.attribute[field] = fromEvent ? -1 : i
  }
}

/** What a field is needed for; a span without any field of a group skips all of that group's work. */
export const GROUP = { USAGE: 1, CONTENT: 2, LISTS: 4 } as const

const GROUP_FIELDS: readonly [group: number, fields: readonly Field[]][] = [
  [
    GROUP.USAGE,
    [
      'input_tokens',
      'output_tokens',
      'total_tokens',
      'cache_read_tokens',
      'cache_write_tokens',
      'cache_write_5m_tokens',
      'cache_write_1h_tokens',
      'reasoning_tokens',
      'input_audio_tokens',
      'output_audio_tokens',
      'input_image_tokens',
      'output_image_tokens',
      'reported_cost',
    ],
  ],
  [GROUP.CONTENT, ['input', 'output', 'system_instructions', 'tool_definitions']],
  [GROUP.LISTS, ['tags', 'finish_reasons', 'tool_name']],
]
const GROUP_OF = new Uint8Array(FIELD_COUNT)
for (const [group, fields] of GROUP_FIELDS) for (const field of fields) GROUP_OF[F[field]] = group

const UNUSABLE = Number.NEGATIVE_INFINITY

/** The number of a number field, NaN for fields that are not numbers, UNUSABLE when the value says nothing. */
function usable(source: Source, list: Attributes, i: number, type: number): number {
  const kind = list.kind[i]!
  if (kind === NONE) return UNUSABLE
  if (type === T.content || type === T.names) return isEmpty(list, i) ? UNUSABLE : Number.NaN
  if (type === T.name || type === T.text) return isName(source, list, i) ? Number.NaN : UNUSABLE
  if (type === T.flag) return flag(source, list, i)
  const value = numeric(source, list, i)
  if (!Number.isFinite(value)) return UNUSABLE
  if (type === T.count) return value >= 0 && value <= MAX_COUNT && Number.isInteger(value) ? value : UNUSABLE
  if (type === T.number) return value
  if (value < 0) return UNUSABLE
  // Durations leave as nanoseconds, whatever they came in.
  if (type === T.seconds) return Math.round(value * 1e9)
  if (type === T.milliseconds) return Math.round(value * 1e6)
  return value
}

function isEmpty(list: Attributes, i: number): boolean {
  const kind = list.kind[i]!
  return (kind === STRING || kind >= ARRAY) && list.start[i] === list.end[i]
}

// Instrumentations of typed languages write "none" where there is nothing.
function isName(source: Source, list: Attributes, i: number): boolean {
  if (list.kind[i] !== STRING) return list.kind[i] === INT || list.kind[i] === DOUBLE || list.kind[i] === BOOL
  const start = list.start[i]!
  const length = list.end[i]! - start
  if (length === 0) return false
  if (length !== 4) return true
  const { bytes } = source
  return !(
    (bytes[start]! | 0x20) === 0x6e &&
    (bytes[start + 1]! | 0x20) === 0x6f &&
    (bytes[start + 2]! | 0x20) === 0x6e &&
    (bytes[start + 3]! | 0x20) === 0x65
  )
}

function flag(source: Source, list: Attributes, i: number): number {
  if (list.kind[i] === BOOL) return list.num[i]!
  if (list.kind[i] !== STRING) return UNUSABLE
  const [start, end] = [list.start[i]!, list.end[i]!]
  if (end - start < 4 || end - start > 5) return UNUSABLE
  const text = source.bytes.toString('latin1', start, end).toLowerCase()
  if (text === 'true') return 1
  return text === 'false' ? 0 : UNUSABLE
}

function numeric(source: Source, list: Attributes, i: number): number {
  const kind = list.kind[i]!
  if (kind === INT || kind === DOUBLE) return list.num[i]!
  if (kind !== STRING) return Number.NaN
  return parseNumber(source.bytes, list.start[i]!, list.end[i]!)
}

/** Digits in text: whole numbers of up to fifteen digits without a string, the rest by the language. */
function parseNumber(bytes: Buffer, start: number, end: number): number {
  if (end === start || end - start > 32) return Number.NaN
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 0x30
    if (digit < 0 || digit > 9 || i - start > 14) return fractional(bytes, start, end)
    value = value * 10 + digit
  }
  return value
}

function fractional(bytes: Buffer, start: number, end: number): number {
  const text = bytes.toString('latin1', start, end)
  // Number() reads '' and '0x10' as numbers; a token count never looks so.
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN
}

/** Fields whose winning attribute has a column of its own and is therefore not kept in the attribute map as well. */
export const CONTENT_FIELDS: readonly number[] = [F.input, F.output, F.system_instructions, F.tool_definitions]
