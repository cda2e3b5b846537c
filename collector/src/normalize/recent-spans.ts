// Spans seen lately, so that an SDK's resend after a lost acknowledgement is not stored a second time.
import type { SpanRecord } from './span-record.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import type { Word } from './words.ts'

const WORDS = 4
const FIRST_SLOTS = 1 << 12

/** One generation: an open-addressing set of 128-bit fingerprints. */
class FingerprintSet {
  count = 0
  private slots = new Int32Array(FIRST_SLOTS * WORDS)
  private mask = FIRST_SLOTS - 1
  private readonly maxCount: number

  constructor(maxCount: number) {
    this.maxCount = maxCount
  }

  get isFull(): boolean {
    return this.count >= this.maxCount
  }

  has(a: number, b: number, c: number, d: number): boolean {
    return this.slots[this.find(a, b, c, d) + 3] !== 0
  }

  /** @returns false when it was there already */
  add(a: number, b: number, c: number, d: number): boolean {
    if (this.count * 2 > this.mask) this.grow()
    const at = this.find(a, b, c, d)
    if (this.slots[at + 3] !== 0) return false
    this.slots[at] = a
    this.slots[at + 1] = b
    this.slots[at + 2] = c
    this.slots[at + 3] = d
    this.count++
    return true
  }

  clear(): void {
    this.slots.fill(0)
    this.count = 0
  }

  // Where the fingerprint is, or the free place where it would be. d is never 0, so 0 marks a free place.
  private find(a: number, b: number, c: number, d: number): number {
    const { slots, mask } = this
    // Some senders count their ids up instead of drawing them, so the place is mixed from every word.
    let h = Math.imul(a ^ Math.imul(c, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b ^ (d >>> 7), 0xc2b2ae35)
    h ^= h >>> 15
    let slot = (Math.imul(h, 0x27d4eb2f) >>> 8) & mask
    for (;;) {
      const at = slot * WORDS
      if (slots[at + 3] === 0) return at
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return at
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    const old = this.slots
    this.mask = this.mask * 2 + 1
    this.slots = new Int32Array((this.mask + 1) * WORDS)
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 3] === 0) continue
      const to = this.find(old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!)
      for (let k = 0; k < WORDS; k++) this.slots[to + k] = old[at + k]!
    }
  }
}

/**
 * Two generations of at most `capacity` spans each: the older is forgotten when the younger is full, so memory is bounded
 * at 64 bytes a span and the window is between one and two capacities. A span is its project, trace id, span id and start.
 */
export class RecentSpans {
  private young: FingerprintSet
  private old: FingerprintSet

  constructor(capacity = 1 << 18) {
    this.young = new FingerprintSet(capacity)
    this.old = new FingerprintSet(capacity)
  }

  /** Whether the span was seen; from now on it is. */
  seen(source: Source, record: SpanRecord, project: Word): boolean {
    const { view } = source
    const { traceId, spanId, startLo, startHi } = record
    // Four words that keep the bits of both ids, the start and the project.
    return this.add(
      view.getUint32(traceId, true) ^ Math.imul(startLo, 0x9e3779b1),
      view.getUint32(traceId + 4, true) ^
        Math.imul(startHi, 0x85ebca6b) ^
        Math.imul(view.getUint32(traceId + 12, true), 0xc2b2ae35),
      view.getUint32(spanId, true) ^ project.hash,
      view.getUint32(spanId + 4, true) ^ Math.imul(view.getUint32(traceId + 8, true), 0x27d4eb2f),
    )
  }

  /**
   * The same for a log record, which has no id: it is its bytes, its span and its place in the request. A resend repeats all
   * three; two equal messages of one request differ in the last.
   */
  seenLog(source: Source, log: { start: number; end: number; spanId: number }, place: number, project: Word): boolean {
    const { start, end, spanId } = log
    const middle = start + ((end - start) >> 1)
    return this.add(
      hashSlice(source, start, end),
      hashSlice(source, start, middle) ^ Math.imul(place + 1, 0x9e3779b1),
      (spanId < 0 ? 0 : source.view.getUint32(spanId, true)) ^ project.hash,
      hashSlice(source, middle, end) ^ Math.imul(end - start, 0x85ebca6b),
    )
  }

  private add(a: number, b: number, c: number, d: number): boolean {
    // Signed words: V8 keeps those without a box.
    const x = a | 0
    const y = b | 0
    const z = c | 0
    const w = d | 0 || 1
    if (this.old.count > 0 && this.old.has(x, y, z, w)) return true
    if (this.young.isFull) {
      // Turning first would take a member of the young set for new.
      if (this.young.has(x, y, z, w)) return true
      this.turn()
    }
    return !this.young.add(x, y, z, w)
  }

  clear(): void {
    this.young.clear()
    this.old.clear()
  }

  private turn(): void {
    const emptied = this.old
    this.old = this.young
    this.young = emptied
    emptied.clear()
  }
}
