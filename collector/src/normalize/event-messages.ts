// A per-message event (gen_ai.user.message, gen_ai.choice …) of a log record -> one canonical message. A deprecated form: it may use objects.
import { type EventRule, messageOfEvent, type Value } from '@hanzo/insights-semconv'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import type { ValueDecoder } from './wire/decode.ts'

/**
 * An event's attributes or body members as the JSON of one canonical message. Of a system message it is the parts alone, with commas
 * between: system instructions are a list of parts, whoever joins them.
 */
export function messageJson(rule: EventRule, source: Source, list: Attributes, decoder: ValueDecoder): string {
  const members = Array.from({ length: list.count }, (_, i): readonly [string, Value] => [
    source.bytes.toString('utf8', list.keyStart[i]!, list.keyEnd[i]!),
    decoder.value(source, list, i),
  ])
  const message = messageOfEvent(members, rule.role ?? 'user')
  return rule.field === 'system_instructions' ? JSON.stringify(message.parts).slice(1, -1) : JSON.stringify(message)
}
