// One log record's bytes -> one reused record of positions, and whether it is one of the events that are kept.
import type { EventRule, LogUse } from '@hanzo/insights-semconv'
import { Fields } from './fields.ts'
import { isZero } from './span-record.ts'
import { EVENTS, eventRule, LOG_NAMES, LOG_NAMES_IN_SCOPE, logUse, SLOTS } from './tables.ts'
import { Attributes } from './wire/attributes.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import { Cursor, FIXED32, FIXED64, LEN, MALFORMED, VARINT } from './wire/cursor.ts'
import { KeyTable } from './wire/key-table.ts'
import { KVLIST, NONE, STRING, ValueReader } from './wire/value-reader.ts'

/** `not_gen_ai` is a log like any other: understood, and not ours to keep. */
export type LogProblem = 'ok' | 'malformed' | 'not_gen_ai'

/** Older instrumentations write the event's name as an attribute, some of them as the body. */
const EVENT_NAME = new KeyTable([['event.name', 0]])
/** A longer body is no name. */
const MAX_NAME = 128

/** opentelemetry.proto.logs.v1.LogRecord as positions in `source`. */
export class LogRecord {
  traceId = -1
  spanId = -1
  timeLo = 0
  timeHi = 0
  observedLo = 0
  observedHi = 0
  severity = 0
  flags = 0
  /** The name by which the record is known; where two are told, the one that a table has. */
  nameStart = 0
  nameEnd = 0
  private toldStart = 0
  private toldEnd = 0
  /** How an event of the conventions is read. */
  rule: EventRule | undefined
  /** What an agent's event is for. */
  use: LogUse | undefined
  /** Id of the trace that its prompt makes, where the record names none. */
  madeTraceId: Buffer | undefined
  readonly body = new ValueReader()
  /** Members of a structured body. */
  readonly bodyMembers: Attributes
  readonly attributes: Attributes
  readonly fields = new Fields()
  private readonly cursor = new Cursor()

  constructor(maxAttributes: number) {
    this.attributes = new Attributes(maxAttributes)
    this.bodyMembers = new Attributes(maxAttributes)
  }

  /** The event's time, else when it was observed; a log has no end of its own. */
  get startLo(): number {
    return this.hasTime ? this.timeLo : this.observedLo
  }
  get startHi(): number {
    return this.hasTime ? this.timeHi : this.observedHi
  }
  get endLo(): number {
    return this.startLo
  }
  get endHi(): number {
    return this.startHi
  }
  private get hasTime(): boolean {
    return (this.timeLo | this.timeHi) !== 0
  }

  /** @param dialect that of its scope, or -1 */
  read(source: Source, start: number, end: number, dialect: number): LogProblem {
    this.clear()
    try {
      this.walk(source, start, end)
      if (!this.recognise(source, dialect)) return 'not_gen_ai'
      if (this.traceId >= 0 && isZero(source.bytes, this.traceId, 16)) this.traceId = -1
      if (this.spanId >= 0 && isZero(source.bytes, this.spanId, 8)) this.spanId = -1
      if (this.body.kind === KVLIST) this.members(source)
    } catch (error) {
      if (error === MALFORMED) return 'malformed'
      throw error
    }
    return 'ok'
  }

  private clear(): void {
    this.traceId = this.spanId = -1
    this.timeLo = this.timeHi = this.observedLo = this.observedHi = 0
    this.severity = this.flags = this.nameStart = this.nameEnd = this.toldStart = this.toldEnd = 0
    this.rule = undefined
    this.use = undefined
    this.madeTraceId = undefined
    this.body.kind = NONE
    this.bodyMembers.clear()
    this.attributes.clear()
    this.fields.clear()
  }

  // Codex names in the field the line of its source that made the record; Claude Code has the whole name in the body only.
  private recognise(source: Source, dialect: number): boolean {
    if (this.isKnown(source, this.nameStart, this.nameEnd, dialect)) return true
    const { body } = this
    if (this.isKnown(source, this.toldStart, this.toldEnd, dialect)) {
      this.nameStart = this.toldStart
      this.nameEnd = this.toldEnd
    } else if (
      body.kind === STRING &&
      body.end - body.start <= MAX_NAME &&
      this.isKnown(source, body.start, body.end, dialect)
    ) {
      this.nameStart = body.start
      this.nameEnd = body.end
    } else return false
    return true
  }

  private isKnown(source: Source, start: number, end: number, dialect: number): boolean {
    if (start === end) return false
    const hash = hashSlice(source, start, end)
    const own = dialect < 0 ? undefined : LOG_NAMES_IN_SCOPE[dialect]
    const inScope = own === undefined ? -1 : own.find(source, start, end, hash)
    this.use = logUse(inScope >= 0 ? inScope : LOG_NAMES.find(source, start, end, hash))
    const rule = eventRule(EVENTS.find(source, start, end, hash))
    this.rule = rule?.form === 'content' ? undefined : rule
    return this.use !== undefined || this.rule !== undefined
  }

  private walk(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    while (cursor.next()) {
      if (cursor.wire === LEN) this.lengthDelimited(source, cursor)
      else if (cursor.wire === FIXED64) this.time(cursor)
      else if (cursor.wire === FIXED32 && cursor.field === 8) this.flags = cursor.fixed32()
      else if (cursor.wire === VARINT && cursor.field === 2) {
        cursor.varint()
        this.severity = cursor.lo | 0
      } else cursor.skip()
    }
  }

  private lengthDelimited(source: Source, cursor: Cursor): void {
    const stop = cursor.length()
    const start = cursor.pos
    if (cursor.field === 5) this.body.read(source, start, stop)
    else if (cursor.field === 6) this.attribute(source, start, stop)
    else if (cursor.field === 9) this.traceId = stop - start === 16 ? start : -1
    else if (cursor.field === 10) this.spanId = stop - start === 8 ? start : -1
    else if (cursor.field === 12 && stop > start) [this.nameStart, this.nameEnd] = [start, stop]
    cursor.pos = stop
  }

  private attribute(source: Source, start: number, stop: number): void {
    const { attributes } = this
    const i = attributes.add(source, start, stop)
    if (i < 0) return
    const [from, to, hash] = [attributes.keyStart[i]!, attributes.keyEnd[i]!, attributes.keyHash[i]!]
    const slot = SLOTS.find(source, from, to, hash)
    if (slot >= 0) this.fields.offer(source, attributes, i, slot)
    else if (EVENT_NAME.find(source, from, to, hash) === 0 && attributes.kind[i] === STRING) {
      this.toldStart = attributes.start[i]!
      this.toldEnd = attributes.end[i]!
    }
  }

  private time(cursor: Cursor): void {
    cursor.fixed64()
    if (cursor.field === 1) [this.timeLo, this.timeHi] = [cursor.lo, cursor.hi]
    else if (cursor.field === 11) [this.observedLo, this.observedHi] = [cursor.lo, cursor.hi]
  }

  // KeyValueList { 1: KeyValue } has the wire form of a list of attributes. A details event of some emitters
  // carries in its body what others carry in attributes, so the members are offered as fields too.
  private members(source: Source): void {
    const cursor = this.cursor.over(source, this.body.start, this.body.end)
    while (cursor.next()) {
      if (cursor.field !== 1 || cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      const members = this.bodyMembers
      const i = members.add(source, cursor.pos, stop)
      const slot = i < 0 ? -1 : SLOTS.find(source, members.keyStart[i]!, members.keyEnd[i]!, members.keyHash[i]!)
      if (slot >= 0) this.fields.offer(source, members, i, slot, true)
      cursor.pos = stop
    }
  }
}
