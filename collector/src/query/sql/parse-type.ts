// Tokens -> the text of a data type, checked.
import type { Cursor } from './cursor.ts'
import { normalizeType } from './data-types.ts'
import { SqlError } from './sql-error.ts'

/** The text of a type as far as its brackets go. */
export function readTypeText(c: Cursor): string {
  if (c.peek().kind !== 'word') throw c.unexpected('the name of a type is expected here')
  let text = c.take().text
  if (!c.isMark('(')) return text
  let depth = 0
  do {
    const token = c.peek()
    if (!/^(word|number|mark|string)$/.test(token.kind)) throw c.unexpected('this is no part of a type')
    if (token.kind === 'mark' && token.text === '(') depth += 1
    if (token.kind === 'mark' && token.text === ')') depth -= 1
    text += token.kind === 'string' ? `'${token.text}'` : token.text
    c.take()
  } while (depth > 0)
  return text
}

/** @throws SqlError when the type is not of the allow-list */
export function checkType(text: string, at: number): string {
  const type = normalizeType(text)
  if (type === undefined)
    throw new SqlError('this type is not known here', at, 'such as String, UInt64, DateTime64(3), Array(String)')
  return type
}
