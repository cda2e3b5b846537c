import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readStatement } from './sql-text.ts'

const read = (sql: string) => readStatement(Buffer.from(sql))

it.each([
  ['SELECT 1', 'read', undefined],
  ['/* x; */ -- y;\n WITH 1 AS a SELECT a format JSON;', 'read', 'JSON'],
  ['SELECT \'FORMAT CSV\', "FORMAT", `;`, $x$ ; $x$ FORMAT TSV SETTINGS a = 1', 'read', 'TSV'],
  ['(SELECT 1) UNION ALL (SELECT 2)', 'read', undefined],
  ['CREATE TABLE t (a Int8)', 'other', undefined],
  ['INSERT INTO t SELECT 1 FORMAT Null', 'other', undefined],
  ['INSERT INTO t (input) SELECT a AS input FROM b', 'other', undefined],
])('reads %s', (sql, kind, format) => {
  expect(read(sql)).toMatchObject({ kind, format, dataStart: undefined })
})

it.each([
  ['INSERT INTO t (`values`, format) FORMAT Native\n\n\tx', 'INSERT INTO t (`values`, format) ', '', '\n\tx'],
  ["insert into t settings a='FORMAT x' values (1); (2)", 'insert into t ', "settings a='FORMAT x' ", '(1); (2)'],
  ['INSERT INTO t FORMAT CSV  \r\n1', 'INSERT INTO t ', '', '1'],
])('parts the text of %s where its source belongs, and from its data', (sql, into, settings, data) => {
  const { sourceAt, textEnd, dataStart } = read(sql)
  expect([sql.slice(0, sourceAt), sql.slice(sourceAt, textEnd), sql.slice(dataStart)]).toEqual([into, settings, data])
})

it.each(['SELECT 1; SELECT 2', "SELECT ';';;;DROP TABLE t", '', '  -- only a comment', ';'])('refuses %j', (sql) => {
  expect(() => read(sql)).toThrow(/\(SYNTAX_ERROR\)/)
})

it('refuses the input() function, which would store nothing', () => {
  expect(() => read("INSERT INTO t SELECT x FROM input('x String') FORMAT CSV")).toThrow(/NOT_IMPLEMENTED/)
})

it('never takes the inside of a quoted value for a token', () => {
  const quote = (text: string) => `'${text.replace(/[\\']/g, (c) => `\\${c}`)}'`
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(';', '--', '/*', "'", '"', '`', '$$', '\\', ' FORMAT x')),
      (text, parts) => {
        const sql = `SELECT ${quote(text + parts.join(''))} FORMAT CSV`
        expect(read(sql)).toMatchObject({ kind: 'read', format: 'CSV' })
        expect(() => read(`${sql}; SELECT 2`)).toThrow(/Multi-statements/)
      },
    ),
  )
})

it('reads any bytes without failing otherwise than by a syntax error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readStatement(bytes)
      } catch (cause) {
        expect(String(cause)).toMatch(/SYNTAX_ERROR|NOT_IMPLEMENTED/)
      }
    }),
  )
})
