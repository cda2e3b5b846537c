// A span record -> what the span says of itself, as plain values: for the object rules, and for whoever explains them.
import type { Attribute, EventFacts, SpanFacts, Value } from '@hanzo/insights-semconv'
import type { SpanRecord } from './span-record.ts'
import { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import { Cursor, FIXED64, LEN } from './wire/cursor.ts'
import { ValueDecoder } from './wire/decode.ts'
import type { RowContext } from './write-span.ts'

const MAX_EVENT_ATTRIBUTES = 256
const TWO_32 = 0x1_0000_0000

export class FactsReader {
  readonly decoder = new ValueDecoder()
  private readonly cursor = new Cursor()
  private readonly list = new Attributes(MAX_EVENT_ATTRIBUTES)

  /** All but attributes and events. */
  head(record: SpanRecord, { source, scope, times }: Pick<RowContext, 'source' | 'scope' | 'times'>) {
    const { bytes } = source
    return {
      name: bytes.toString('utf8', record.nameStart, record.nameEnd),
      scopeName: bytes.toString('utf8', scope.nameStart, scope.nameEnd),
      scopeVersion: bytes.toString('utf8', scope.versionStart, scope.versionEnd),
      statusCode: record.statusCode,
      statusMessage: bytes.toString('utf8', record.messageStart, record.messageEnd),
      startMs: times.startMs,
      durationNs: times.durationNs,
    } satisfies Omit<SpanFacts, 'attributes' | 'events'>
  }

  attributes(list: Attributes, source: Source): Attribute[] {
    return Array.from({ length: list.count }, (_, i): readonly [string, Value] => [
      source.bytes.toString('utf8', list.keyStart[i]!, list.keyEnd[i]!),
      this.decoder.value(source, list, i),
    ])
  }

  event(record: SpanRecord, source: Source, e: number): EventFacts {
    const cursor = this.cursor.over(source, record.events.start[e]!, record.events.end[e]!)
    const { list } = this
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
    const attributes = this.attributes(list, source)
    return { name, attributes, ...(offsetNs === undefined ? {} : { offsetNs }) }
  }
}
