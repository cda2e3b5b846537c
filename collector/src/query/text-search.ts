// Words to look for in; SQL over columns of content out. What is a match, in full:
// the text is taken without regard to the case of ASCII letters. Where it is ASCII, each of its words (letters and digits) must be a word of the
// content, and of several the whole must stand there as written; an index of words answers that. A text with other letters, or none at
// all, is looked for as it is, also inside words, and as JSON may have escaped it.
import type { Bind } from './condition.ts'

/** A line break of a message is two characters in its JSON, the second of them a letter that would belong to the next word. */
export const searchable = (column: string): string => `lower(replaceAll(${column}, '\\\\n', '  '))`

const ASCII = /^[\x20-\x7e]*$/
const MAX_WORDS = 16

export function textCondition(columns: readonly string[], text: string, bind: Bind): string {
  return `(${columns.map((column) => columnText(`v.${column}`, text, bind)).join(' OR ')})`
}

function columnText(column: string, text: string, bind: Bind): string {
  const words = [...new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? [])].slice(0, MAX_WORDS)
  if (!ASCII.test(text) || words.length === 0) return withoutWords(column, text, bind)
  const place = searchable(column)
  const tests = words.map((word) => `hasToken(${place}, ${bind('String', word)})`)
  const isOneWord = words.length === 1 && words[0] === text.toLowerCase()
  if (!isOneWord) tests.push(anyForm(text.toLowerCase(), (form) => `position(${place}, ${bind('String', form)}) > 0`))
  return tests.length === 1 ? tests.join('') : `(${tests.join(' AND ')})`
}

function withoutWords(column: string, text: string, bind: Bind): string {
  return anyForm(text, (form) => `positionCaseInsensitiveUTF8(${column}, ${bind('String', form)}) > 0`)
}

/** Of the text as written and as JSON has it. */
function anyForm(text: string, test: (form: string) => string): string {
  const tests = [...new Set([text, JSON.stringify(text).slice(1, -1), escaped(text)])].map(test)
  return tests.length === 1 ? tests.join('') : `(${tests.join(' OR ')})`
}

/** As Python's json writes what is not ASCII. */
const escaped = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
