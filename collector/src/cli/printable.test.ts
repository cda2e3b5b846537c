import { expect, it } from 'vitest'
import { printable, printableCell } from './printable.ts'

const ESC = '\u001b'

it('shows what a terminal would obey, and leaves everything else', () => {
  expect(printableCell(`${ESC}]0;owned\u0007`)).toBe('\\u001b]0;owned\\u0007')
  expect(printableCell('a\rb\u009bc\u007f\0')).toBe('a\\u000db\\u009bc\\u007f\\u0000')
  expect(printableCell('\u202eevil\u2066')).toBe('\\u202eevil\\u2066')
  expect(printableCell('one\ntwo\tthree')).toBe('one\\ntwo\\tthree')
  expect(printableCell('naïve 模型 🦉 é <b>')).toBe('naïve 模型 🦉 é <b>')
})

it('keeps colours and line breaks of lines that are ours, and nothing longer than a colour', () => {
  expect(printable(`${ESC}[31mred${ESC}[39m\nnext\tcolumn`)).toBe(`${ESC}[31mred${ESC}[39m\nnext\tcolumn`)
  expect(printable(`${ESC}[2J${ESC}[1;31m`)).toBe(`\\u001b[2J${ESC}[1;31m`)
})
