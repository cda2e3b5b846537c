// A text as it lies in the bytes -> the same text with its escapes undone (JSON's, however often it was quoted, and URLs'), and where each
// character came from. So one set of rules finds `jane\u0040example.com` and `jane%40example.com` too, and an `\n` before a name is no letter of it.

const BACKSLASH = 0x5c
const PERCENT = 0x25
const BLANK = 0x20

export class PlainView {
  text = new Uint8Array(1024)
  length = 0
  /** Of each character: its first byte in the original. The entry behind the last is the original's length. */
  origins = new Int32Array(1025)

  /** False when the text has no escapes: then it is its own view. */
  read(bytes: Uint8Array): boolean {
    if (bytes.indexOf(BACKSLASH) < 0 && bytes.indexOf(PERCENT) < 0) return false
    this.reserve(bytes.length)
    const { text, origins } = this
    let length = 0
    for (let i = 0; i < bytes.length; ) {
      const c = bytes[i] ?? 0
      origins[length] = i
      if (c === BACKSLASH) {
        let next = i + 1
        while (bytes[next] === BACKSLASH) next++
        const end = escapeEnd(bytes, next)
        text[length++] = end === next ? BACKSLASH : unescaped(bytes, next)
        i = end
      } else if (c === PERCENT) {
        const code = hex(bytes, i + 1, 2)
        const known = code >= 0x20 && code < 0x7f
        text[length++] = known ? code : PERCENT
        i += known ? 3 : 1
      } else {
        text[length++] = c
        i += 1
      }
    }
    origins[length] = bytes.length
    this.length = length
    return true
  }

  private reserve(size: number): void {
    if (size < this.text.length) return
    this.text = new Uint8Array(size * 2)
    this.origins = new Int32Array(size * 2 + 1)
  }
}

const SIMPLE = new Uint8Array(256)
for (const c of 'nrtbf') SIMPLE[c.charCodeAt(0)] = BLANK
for (const c of '"\'/') SIMPLE[c.charCodeAt(0)] = c.charCodeAt(0)

// `next` is behind the backslashes. Where no escape begins, it is where it ends too.
function escapeEnd(bytes: Uint8Array, next: number): number {
  const c = bytes[next] ?? 0
  if (SIMPLE[c]) return next + 1
  return c === 0x75 && hex(bytes, next + 1, 4) >= 0 ? next + 5 : next
}

function unescaped(bytes: Uint8Array, next: number): number {
  const simple = SIMPLE[bytes[next] ?? 0] ?? 0
  if (simple !== 0) return simple
  const code = hex(bytes, next + 1, 4)
  // A letter of another alphabet; which one no rule asks.
  return code > 0x7f ? 0xc3 : code
}

/** -1 when these are no hexadecimal digits. */
function hex(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let i = start; i < start + count; i++) {
    const c = bytes[i] ?? 0
    const lower = c | 0x20
    if (c >= 0x30 && c <= 0x39) value = value * 16 + c - 0x30
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x57
    else return -1
  }
  return value
}
