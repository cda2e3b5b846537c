// Clauses in; the text that says them in the one canonical form out: parsing it gives the same clauses.
import type { Clause, Filter, Test, Value } from './ast.ts'

export const printFilter = ({ clauses }: Filter): string => clauses.map(printClause).join(' ')

function printClause(clause: Clause): string {
  const sign = clause.negated ? '-' : ''
  if (clause.kind === 'text') return sign + printText(clause.text)
  const { field, key, test } = clause
  return `${sign}${field}${key === '' ? '' : `.${printKey(key)}`}${printTest(test)}`
}

// What begins like an operator or a sign, or holds one, would be read as one.
const PLAIN_TEXT = /^[^\s"\-!:=<>*][^\s":=<>!]*$/
const PLAIN_KEY = /^[^\s":=<>!]*[^\s":=<>!.]$/
const PLAIN_VALUE = /^[^\s",*<>][^\s",*]*$/

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
const printText = (text: string): string => (PLAIN_TEXT.test(text) && text !== 'NOT' ? text : quote(text))
const printKey = (key: string): string => (PLAIN_KEY.test(key) ? key : quote(key))

function printTest(test: Test): string {
  switch (test.kind) {
    case 'any_of':
      return `:${test.values.map(printValue).join(',')}`
    case 'compare':
      return `${test.operator}${PLAIN_VALUE.test(test.value) && !test.value.startsWith('=') ? test.value : quote(test.value)}`
    case 'exists':
      return ':*'
    default:
      return test satisfies never
  }
}

function printValue(value: Value): string {
  switch (value.kind) {
    case 'equal':
      return PLAIN_VALUE.test(value.text) && !value.text.includes('..') ? value.text : quote(value.text)
    case 'like':
      return value.parts.join('*')
    case 'range':
      return `${value.min}..${value.max}`
    default:
      return value satisfies never
  }
}
