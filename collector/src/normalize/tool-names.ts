// Output messages as JSON bytes -> names of the tools that the model called, without parsing the whole.
import type { Source } from './wire/bytes.ts'
import { Needle } from './wire/needle.ts'

/** Outputs are short; a longer one is searched this far. */
const SEARCH_BYTES = 1 << 16
const TYPE = new Needle('"tool_call"')
const NAME = new Needle('"name"')
const QUOTE = 0x22
/** Where the objects around the place being looked at begin; reused. Below 64 levels the outer ones are forgotten. */
const OPEN = new Int32Array(64)
const DEPTH_MASK = OPEN.length - 1

export interface NameSink {
  toolName(source: Source, start: number, end: number): void
}

/**
 * Visits the name of each `{"type":"tool_call", … "name":"x"}` part. The name may stand on either side of the type, so
 * the part is delimited by its braces first.
 */
export function toolCallNames(source: Source, start: number, end: number, sink: NameSink): void {
  const { bytes } = source
  const stop = Math.min(end, start + SEARCH_BYTES)
  // Fast path: most answers are text, in which the quoted type does not occur.
  if (TYPE.first(bytes, start, stop) < 0) return
  let depth = 0
  for (let i = start; i < stop; i++) {
    const c = bytes[i]!
    if (c === 0x7b) OPEN[depth++ & DEPTH_MASK] = i
    else if (c === 0x7d) depth = Math.max(0, depth - 1)
    else if (c === QUOTE) {
      if (depth > 0 && TYPE.isAt(bytes, i)) {
        const name = nameIn(bytes, OPEN[(depth - 1) & DEPTH_MASK]!, stop)
        if (name >= 0) sink.toolName(source, name, stringEnd(bytes, name, stop))
      }
      i = stringEnd(bytes, i + 1, stop)
    }
  }
}

/** Start of the string value of the member `"name"` of the object that opens at `open`, or -1. Deeper members are not asked. */
function nameIn(bytes: Buffer, open: number, stop: number): number {
  let depth = 0
  for (let i = open; i < stop; i++) {
    const c = bytes[i]!
    if (c === 0x7b || c === 0x5b) depth++
    else if ((c === 0x7d || c === 0x5d) && --depth === 0) return -1
    else if (c === QUOTE) {
      if (depth === 1 && NAME.isAt(bytes, i)) {
        let at = i + NAME.length
        while (at < stop && (bytes[at] === 0x3a || bytes[at] === 0x20)) at++
        if (at < stop && bytes[at] === QUOTE) return at + 1
      }
      i = stringEnd(bytes, i + 1, stop)
    }
  }
  return -1
}

function stringEnd(bytes: Buffer, start: number, stop: number): number {
  let i = start
  while (i < stop && bytes[i] !== QUOTE) i += bytes[i] === 0x5c ? 2 : 1
  return Math.min(i, stop)
}
