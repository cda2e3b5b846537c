// Statement bytes -> what kind of statement it is, where its insert data begin, and which output format it names.
// Only tokens are read, never grammar: the engine parses. Needed because chDB would run several statements in one
// call and because a raw insert wants its text and its data apart.
import { refuse } from './clickhouse-exception.ts'
import { scanTokens, type Token } from './sql-tokens.ts'

export type StatementKind = 'read' | 'insert' | 'other'

/**
 * `dataStart` is set for an INSERT whose data follow the text; `textEnd` is where its text ends (before FORMAT or VALUES).
 * `sourceAt` is where an INSERT's grammar takes its source (`FROM INFILE`): before SETTINGS, FORMAT or VALUES.
 */
export interface Statement {
  kind: StatementKind
  format: string | undefined
  textEnd: number
  dataStart: number | undefined
  sourceAt?: number
}

/** The engine's own limit (`max_query_size`) is far lower; this one keeps the event loop free of scanning nonsense. */
const MAX_TEXT_BYTES = 16 * 2 ** 20

const READS = new Set(['SELECT', 'WITH', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS', '('])

/** Throws SYNTAX_ERROR for an empty text and for a second statement, NOT_IMPLEMENTED for files of the server's machine. */
export function readStatement(text: Uint8Array): Statement {
  const tokens = scanTokens(text)
  const first = tokens.next()
  if (first.done) throw refuse('SYNTAX_ERROR', 'Empty query')
  const verb = first.value.word
  if (verb === ';') throw refuse('SYNTAX_ERROR', 'Empty query')
  if (verb === 'INSERT') return readInsert(text, tokens)
  if (text.length > MAX_TEXT_BYTES) throw refuse('SYNTAX_ERROR', `Max query size exceeded: ${MAX_TEXT_BYTES} bytes`)
  return { ...readTail(text, tokens), kind: READS.has(verb) ? 'read' : 'other' }
}

function readInsert(text: Uint8Array, tokens: Iterator<Token, undefined>): Statement {
  let selects = false
  let sourceAt: number | undefined
  let previous = ''
  for (let t = tokens.next(); !t.done; t = tokens.next()) {
    const { word, depth, start, end } = t.value
    // The function, not a column of that name: chDB's raw insert would report success and store nothing.
    if (selects && previous === 'INPUT' && word === '(') {
      throw refuse('NOT_IMPLEMENTED', 'INSERT … SELECT FROM input() is not supported here')
    }
    previous = word
    if (depth > 0) continue
    if (word === 'SELECT' || word === 'WITH') selects = true
    if (word === 'INFILE') throw refuse('NOT_IMPLEMENTED', 'FROM INFILE is not supported over HTTP')
    if (word === 'SETTINGS') sourceAt ??= start
    if (word === 'VALUES' && !selects) {
      return { ...insertData(text, end, 'Values'), textEnd: start, sourceAt: sourceAt ?? start }
    }
    if (word === 'FORMAT' && !selects) {
      const name = tokens.next()
      if (name.done || !/^[A-Z]\w*$/.test(name.value.word)) continue
      return {
        ...insertData(text, name.value.end, sliceText(text, name.value)),
        textEnd: start,
        sourceAt: sourceAt ?? start,
      }
    }
    if (word === ';') return { ...endOfStatement(tokens, t.value.start), kind: 'other' }
  }
  const textEnd = text.length
  return {
    kind: selects ? 'other' : 'insert',
    format: undefined,
    textEnd,
    dataStart: undefined,
    sourceAt: sourceAt ?? textEnd,
  }
}

// ClickHouse's rule: blanks, then at most one line end, are not data.
function insertData(text: Uint8Array, textEnd: number, format: string): Statement {
  let at = textEnd
  while (text[at] === 0x20 || text[at] === 0x09 || text[at] === 0x0c) at++
  if (text[at] === 0x0d) at++
  if (text[at] === 0x0a) at++
  return { kind: 'insert', format, textEnd, dataStart: at }
}

function readTail(text: Uint8Array, tokens: Iterator<Token, undefined>): Omit<Statement, 'kind'> {
  let format: string | undefined
  let previous = ''
  for (let t = tokens.next(); !t.done; t = tokens.next()) {
    const { word, depth, start } = t.value
    if (previous === 'INTO' && word === 'OUTFILE') {
      throw refuse('NOT_IMPLEMENTED', 'INTO OUTFILE is not supported over HTTP')
    }
    if (depth === 0 && word === ';') return { ...endOfStatement(tokens, start), format }
    if (depth === 0 && previous === 'FORMAT' && /^[A-Z]\w*$/.test(word)) format = sliceText(text, t.value)
    previous = word
  }
  return { format, textEnd: text.length, dataStart: undefined }
}

function endOfStatement(tokens: Iterator<Token, undefined>, textEnd: number): Omit<Statement, 'kind'> {
  for (let t = tokens.next(); !t.done; t = tokens.next()) {
    if (t.value.word !== ';') throw refuse('SYNTAX_ERROR', 'Syntax error (Multi-statements are not allowed)')
  }
  return { format: undefined, textEnd, dataStart: undefined }
}

const sliceText = (text: Uint8Array, { start, end }: Token): string =>
  Buffer.from(text.buffer, text.byteOffset + start, end - start).toString('latin1')
