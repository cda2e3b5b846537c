// Resource and scope of the spans that follow: read once, written once a batch, repeated for every row.
import { dialectOfScope } from '@hanzo/insights-semconv'
import { RESOURCE_FIELDS, RESOURCE_SLOTS } from './tables.ts'
import { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import { Cursor, LEN, VARINT } from './wire/cursor.ts'
import { STRING } from './wire/value-reader.ts'

const SERVICE_NAME = RESOURCE_FIELDS.indexOf('service_name')
const ENVIRONMENT = RESOURCE_FIELDS.indexOf('environment')
const RELEASE = RESOURCE_FIELDS.indexOf('release')
/** Above every rank of a key. */
const NO_RANK = 8

/** `serial` differs for every resource read, so that a writer knows when it may repeat its last row. */
export class ResourceContext {
  serial = 0
  schemaStart = 0
  schemaEnd = 0
  readonly attributes: Attributes
  /** Attribute number of each resource field, or -1. */
  private readonly picked = new Int32Array(RESOURCE_FIELDS.length)
  private readonly rank = new Int32Array(RESOURCE_FIELDS.length)
  private readonly cursor = new Cursor()

  constructor(maxAttributes: number) {
    this.attributes = new Attributes(maxAttributes)
  }

  clear(): void {
    this.serial++
    this.schemaStart = this.schemaEnd = 0
    this.attributes.clear()
    this.picked.fill(-1)
  }

  /** Merges one Resource message (a repeated singular message is merged, as protobuf says). @throws MALFORMED */
  read(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    while (cursor.next()) {
      if (cursor.field === 1 && cursor.wire === LEN) {
        const stop = cursor.length()
        this.attributes.add(source, cursor.pos, stop)
        cursor.pos = stop
      } else cursor.skip()
    }
    this.pick(source)
  }

  // Asked once all are there: a key that comes twice has only its last value.
  private pick(source: Source): void {
    const { attributes } = this
    this.picked.fill(-1)
    this.rank.fill(NO_RANK)
    for (let i = 0; i < attributes.count; i++) {
      const slot = RESOURCE_SLOTS.find(source, attributes.keyStart[i]!, attributes.keyEnd[i]!, attributes.keyHash[i]!)
      if (slot < 0 || attributes.kind[i] !== STRING || attributes.start[i] === attributes.end[i]) continue
      const field = slot >> 3
      if ((slot & 7) > this.rank[field]!) continue
      this.rank[field] = slot & 7
      this.picked[field] = i
    }
  }

  get serviceName(): number {
    return this.picked[SERVICE_NAME]!
  }
  get environment(): number {
    return this.picked[ENVIRONMENT]!
  }
  get release(): number {
    return this.picked[RELEASE]!
  }
}

/** opentelemetry.proto.common.v1.InstrumentationScope. */
export class ScopeContext {
  serial = 0
  nameStart = 0
  nameEnd = 0
  versionStart = 0
  versionEnd = 0
  schemaStart = 0
  schemaEnd = 0
  droppedAttributes = 0
  /** Number of the dialect that the scope's name gives away, or -1. */
  dialect = -1
  /** Whether it gives one away. */
  isDialect = false
  readonly attributes: Attributes
  private readonly cursor = new Cursor()

  constructor(maxAttributes: number) {
    this.attributes = new Attributes(maxAttributes)
  }

  clear(): void {
    this.serial++
    this.dialect = -1
    this.isDialect = false
    this.nameStart = this.nameEnd = this.versionStart = this.versionEnd = this.schemaStart = this.schemaEnd = 0
    this.droppedAttributes = 0
    this.attributes.clear()
  }

  /** Merges one InstrumentationScope message. @throws MALFORMED */
  read(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    while (cursor.next()) {
      if (cursor.wire === VARINT && cursor.field === 4) {
        cursor.varint()
        this.droppedAttributes = cursor.lo
        continue
      }
      if (cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (cursor.field === 1) [this.nameStart, this.nameEnd] = [cursor.pos, stop]
      else if (cursor.field === 2) [this.versionStart, this.versionEnd] = [cursor.pos, stop]
      else if (cursor.field === 3) this.attributes.add(source, cursor.pos, stop)
      cursor.pos = stop
    }
    this.dialect = dialectOfScope(source.bytes.toString('utf8', this.nameStart, this.nameEnd))
    this.isDialect = this.dialect >= 0
  }
}
