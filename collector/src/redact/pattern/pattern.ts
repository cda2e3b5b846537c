// An operator's pattern -> its matches in a text: leftmost, then longest. Time grows with the text and with nothing else.
import { Automaton, DEAD, reversed } from './automaton.ts'
import { parsePattern } from './syntax.ts'

/** A match is looked for no further than this. */
const MAX_MATCH = 1024

export interface Pattern {
  /** Calls `found` for each match in order. */
  find(text: Uint8Array, found: (start: number, end: number) => void): void
}

/** @throws Error whose text says what is not understood */
export function compilePattern(source: string): Pattern {
  const { node, boundaryBefore, boundaryAfter } = parsePattern(source)
  // Read from the end of the text, it is in a match exactly where one begins.
  const backward = new Automaton(reversed(node), { anywhere: true })
  const forward = new Automaton(node, { anywhere: false })
  let begins = new Uint8Array(1024)

  const mark = (text: Uint8Array, length: number): boolean => {
    if (begins.length < length) begins = new Uint8Array(length * 2)
    let some = false
    let state = backward.start()
    for (let i = length - 1; i >= 0; i--) {
      state = backward.step(state, text[i] ?? 0)
      const begin = backward.accepts(state)
      begins[i] = begin ? 1 : 0
      some ||= begin
    }
    return some
  }

  const endOf = (text: Uint8Array, start: number, length: number): number => {
    const limit = Math.min(length, start + MAX_MATCH)
    let state = forward.start()
    let end = 0
    for (let i = start; i < limit && state !== DEAD; ) {
      state = forward.step(state, text[i] ?? 0)
      i += 1
      if (forward.accepts(state) && (!boundaryAfter || isBoundary(text, i, length))) end = i
    }
    return end
  }

  return {
    find(text, found) {
      const { length } = text
      if (!mark(text, length)) return
      for (let i = 0; i < length; ) {
        const end = begins[i] && (!boundaryBefore || isBoundary(text, i, length)) ? endOf(text, i, length) : 0
        if (end > i) found(i, end)
        i = Math.max(end, i + 1)
      }
    },
  }
}

const isWord = (c: number | undefined): boolean =>
  c !== undefined && ((c >= 0x30 && c <= 0x39) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a) || c === 0x5f)

const isBoundary = (text: Uint8Array, i: number, length: number): boolean =>
  isWord(i > 0 ? text[i - 1] : undefined) !== isWord(i < length ? text[i] : undefined)
