// A span that says more than the plain gen_ai attributes -> what it means, by the object rules of semconv.
import { conclude, ENTRIES, Findings, type Interpretation, type Value } from '@hanzo/insights-semconv'
import type { SpanRecord } from './span-record.ts'
import { NOBODYS } from './tables.ts'
import { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import { Cursor, FIXED64, LEN } from './wire/cursor.ts'
import { ValueDecoder } from './wire/decode.ts'
import { findKey } from './wire/find-key.ts'
import type { RowContext } from './write-span.ts'

const MAX_EVENT_ATTRIBUTES = 256
const TWO_32 = 0x1_0000_0000

export class DeepReader {
  private readonly decoder = new ValueDecoder()
  private readonly cursor = new Cursor()
  private readonly list = new Attributes(MAX_EVENT_ATTRIBUTES)

  read(record: SpanRecord, { source, scope, times }: RowContext): Interpretation {
    const { bytes } = source
    const span = {
      name: bytes.toString('utf8', record.nameStart, record.nameEnd),
      scopeName: bytes.toString('utf8', scope.nameStart, scope.nameEnd),
      scopeVersion: bytes.toString('utf8', scope.versionStart, scope.versionEnd),
      statusCode: record.statusCode,
      statusMessage: bytes.toString('utf8', record.messageStart, record.messageEnd),
      startMs: times.startMs,
      durationNs: times.durationNs,
    }
    const found = new Findings(span, (key) => this.lookUp(record, source, key))
    this.attributes(found, record, source)
    for (let e = 0; e < record.events.count; e++) this.event(found, record, source, e)
    return conclude(found, span)
  }

  private attributes(found: Findings, { attributes }: SpanRecord, source: Source): void {
    for (let i = 0; i < attributes.count; i++) {
      const slot = attributes.slot[i]!
      if (slot >= 0) found.entry(ENTRIES[slot]!, this.decoder.value(source, attributes, i), i)
      else if (slot !== NOBODYS) {
        const key = source.bytes.toString('utf8', attributes.keyStart[i]!, attributes.keyEnd[i]!)
        found.attribute(key, this.decoder.value(source, attributes, i), i)
      }
    }
  }

  private lookUp({ attributes }: SpanRecord, source: Source, key: string): Value {
    const i = findKey(attributes, source, key)
    return i < 0 ? undefined : this.decoder.value(source, attributes, i)
  }

  private event(found: Findings, record: SpanRecord, source: Source, e: number): void {
    const cursor = this.cursor.over(source, record.events.start[e]!, record.events.end[e]!)
    const { list, decoder } = this
    list.clear()
    let name = ''
    let offsetNs: number | undefined
    while (cursor.next()) {
      if (cursor.wire === FIXED64 && cursor.field === 1) {
        cursor.fixed64()
        const isTold = (cursor.hi | cursor.lo) !== 0
        offsetNs = isTold ? (cursor.hi - record.startHi) * TWO_32 + (cursor.lo - record.startLo) : undefined
      } else if (cursor.wire === LEN) {
        const stop = cursor.length()
        if (cursor.field === 2) name = source.bytes.toString('utf8', cursor.pos, stop)
        else if (cursor.field === 3) list.add(source, cursor.pos, stop)
        cursor.pos = stop
      } else cursor.skip()
    }
    const attributes = Array.from({ length: list.count }, (_, i): readonly [string, Value] => [
      source.bytes.toString('utf8', list.keyStart[i]!, list.keyEnd[i]!),
      decoder.value(source, list, i),
    ])
    found.event({ name, attributes, ...(offsetNs === undefined ? {} : { offsetNs }) })
  }
}
