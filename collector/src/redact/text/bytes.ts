// What a byte of text is. Bytes from 0x80 on belong to letters of other alphabets.

export const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 0x30 && c <= 0x39
export const isUpper = (c: number | undefined): boolean => c !== undefined && c >= 0x41 && c <= 0x5a
export const isLetter = (c: number | undefined): boolean => c !== undefined && (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a
export const isAlnum = (c: number | undefined): boolean => isDigit(c) || isLetter(c)

/** A text of the rules below as bytes. */
export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** A table of which bytes belong: `a-z` is a range, everything else stands for itself. */
export function byteSet(text: string): Uint8Array {
  const set = new Uint8Array(256)
  for (let i = 0; i < text.length; i++) {
    const from = text.charCodeAt(i)
    const range = text[i + 1] === '-' && i + 2 < text.length
    const to = range ? text.charCodeAt(i + 2) : from
    for (let c = from; c <= to; c++) set[c] = 1
    if (range) i += 2
  }
  return set
}
