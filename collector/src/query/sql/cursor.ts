// Tokens -> the parsers' way over them: look, take, insist, and how deep one may go.
import type { Expression, Query } from './ast.ts'
import { SqlError } from './sql-error.ts'
import type { Token } from './tokens.ts'

const MAX_EXPRESSION_DEPTH = 60
const MAX_QUERY_DEPTH = 12

export class Cursor {
  private readonly tokens: readonly Token[]
  private next = 0
  private queryDepth = 0
  private expressionDepth = 0
  /** Levels below each expression: chains grow to the left without recursion, and would be as deep for whoever walks the tree. */
  private readonly depths = new WeakMap<Expression, number>()

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.next + ahead, this.tokens.length - 1)]
    if (token === undefined) throw new Error('there is always an end')
    return token
  }

  take(): Token {
    const token = this.peek()
    this.next += 1
    return token
  }

  isMark(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'mark' && token.text === text
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && token.text.toUpperCase() === word
  }

  /** Takes the mark when it is next. */
  mark(text: string): boolean {
    if (!this.isMark(text)) return false
    this.next += 1
    return true
  }

  /** Takes the words when all of them are next. */
  words(...words: readonly string[]): boolean {
    if (!words.every((word, i) => this.isWord(word, i))) return false
    this.next += words.length
    return true
  }

  insistMark(text: string): void {
    if (!this.mark(text)) throw this.unexpected(`${text} is expected here`)
  }

  insistWords(...words: readonly string[]): void {
    if (!this.words(...words)) throw this.unexpected(`${words.join(' ')} is expected here`)
  }

  /** A refusal of what is next. */
  unexpected(reason: string, hint?: string): SqlError {
    const { kind, text, at } = this.peek()
    const seen =
      kind === 'end' ? 'the end of the query' : kind === 'string' ? 'a text' : kind === 'param' ? `{${text}}` : text
    return new SqlError(`"${shorten(seen)}": ${reason}`, at, hint)
  }

  /** Runs one level of nested expression. */
  deeper<T>(read: () => T): T {
    if (++this.expressionDepth > MAX_EXPRESSION_DEPTH) throw this.unexpected('expressions are nested too deep')
    const result = read()
    this.expressionDepth -= 1
    return result
  }

  /** Runs one level of nested query; its expressions begin from the top again. */
  within(read: () => Query): Query {
    if (++this.queryDepth > MAX_QUERY_DEPTH) throw this.unexpected('queries are nested too deep')
    const outer = this.expressionDepth
    this.expressionDepth = 0
    const result = read()
    this.expressionDepth = outer
    this.queryDepth -= 1
    return result
  }

  /** Notes what an expression is made of. */
  node<T extends Expression>(node: T, ...parts: readonly (Expression | undefined)[]): T {
    let depth = 0
    for (const part of parts) depth = Math.max(depth, part === undefined ? 0 : (this.depths.get(part) ?? 0))
    if (depth >= MAX_EXPRESSION_DEPTH) throw this.unexpected('expressions are nested too deep')
    this.depths.set(node, depth + 1)
    return node
  }
}

const MAX_SHOWN = 40

export function shorten(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, '?')
  return clean.length <= MAX_SHOWN ? clean : `${clean.slice(0, MAX_SHOWN)}…`
}
