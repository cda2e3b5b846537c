// One span's bytes -> one reused record of positions. Everything is checked here, so that writing the row cannot fail.
import { Fields } from './fields.ts'
import { EVENTS, SLOT_DEEP, SLOTS, UNLISTED, UNMAPPED } from './tables.ts'
import { Attributes } from './wire/attributes.ts'
import { type Source, shortLength } from './wire/bytes.ts'
import { Cursor, FIXED32, FIXED64, LEN, MALFORMED, VARINT } from './wire/cursor.ts'

const STATUS_ERROR = 2
/** Field numbers of the attributes in Span.Event and Span.Link. */
const EVENT_ATTRIBUTES = 3
const LINK_ATTRIBUTES = 4

/** Why a span was refused; `ok` is none. */
export type SpanProblem = 'ok' | 'malformed' | 'trace_id' | 'span_id'

/** Positions of the sub-messages of one repeated field. */
class Slices {
  count = 0
  start = new Int32Array(16)
  end = new Int32Array(16)

  push(start: number, end: number): void {
    if (this.count === this.start.length) {
      const starts = new Int32Array(this.count * 2)
      const ends = new Int32Array(this.count * 2)
      starts.set(this.start)
      ends.set(this.end)
      this.start = starts
      this.end = ends
    }
    this.start[this.count] = start
    this.end[this.count++] = end
  }
}

/** Field 9, length-delimited. */
const ATTRIBUTE_TAG = 0x4a

/** opentelemetry.proto.trace.v1.Span as positions in `source`. */
export class SpanRecord {
  traceId = -1
  spanId = -1
  /** -1 for a root; eight zero bytes are taken as none. */
  parentId = -1
  nameStart = 0
  nameEnd = 0
  stateStart = 0
  stateEnd = 0
  kind = 0
  flags = 0
  startLo = 0
  startHi = 0
  endLo = 0
  endHi = 0
  statusCode = 0
  messageStart = 0
  messageEnd = 0
  droppedAttributes = 0
  droppedEvents = 0
  droppedLinks = 0
  /** The span says more than plain attributes of the conventions: another dialect, a failure, content in events. */
  isDeep = false
  /** Some key is of the conventions and in no table. */
  hasUnmapped = false
  readonly attributes: Attributes
  readonly fields = new Fields()
  readonly events = new Slices()
  readonly links = new Slices()
  private readonly scratch = new Attributes(1)
  private readonly cursor = new Cursor()
  private readonly inner = new Cursor()

  constructor(maxAttributes: number) {
    this.attributes = new Attributes(maxAttributes, SLOTS)
  }

  /** Reads a span; any problem leaves no trace outside this record. */
  read(source: Source, start: number, end: number): SpanProblem {
    this.clear()
    try {
      this.walk(source, start, end)
      this.interpret(source)
    } catch (error) {
      if (error === MALFORMED) return 'malformed'
      throw error
    }
    if (this.traceId < 0 || isZero(source.bytes, this.traceId, 16)) return 'trace_id'
    if (this.spanId < 0 || isZero(source.bytes, this.spanId, 8)) return 'span_id'
    if (this.parentId >= 0 && isZero(source.bytes, this.parentId, 8)) this.parentId = -1
    return 'ok'
  }

  private clear(): void {
    this.traceId = this.spanId = this.parentId = -1
    this.nameStart = this.nameEnd = this.stateStart = this.stateEnd = this.messageStart = this.messageEnd = 0
    this.kind = this.flags = this.statusCode = 0
    this.startLo = this.startHi = this.endLo = this.endHi = 0
    this.droppedAttributes = this.droppedEvents = this.droppedLinks = 0
    this.attributes.clear()
    this.fields.clear()
    this.events.count = 0
    this.links.count = 0
    this.isDeep = this.hasUnmapped = false
  }

  private walk(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    for (;;) {
      cursor.pos = this.walkAttributes(source, cursor.pos, end)
      if (!cursor.next()) return
      if (cursor.wire === LEN) this.lengthDelimited(source, cursor)
      else if (cursor.wire === FIXED64) this.time(cursor)
      else if (cursor.wire === VARINT) this.varint(cursor)
      else if (cursor.wire === FIXED32 && cursor.field === 16) this.flags = cursor.fixed32()
      else cursor.skip()
    }
  }

  // Fast path: most of a span is its attributes, one behind the other. Stops at whatever else there is, and at long lengths.
  private walkAttributes(source: Source, start: number, end: number): number {
    const { bytes } = source
    const { attributes } = this
    let pos = start
    while (pos + 4 <= end && bytes[pos] === ATTRIBUTE_TAG) {
      const length = shortLength(bytes, pos + 1)
      const from = pos + 1 + (length & 3)
      if (length < 0 || from + (length >> 2) > end) break
      pos = from + (length >> 2)
      attributes.add(source, from, pos)
    }
    return pos
  }

  private lengthDelimited(source: Source, cursor: Cursor): void {
    const stop = cursor.length()
    const start = cursor.pos
    switch (cursor.field) {
      case 1:
        this.traceId = stop - start === 16 ? start : -1
        break
      case 2:
        this.spanId = stop - start === 8 ? start : -1
        break
      case 3:
        this.stateStart = start
        this.stateEnd = stop
        break
      case 4:
        this.parentId = stop - start === 8 ? start : -1
        break
      case 5:
        this.nameStart = start
        this.nameEnd = stop
        break
      case 9:
        this.attributes.add(source, start, stop)
        break
      case 11:
        this.check(source, start, stop, EVENT_ATTRIBUTES)
        this.events.push(start, stop)
        break
      case 13:
        this.check(source, start, stop, LINK_ATTRIBUTES)
        this.links.push(start, stop)
        break
      case 15:
        this.status(this.inner.over(source, start, stop))
        break
    }
    cursor.pos = stop
  }

  // What the attributes mean is asked once all are there: a key that comes twice has only its last value.
  private interpret(source: Source): void {
    const { attributes, fields } = this
    if (this.statusCode === STATUS_ERROR) this.isDeep = true
    for (let i = 0; i < attributes.count; i++) {
      const slot = attributes.slot[i]!
      if (slot >= 0) {
        if (SLOT_DEEP[slot] !== 0) this.isDeep = true
        fields.offer(source, attributes, i, slot)
      } else if (slot === UNLISTED) this.isDeep = true
      else if (slot === UNMAPPED) this.hasUnmapped = true
    }
  }

  private time(cursor: Cursor): void {
    cursor.fixed64()
    if (cursor.field === 7) {
      this.startLo = cursor.lo
      this.startHi = cursor.hi
    } else if (cursor.field === 8) {
      this.endLo = cursor.lo
      this.endHi = cursor.hi
    }
  }

  private varint(cursor: Cursor): void {
    cursor.varint()
    if (cursor.field === 6) this.kind = cursor.lo | 0
    else if (cursor.field === 10) this.droppedAttributes = cursor.lo
    else if (cursor.field === 12) this.droppedEvents = cursor.lo
    else if (cursor.field === 14) this.droppedLinks = cursor.lo
  }

  /** Reads an event or a link to the bottom, so that writing it later cannot meet broken bytes. */
  private check(source: Source, start: number, end: number, attributesField: number): void {
    const cursor = this.inner.over(source, start, end)
    const isEvent = attributesField === EVENT_ATTRIBUTES
    while (cursor.next()) {
      if (isEvent && cursor.field === 2 && cursor.wire === LEN) {
        const stop = cursor.length()
        if (EVENTS.lookup(source, cursor.pos, stop) >= 0) this.isDeep = true
        cursor.pos = stop
      } else if (cursor.field === attributesField && cursor.wire === LEN) {
        const stop = cursor.length()
        this.scratch.clear()
        this.scratch.add(source, cursor.pos, stop)
        cursor.pos = stop
      } else cursor.skip()
    }
  }

  private status(cursor: Cursor): void {
    while (cursor.next()) {
      if (cursor.field === 2 && cursor.wire === LEN) {
        this.messageEnd = cursor.length()
        this.messageStart = cursor.pos
        cursor.pos = this.messageEnd
      } else if (cursor.field === 3 && cursor.wire === VARINT) {
        cursor.varint()
        this.statusCode = cursor.lo | 0
      } else cursor.skip()
    }
  }
}

/** Whether an id is none: all its bytes are zero. */
export function isZero(bytes: Buffer, start: number, count: number): boolean {
  for (let i = start; i < start + count; i++) if (bytes[i] !== 0) return false
  return true
}
