// SQL bytes -> words and single punctuation, lazily, so that the data after an INSERT are never scanned.
// Skips blanks and comments; a quoted string, identifier or heredoc comes as one token with an empty word.

/** `word` is the bare word in upper case, or one punctuation character; `depth` counts open brackets before it. */
export interface Token {
  word: string
  start: number
  end: number
  depth: number
}

const isBlank = (c: number | undefined): boolean => c !== undefined && (c === 0x20 || (c >= 0x09 && c <= 0x0d))
const isWord = (c: number | undefined): boolean =>
  c !== undefined && ((c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c >= 128)

const QUOTES = new Set([0x22, 0x27, 0x60])
const NEWLINE = 0x0a

export function* scanTokens(text: Uint8Array): Generator<Token, undefined> {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength)
  let depth = 0
  let at = 0
  while (at < bytes.length) {
    const next = skipIgnored(bytes, at)
    if (next !== at) {
      at = next
      continue
    }
    const start = at
    const c = bytes[at] ?? 0
    at = tokenEnd(bytes, at, c)
    const bare = isWord(c) || at === start + 1
    const word = bare ? bytes.toString('latin1', start, at).toUpperCase() : ''
    if (word === ')' || word === ']' || word === '}') depth = Math.max(0, depth - 1)
    yield { word, start, end: at, depth }
    if (word === '(' || word === '[' || word === '{') depth += 1
  }
}

function tokenEnd(bytes: Buffer, at: number, c: number): number {
  if (QUOTES.has(c)) return quotedEnd(bytes, at + 1, c)
  if (c === 0x24) return heredocEnd(bytes, at)
  let end = at + 1
  if (isWord(c)) while (isWord(bytes[end])) end++
  return end
}

// Blanks, `-- …`, `# …`, `#! …` to the end of the line, and `/* … */`.
function skipIgnored(bytes: Buffer, at: number): number {
  const c = bytes[at]
  const d = bytes[at + 1]
  if (isBlank(c)) return at + 1
  const lineComment = (c === 0x2d && d === 0x2d) || (c === 0x23 && (d === 0x20 || d === 0x21))
  if (lineComment) return found(bytes.indexOf(NEWLINE, at), 1, bytes.length)
  if (c === 0x2f && d === 0x2a) return found(bytes.indexOf('*/', at + 2), 2, bytes.length)
  return at
}

// Both escapes of ClickHouse count: a backslash, and the quote doubled (which is just two strings in a row here).
function quotedEnd(bytes: Buffer, from: number, quote: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === 0x5c) at++
    else if (bytes[at] === quote) return at + 1
  }
  return bytes.length
}

function heredocEnd(bytes: Buffer, at: number): number {
  let tagEnd = at + 1
  while (isWord(bytes[tagEnd])) tagEnd++
  if (bytes[tagEnd] !== 0x24) return at + 1
  const tag = bytes.subarray(at, tagEnd + 1)
  return found(bytes.indexOf(tag, tagEnd + 1), tag.length, bytes.length)
}

const found = (index: number, length: number, otherwise: number): number => (index < 0 ? otherwise : index + length)
