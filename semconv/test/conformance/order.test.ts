// Attributes are a set: whoever sends them in another order says the same (OpenTelemetry, "Attribute Collections").
import { describe, expect, it } from 'vitest'
import type { Interpretation } from '../../src/index.ts'
import { PAYLOADS } from './all.ts'
import { interpretSpan } from './interpreted.ts'

/** All but what names attributes by their places; lists and objects made of many keys follow the order sent. */
function meaningOf({ moved, sources, unmapped, input, output, ...rest }: Interpretation): object {
  return { ...rest, unmapped: unmapped.toSorted(), input: parsed(input), output: parsed(output) }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return text
  }
}

describe.each(PAYLOADS)('$dialect, $source', (payload) => {
  it('means the same in any order of its attributes', () => {
    for (const span of payload.spans) {
      const entries = Object.entries(span.attributes)
      const orders = [entries.toReversed(), [...entries.slice(1), ...entries.slice(0, 1)], entries.toSorted()]
      for (const order of orders) {
        const sent = interpretSpan(payload, { ...span, attributes: Object.fromEntries(order) })
        expect([span.name, meaningOf(sent)]).toEqual([span.name, meaningOf(interpretSpan(payload, span))])
      }
    }
  })
})
