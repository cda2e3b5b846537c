// Indexed message keys (`gen_ai.prompt.0.role`) -> canonical messages. A deprecated form: sparse or huge indexes are only sorted, never expanded.
import { Out } from './columns/out.ts'
import { MessageWriter } from './messages.ts'
import { INDEXED, INDEXED_PARTS } from './tables.ts'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'

const MAX_ENTRIES = 4096
const MAX_INDEX = 0x7fff_ffff
const STAR = 0x2a
const DOT = 0x2e

const PART = Object.fromEntries(INDEXED_PARTS.map((part, i) => [part, i]))
const ROLE = PART['role']!
const CONTENT = PART['content']!
const FINISH_REASON = PART['finish_reason']!
const TOOL_CALL_ID = PART['tool_call_id']!

/** Entries of one span in order of arrival; sorted by (side, message, call) when written. */
export class IndexedMessages {
  count = 0
  private readonly side = new Uint8Array(MAX_ENTRIES)
  private readonly message = new Int32Array(MAX_ENTRIES)
  private readonly call = new Int32Array(MAX_ENTRIES)
  private readonly part = new Uint8Array(MAX_ENTRIES)
  private readonly attribute = new Int32Array(MAX_ENTRIES)
  private readonly suffix = new Out(128)

  clear(): void {
    this.count = 0
  }

  /** The side on which attribute `i` was taken as a part of a message (0 input, 1 output), or -1. */
  sideOf(i: number): number {
    for (let k = 0; k < this.count; k++) if (this.attribute[k] === i) return this.side[k]!
    return -1
  }

  offer(source: Source, list: Attributes, i: number): void {
    const start = list.keyStart[i]!
    const end = list.keyEnd[i]!
    for (let rule = 0; rule < INDEXED.length; rule++) {
      const { prefix } = INDEXED[rule]!
      if (end - start > prefix.length && startsWith(source.bytes, start, prefix)) {
        this.parse(source, start + prefix.length, end, rule, i)
        return
      }
    }
  }

  private parse(source: Source, start: number, end: number, rule: number, attribute: number): void {
    const { bytes } = source
    let at = start
    while (at < end && isDigit(bytes[at]!)) at++
    if (at === start || at - start > 9 || bytes[at] !== DOT || this.count >= MAX_ENTRIES) return
    const message = digits(bytes, start, at)
    let call = -1
    this.suffix.reset()
    for (at++; at < end; ) {
      const from = at
      let isNumber = true
      for (; at < end && bytes[at] !== DOT; at++) {
        // The star that stands for a number in the table is not one in a key.
        if (bytes[at] === STAR) return
        if (!isDigit(bytes[at]!)) isNumber = false
      }
      if (isNumber && at > from && at - from <= 9) {
        call = digits(bytes, from, at)
        this.suffix.byte(STAR)
      } else this.suffix.slice(bytes, from, at)
      if (at < end) this.suffix.byte(bytes[at++]!)
    }
    const part = INDEXED[rule]!.suffixes.lookup(this.suffix, 0, this.suffix.size)
    if (part >= 0) this.insert(INDEXED[rule]!.output ? 1 : 0, message, call, part, attribute)
  }

  // Insertion into sorted order: instrumentations write the keys in order, so this is an append.
  private insert(side: number, message: number, call: number, part: number, attribute: number): void {
    let at = this.count++
    while (at > 0 && this.after(at - 1, side, message, call)) {
      this.side[at] = this.side[at - 1]!
      this.message[at] = this.message[at - 1]!
      this.call[at] = this.call[at - 1]!
      this.part[at] = this.part[at - 1]!
      this.attribute[at] = this.attribute[at - 1]!
      at--
    }
    this.side[at] = side
    this.message[at] = message
    this.call[at] = call
    this.part[at] = part
    this.attribute[at] = attribute
  }

  private after(at: number, side: number, message: number, call: number): boolean {
    if (this.side[at] !== side) return this.side[at]! > side
    if (this.message[at] !== message) return this.message[at]! > message
    return this.call[at]! > call
  }

  /** Writes the messages of one side as a JSON array. @returns false when there are none */
  write(out: Out, side: 0 | 1, deps: { source: Source; list: Attributes; renderer: Renderer }): boolean {
    let last = -1
    const writer = new MessageWriter(out, deps.renderer)
    for (let k = 0; k < this.count; k++) {
      if (this.side[k] !== side) continue
      if (this.message[k] !== last || last === -1) {
        last = this.message[k]!
        writer.open(side === 0 ? 'user' : 'assistant')
      }
      this.part_(writer, k, deps)
    }
    return writer.close()
  }

  private part_(writer: MessageWriter, k: number, { source, list }: { source: Source; list: Attributes }): void {
    const part = this.part[k]!
    const i = this.attribute[k]!
    if (part === ROLE) writer.role(source, list, i)
    else if (part === CONTENT) writer.content(source, list, i)
    else if (part === FINISH_REASON) writer.finish(source, list, i)
    else if (part === TOOL_CALL_ID) writer.responseTo(source, list, i)
    else writer.toolCall(this.call[k]!, part - PART['tool_call.id']!, source, list, i)
  }
}

function startsWith(bytes: Buffer, start: number, prefix: Buffer): boolean {
  for (let i = prefix.length - 1; i >= 0; i--) if (bytes[start + i] !== prefix[i]) return false
  return true
}

const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39

function digits(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) value = value * 10 + (bytes[i]! - 0x30)
  return Math.min(value, MAX_INDEX)
}
