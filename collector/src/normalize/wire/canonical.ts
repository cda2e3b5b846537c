// Content bytes -> whether they begin as canonical messages do, so that they may be copied as they are. The grammar is that of
// semconv's `looksCanonical`, over bytes.

const OPEN_LIST = 0x5b
const OPEN_OBJECT = 0x7b
const CLOSE_LIST = 0x5d
const QUOTE = 0x22
const COLON = 0x3a
const COMMA = 0x2c
const BACKSLASH = 0x5c

const PARTS = Buffer.from('"parts"')
const TYPE = Buffer.from('"type"')
const CONTENT = Buffer.from('"content"')
const MODEL = Buffer.from('"model"')
const TEXT = Buffer.from('"text"')
const TEXT_TYPES = [TEXT, Buffer.from('"reasoning"')]
const OTHER_TYPES = [
  '"tool_call"',
  '"tool_call_response"',
  '"blob"',
  '"uri"',
  '"server_tool_call"',
  '"server_tool_call_response"',
].map((text) => Buffer.from(text))

/** One reader, reused: it makes nothing and looks at the first message only. */
export class CanonicalCheck {
  private bytes: Buffer = Buffer.alloc(0)
  private end = 0
  private hadContent = false
  private wasModel = false

  /** Messages that may be kept byte for byte. */
  isMessages(bytes: Buffer, start: number, end: number): boolean {
    this.over(bytes, end)
    const message = this.after(this.after(this.skip(start), OPEN_LIST), OPEN_OBJECT)
    const parts = this.after(this.afterMembers(message, PARTS), OPEN_LIST)
    if (parts < 0 || this.wasModel) return false
    return bytes[parts] === CLOSE_LIST || this.isPart(this.after(parts, OPEN_OBJECT))
  }

  /** A list that begins with a text part, as system instructions do. */
  isParts(bytes: Buffer, start: number, end: number): boolean {
    this.over(bytes, end)
    const part = this.after(this.after(this.skip(start), OPEN_LIST), OPEN_OBJECT)
    if (!this.is(part, TYPE)) return false
    const value = this.after(this.skip(part + TYPE.length), COLON)
    if (!this.is(value, TEXT)) return false
    return this.is(this.after(this.skip(value + TEXT.length), COMMA), CONTENT)
  }

  /** The first byte that is no white space, or -1. */
  first(bytes: Buffer, start: number, end: number): number {
    this.over(bytes, end)
    const at = this.skip(start)
    return at < end ? bytes[at]! : -1
  }

  private over(bytes: Buffer, end: number): void {
    this.bytes = bytes
    this.end = end
    this.hadContent = this.wasModel = false
  }

  private isPart(at: number): boolean {
    const { bytes, end } = this
    this.hadContent = false
    const value = this.afterMembers(at, TYPE)
    if (value < 0) return false
    for (const type of OTHER_TYPES) if (this.is(value, type)) return true
    for (const type of TEXT_TYPES) {
      if (!this.is(value, type)) continue
      if (this.hadContent) return true
      const comma = this.skip(value + type.length)
      return comma < end && bytes[comma] === COMMA && this.is(this.skip(comma + 1), CONTENT)
    }
    return false
  }

  /** Where what follows `char` begins; -1 when `char` does not stand at `at`. */
  private after(at: number, char: number): number {
    return at >= 0 && at < this.end && this.bytes[at] === char ? this.skip(at + 1) : -1
  }

  /** Skips members with string values up to `name`, and its colon. */
  private afterMembers(start: number, name: Buffer): number {
    let at = start
    while (at >= 0 && !this.is(at, name)) {
      if (this.is(at, CONTENT)) this.hadContent = true
      const value = this.after(this.stringEnd(at), COLON)
      if (this.is(value, MODEL)) this.wasModel = true
      at = this.after(this.stringEnd(value), COMMA)
    }
    return at < 0 ? -1 : this.after(this.skip(at + name.length), COLON)
  }

  /** Where what follows the string at `at` begins; -1 when none stands there. */
  private stringEnd(at: number): number {
    const { bytes, end } = this
    if (at < 0 || bytes[at] !== QUOTE) return -1
    for (let i = at + 1; i < end; i++) {
      const c = bytes[i]!
      if (c === BACKSLASH) i++
      else if (c === QUOTE) return this.skip(i + 1)
    }
    return -1
  }

  private is(at: number, text: Buffer): boolean {
    if (at < 0 || at + text.length > this.end) return false
    for (let i = 0; i < text.length; i++) if (this.bytes[at + i] !== text[i]) return false
    return true
  }

  private skip(start: number): number {
    const { bytes, end } = this
    let at = start
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++
    return at
  }
}
