// Attributes -> canonical fields: per field the most trusted key that holds a usable value.
import { type Field, isModelName } from '@hanzo/insights-semconv'
import { F, FIELD_COUNT, LAST_TEXT, NO_FIELD, SLOT_FIELD, SLOT_TYPE, T } from './tables.ts'
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
  /** Two keys name a provider, of which one may name a framework. */
  hasTwoProviders = false

  clear(): void {
    if (this.count > 0) this.slot.fill(UNSET)
    this.count = this.groups = 0
    this.hasTwoProviders = false
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
    if (field === NO_FIELD) return
    const held = this.slot[field]!
    if (held !== UNSET) {
      if (field === F.provider && slot !== held) this.hasTwoProviders = true
      if (slot > held || fromEvent) return
    }
    const kind = list.kind[i]!
    if (!isUsable(source, list, i, kind, SLOT_TYPE[slot]!)) return
    if (held === UNSET) {
      this.touched[this.count++] = field
      this.groups |= GROUP_OF[field]!
    }
    this.slot[field] = slot
    this.kind[field] = kind
    this.attribute[field] = fromEvent ? -1 : i
    this.num[field] = FOUND[0]!
    if (kind === STRING || kind >= ARRAY) {
      this.start[field] = list.start[i]!
      this.end[field] = list.end[i]!
    } else {
      this.lo[field] = list.lo[i]!
      this.hi[field] = list.hi[i]!
    }
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
  [GROUP.LISTS, ['tags', 'finish_reasons', 'stop_sequences', 'tool_name']],
]
const GROUP_OF = new Uint8Array(FIELD_COUNT)
for (const [group, fields] of GROUP_FIELDS) for (const field of fields) GROUP_OF[F[field]] = group

/** The number that `isUsable` found: handed over in memory, since a double that a function returns may be allocated. */
const FOUND = new Float64Array(1)

function isUsable(source: Source, list: Attributes, i: number, kind: number, type: number): boolean {
  if (type <= LAST_TEXT) {
    // A field that is text keeps the number as it came: it is written out from it.
    if (kind !== STRING) FOUND[0] = list.num[i]!
    if (type === T.name || type === T.text) return isName(source, list, i, kind)
    if (type === T.model) return isName(source, list, i, kind) && isModel(source, list, i, kind)
    return kind !== NONE && !(list.start[i] === list.end[i] && (kind === STRING || kind >= ARRAY))
  }
  if (kind === INT || kind === DOUBLE) FOUND[0] = list.num[i]!
  else if (kind === STRING) {
    if (type === T.flag) return isFlag(source, list.start[i]!, list.end[i]!)
    parseNumber(source.bytes, list.start[i]!, list.end[i]!)
  } else if (kind !== BOOL || type !== T.flag) return false
  else FOUND[0] = list.num[i]!
  return isNumber(type, kind)
}

/** Takes the number found for one of a type of field, in the unit that it is kept in. */
function isNumber(type: number, kind: number): boolean {
  const value = FOUND[0]!
  if (type === T.count) return value >= 0 && value <= MAX_COUNT && Math.floor(value) === value
  if (type === T.flag) return kind === BOOL
  if (!Number.isFinite(value)) return false
  if (type === T.number) return true
  // Who has no price writes 0.
  if (value <= 0 && type === T.usd) return false
  // Durations leave as nanoseconds, whatever they came in; a negative one is flagged by who writes it.
  if (type === T.seconds) FOUND[0] = Math.round(value * 1e9)
  else if (type === T.milliseconds) FOUND[0] = Math.round(value * 1e6)
  return true
}

// Instrumentations of typed languages write "none" where there is nothing.
function isName({ bytes }: Source, list: Attributes, i: number, kind: number): boolean {
  if (kind !== STRING) return kind === INT || kind === DOUBLE || kind === BOOL
  const start = list.start[i]!
  const length = list.end[i]! - start
  if (length === 0) return false
  if (length !== 4) return true
  return !(
    (bytes[start]! | 0x20) === 0x6e &&
    (bytes[start + 1]! | 0x20) === 0x6f &&
    (bytes[start + 2]! | 0x20) === 0x6e &&
    (bytes[start + 3]! | 0x20) === 0x65
  )
}

const [LOWER_D, LOWER_N, LOWER_U] = [0x64, 0x6e, 0x75]

/** The words that stand for no model begin with one of three letters: few models do, and only those need a string. */
function isModel({ bytes }: Source, list: Attributes, i: number, kind: number): boolean {
  if (kind !== STRING) return !(kind === DOUBLE && Number.isNaN(list.num[i]!))
  const start = list.start[i]!
  const end = list.end[i]!
  const first = bytes[start]!
  const isPlain = first > 0x20 && first < 0x80
  if (isPlain && end - start > 9 && bytes[end - 1]! > 0x20 && bytes[end - 1]! < 0x80) return true
  const letter = first | 0x20
  if (isPlain && letter !== LOWER_D && letter !== LOWER_N && letter !== LOWER_U) return true
  return isModelName(bytes.toString('utf8', start, end))
}

function isFlag({ bytes }: Source, start: number, end: number): boolean {
  if (end - start < 4 || end - start > 5) return false
  const text = bytes.toString('latin1', start, end).toLowerCase()
  FOUND[0] = text === 'true' ? 1 : 0
  return text === 'true' || text === 'false'
}

/** Digits in text: whole numbers of up to fifteen digits without a string, the rest by the language. NaN for what is no number. */
function parseNumber(bytes: Buffer, start: number, end: number): void {
  FOUND[0] = Number.NaN
  if (end === start || end - start > 32) return
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 0x30
    if (digit < 0 || digit > 9 || i - start > 14) {
      const text = bytes.toString('latin1', start, end)
      // Number() reads '' and '0x10' as numbers; a token count never looks so.
      if (DECIMAL.test(text)) FOUND[0] = Number(text)
      return
    }
    value = value * 10 + digit
  }
  FOUND[0] = value
}
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/

/** Fields whose winning attribute has a column of its own and is therefore not kept in the attribute map as well. */
export const CONTENT_FIELDS: readonly number[] = [F.input, F.output, F.system_instructions, F.tool_definitions]
