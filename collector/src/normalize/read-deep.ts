// A span that says more than the plain gen_ai attributes -> what it means, by the object rules of semconv.
import { conclude, ENTRIES, Findings, type Interpretation, type Value } from '@hanzo/insights-semconv'
import { FactsReader } from './read-facts.ts'
import type { SpanRecord } from './span-record.ts'
import { NOBODYS } from './tables.ts'
import type { Source } from './wire/bytes.ts'
import { findKey } from './wire/find-key.ts'
import type { RowContext } from './write-span.ts'

export class DeepReader {
  private readonly facts = new FactsReader()

  read(record: SpanRecord, context: RowContext): Interpretation {
    const { source } = context
    const span = this.facts.head(record, context)
    const found = new Findings(span, (key) => this.lookUp(record, source, key))
    this.attributes(found, record, source)
    for (let e = 0; e < record.events.count; e++) found.event(this.facts.event(record, source, e))
    return conclude(found, span)
  }

  // Keys that are nobody's are not decoded.
  private attributes(found: Findings, { attributes }: SpanRecord, source: Source): void {
    const { decoder } = this.facts
    for (let i = 0; i < attributes.count; i++) {
      const slot = attributes.slot[i]!
      if (slot >= 0) found.entry(ENTRIES[slot]!, decoder.value(source, attributes, i), i)
      else if (slot !== NOBODYS) {
        const key = source.bytes.toString('utf8', attributes.keyStart[i]!, attributes.keyEnd[i]!)
        found.attribute(key, decoder.value(source, attributes, i), i)
      }
    }
  }

  private lookUp({ attributes }: SpanRecord, source: Source, key: string): Value {
    const i = findKey(attributes, source, key)
    return i < 0 ? undefined : this.facts.decoder.value(source, attributes, i)
  }
}
