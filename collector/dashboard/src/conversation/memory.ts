// The messages of one turn after another in; those that are new in each out: agents send the whole conversation again with every call.
import type { Message, Part } from '../content/messages.ts'

export interface Memory {
  /** What of a call's input was not said before; from then on it was, and the answer. */
  take(input: readonly Message[], answer: readonly Message[]): readonly Message[]
}

export function createMemory(): Memory {
  const said = new Map<string, number>()
  return {
    take(input, answer) {
      const isNew = fresh(input, new Map(said))
      for (const message of [...isNew, ...answer]) {
        const print = printOf(message)
        said.set(print, (said.get(print) ?? 0) + 1)
      }
      return isNew
    },
  }
}

/** The beginning that was said before goes, each message as often as it was said; what the user said last never does. */
function fresh(input: readonly Message[], left: Map<string, number>): readonly Message[] {
  const lastAsked = input.findLastIndex(({ role }) => role === 'user')
  const limit = lastAsked < 0 ? input.length : lastAsked
  let from = 0
  while (from < limit) {
    const message = input[from]
    const print = message === undefined ? '' : printOf(message)
    const times = left.get(print) ?? 0
    if (times === 0) break
    left.set(print, times - 1)
    from++
  }
  return input.slice(from)
}

/** The same message whatever id, thought or white space came with it this time. */
function printOf({ role, parts }: Message): string {
  return JSON.stringify([role, ...parts.map(partOf).filter((part) => part !== undefined)])
}

function partOf(part: Part): unknown {
  switch (part.kind) {
    case 'text':
      return part.text.trim()
    case 'reasoning':
      return undefined
    case 'tool':
      return [part.name, part.given]
    case 'result':
      return [part.result]
    case 'media':
      return [part.mimeType, part.uri ?? part.data?.length ?? 0]
    case 'other':
      return part.value
    default:
      return part satisfies never
  }
}
