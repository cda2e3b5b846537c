// Finds one fixed byte string in a slice, jumping over what cannot match (Boyer-Moore-Horspool). Bounded by the slice,
// which Buffer.indexOf is not: it would search on to the end of the request.

export class Needle {
  readonly length: number
  private readonly text: Buffer
  private readonly forward: Uint8Array

  constructor(text: string) {
    this.text = Buffer.from(text)
    this.length = this.text.length
    this.forward = new Uint8Array(256).fill(this.length)
    for (let k = 0; k < this.length - 1; k++) this.forward[this.text[k]!] = this.length - 1 - k
  }

  /** Start of the first occurrence within start .. end, or -1. */
  first(bytes: Buffer, start: number, end: number): number {
    const { text, forward, length } = this
    const last = length - 1
    const tail = text[last]!
    for (let i = start + last; i < end; ) {
      const c = bytes[i]!
      if (c === tail && this.isAt(bytes, i - last)) return i - last
      i += forward[c]!
    }
    return -1
  }

  isAt(bytes: Buffer, at: number): boolean {
    const { text, length } = this
    for (let k = 0; k < length; k++) if (bytes[at + k] !== text[k]) return false
    return true
  }
}
