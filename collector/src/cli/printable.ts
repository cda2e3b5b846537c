// Text of spans in; the same without what a terminal would obey, or what would show it in another order, out.

/** Control characters but tab and line feed, and those that turn the direction of writing. */
const OBEYED = /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu
/** Colours, which are ours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const PAINT = /(\u{1b}\[[\d;]{0,16}m)/u

const shown = (text: string): string =>
  text.replace(OBEYED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** For a cell of a table: nothing of it is ours. */
export const printableCell = (text: string): string => shown(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')

/** For whole lines, with the colours that we gave them. */
export const printable = (text: string): string =>
  text
    .split(PAINT)
    .map((part, i) => (i % 2 === 1 ? part : shown(part)))
    .join('')
