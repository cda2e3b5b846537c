// Constant strings with their hashes ready for a dictionary column.
import { hashSlice, type Source, toSource } from './wire/bytes.ts'

export interface Word extends Source {
  readonly text: string
  readonly hash: number
}

export function word(text: string): Word {
  // A copy of its own: the pooled buffer of Buffer.from is not ours to take views of.
  const bytes = Buffer.alloc(Buffer.byteLength(text), text)
  const source = toSource(bytes)
  return { text, ...source, hash: hashSlice(source, 0, bytes.length) }
}

/** Remembers words by text, so that repeated names (projects, price ids) are hashed once. Bounded: starts over when full. */
export class Words {
  private readonly known = new Map<string, Word>()
  private readonly limit: number

  constructor(limit = 4096) {
    this.limit = limit
  }

  get(text: string): Word {
    const found = this.known.get(text)
    if (found) return found
    if (this.known.size >= this.limit) this.known.clear()
    const made = word(text)
    this.known.set(text, made)
    return made
  }
}
