// A request's bytes -> the same request with what the policy says taken out. Where nothing is, the bytes are given back as they came.
import type { RedactMode } from '../../config/redaction.ts'
import type { CompiledPolicy } from '../compile-policy.ts'
import type { TextRedactor } from '../replace-text.ts'
import { KeyTable } from './key-table.ts'
import type { Message, Part } from './messages.ts'
import { FieldReader, LEN, lenField, NOT_PROTOBUF, VARINT } from './reader.ts'

/** As the walker: what is deeper is no record. */
const MAX_DEPTH = 64
const MAX_ID_BYTES = 16
const NOTHING = Buffer.alloc(0)
const MASKED = '[masked]'

/** Fields of AnyValue. */
const STRING = 1
const INT = 3
const DOUBLE = 4
const ARRAY = 5
const KVLIST = 6
const BYTES = 7

/** What a part of a message becomes: undefined = it stays, else other bytes of its value; gone = it is left out. */
type Change = Buffer | 'gone' | undefined

export class Rewriter {
  private readonly text: TextRedactor
  private readonly policy: CompiledPolicy
  private readonly keys: KeyTable
  private readonly countField: (mode: RedactMode) => void
  private bytes: Uint8Array = NOTHING

  constructor(policy: CompiledPolicy, text: TextRedactor, countField: (mode: RedactMode) => void) {
    this.policy = policy
    this.text = text
    this.countField = countField
    this.keys = new KeyTable(policy)
  }

  /** Throws NOT_PROTOBUF when the bytes are no request. */
  rewrite(bytes: Uint8Array, message: Message): Uint8Array {
    this.bytes = bytes
    try {
      return this.message(message, 0, bytes.length) ?? bytes
    } finally {
      this.bytes = NOTHING
    }
  }

  /** Undefined when nothing changes. */
  private message(message: Message, start: number, end: number): Buffer | undefined {
    return this.fields(start, end, (reader) => {
      const part = message.parts.get(reader.field)
      if (part === undefined) return 'gone'
      return reader.wire === LEN ? this.part(part, reader.start, reader.stop) : part === 'number' ? undefined : 'gone'
    })
  }

  private part(part: Part, start: number, end: number): Change {
    switch (part) {
      case 'number':
        return 'gone'
      case 'id':
        return end - start > MAX_ID_BYTES ? NOTHING : undefined
      case 'text':
        return this.string(start, end)
      case 'attribute':
        return this.attribute(start, end, 0)
      default:
        if ('label' in part) return this.labelled(part, start, end)
        return part.record ? this.record(part, start, end) : this.message(part, start, end)
    }
  }

  private labelled({ label, holds }: Extract<Part, { label: string }>, start: number, end: number): Change {
    const mode = this.policy.modeOf(label)
    if (mode === 'keep') return undefined
    if (mode !== undefined) this.countField(mode)
    if (mode === 'drop') return 'gone'
    if (holds === 'value') return mode === undefined ? this.value(start, end, 0) : this.marked(start, end, mode)
    if (mode === undefined) return this.string(start, end)
    return Buffer.from(mode === 'mask' ? MASKED : this.text.hash(this.bytes.subarray(start, end)))
  }

  // An empty record is refused and counted by the walker, as the unreadable one would have been.
  private record(part: Message, start: number, end: number): Change {
    try {
      return this.message(part, start, end)
    } catch (error) {
      if (error === NOT_PROTOBUF) return NOTHING
      throw error
    }
  }

  private string(start: number, end: number): Change {
    if (!this.policy.scanner.isWorth(this.bytes, start, end)) return undefined
    return this.text.redact(this.bytes.subarray(start, end))
  }

  private attribute(start: number, end: number, depth: number): Change {
    const reader = new FieldReader(this.bytes, start, end)
    let [keyStart, keyEnd] = [start, start]
    // The last key counts, wherever it stands.
    while (reader.next())
      if (reader.field === 1 && reader.wire === LEN) [keyStart, keyEnd] = [reader.start, reader.stop]
    const key = this.keys.find(this.bytes, keyStart, keyEnd)
    if (key.mode === 'drop') {
      this.countField('drop')
      return 'gone'
    }
    const { mode, clean } = key
    if (mode === 'mask' || mode === 'hash') this.countField(mode)
    return this.fields(start, end, ({ field, wire, start: from, stop }) => {
      if (wire !== LEN || field > 2) return 'gone'
      if (field === 1) return clean ? undefined : this.string(from, stop)
      if (mode === 'keep') return undefined
      return mode === undefined ? this.value(from, stop, depth) : this.marked(from, stop, mode)
    })
  }

  /** An AnyValue with what stands for another. */
  private marked(start: number, end: number, mode: 'mask' | 'hash'): Buffer {
    if (mode === 'mask') return lenField(STRING, Buffer.from(MASKED))
    const reader = new FieldReader(this.bytes, start, end)
    let content = this.bytes.subarray(start, end)
    // Of a text the text itself, so that it is one hash whatever wrote it.
    while (reader.next())
      if (reader.field === STRING && reader.wire === LEN) content = this.bytes.subarray(reader.start, reader.stop)
    return lenField(STRING, Buffer.from(this.text.hash(content)))
  }

  private value(start: number, end: number, depth: number): Change {
    if (depth > MAX_DEPTH) throw NOT_PROTOBUF
    return this.fields(start, end, (reader) => {
      const { field, wire, start: from, stop } = reader
      if (wire === LEN) {
        if (field === STRING || field === BYTES) return this.string(from, stop)
        if (field === ARRAY) return this.each(from, stop, (a, b) => this.value(a, b, depth + 1))
        if (field === KVLIST) return this.each(from, stop, (a, b) => this.attribute(a, b, depth + 1))
        return 'gone'
      }
      return field === INT || field === DOUBLE ? this.number(wire, from, stop) : undefined
    })
  }

  /** Values of a list, which are its field 1. */
  private each(start: number, end: number, change: (start: number, end: number) => Change): Buffer | undefined {
    return this.fields(start, end, ({ field, wire, start: from, stop }) =>
      field === 1 && wire === LEN ? change(from, stop) : 'gone',
    )
  }

  // A card's number may be a number: then it becomes a text.
  private number(wire: number, start: number, stop: number): Change {
    const digits = wire === VARINT ? wholeDigits(this.bytes, start, stop) : doubleDigits(this.bytes, start, stop)
    const text = digits === undefined ? undefined : this.text.redact(Buffer.from(digits))
    if (text === undefined) return undefined
    this.instead = lenField(STRING, text)
    return 'gone'
  }

  /** Put in the place of a field that is of another kind afterwards. */
  private instead: Buffer | undefined

  private fields(start: number, end: number, change: (reader: FieldReader) => Change): Buffer | undefined {
    const { bytes } = this
    const reader = new FieldReader(bytes, start, end)
    let parts: Uint8Array[] | undefined
    let from = start
    while (reader.next()) {
      const changed = change(reader)
      if (changed === undefined) continue
      parts ??= []
      parts.push(bytes.subarray(from, reader.at))
      if (changed !== 'gone') parts.push(lenField(reader.field, changed))
      else if (this.instead) {
        parts.push(this.instead)
        this.instead = undefined
      }
      from = reader.stop
    }
    if (parts === undefined) return undefined
    parts.push(bytes.subarray(from, end))
    return Buffer.concat(parts)
  }
}

/** Digits of a varint that may be a card's number: below 2^35 none is. */
function wholeDigits(bytes: Uint8Array, start: number, stop: number): string | undefined {
  if (stop - start < 6) return undefined
  let value = 0n
  for (let i = stop - 1; i >= start; i--) value = (value << 7n) | BigInt((bytes[i] ?? 0) & 0x7f)
  return String(value)
}

/** Exponents of doubles from 2^39 to 2^52. */
const [LEAST_EXPONENT, MOST_EXPONENT] = [0x426, 0x433]

function doubleDigits(bytes: Uint8Array, start: number, stop: number): string | undefined {
  if (stop - start !== 8) return undefined
  const exponent = (((bytes[stop - 1] ?? 0) & 0x7f) << 4) | ((bytes[stop - 2] ?? 0) >> 4)
  if (exponent < LEAST_EXPONENT || exponent > MOST_EXPONENT) return undefined
  return String(new DataView(bytes.buffer, bytes.byteOffset + start, 8).getFloat64(0, true))
}
