import { describe, expect, it } from 'vitest'
import { ATTACKS } from './attacks.fixture.ts'
import { compileSql } from './compile.ts'
import { SqlError } from './sql-error.ts'

// Values for every parameter that an attack may name, so that it is never a missing value that refuses it.
const VALUES = new Map([
  ['x', '1'],
  ['t', 'spans'],
])

function outcome(text: string): unknown {
  try {
    return compileSql(text, 'alpha', new Map([...VALUES].filter(([name]) => text.includes(`{${name}`)))).sql
  } catch (error) {
    return error
  }
}

it('are at least 150', () => {
  expect(Object.values(ATTACKS).flat().length).toBeGreaterThan(300)
})

describe.each(Object.entries(ATTACKS))('%s', (_, attacks) => {
  it.each(attacks.map((text) => [text.length > 80 ? `${text.slice(0, 80)}… (${text.length})` : text, text]))(
    'are refused: %s',
    (_name, text) => {
      const refused = outcome(text)
      expect(refused).toBeInstanceOf(SqlError)
      const { at, message } = refused as SqlError
      expect(at).toBeLessThanOrEqual(text.length)
      expect(message).not.toMatch(/undefined|has no value/)
    },
  )
})

it('are refused fast', () => {
  const began = performance.now()
  for (const text of Object.values(ATTACKS).flat()) outcome(text)
  expect(performance.now() - began).toBeLessThan(2000)
})
