// What is wrong with a user's SQL, and where.

/** A refusal whose text is meant for the writer of the query. It quotes their own words only. */
export class SqlError extends Error {
  /** Characters before the token at fault. */
  readonly at: number
  readonly hint: string | undefined

  constructor(message: string, at: number, hint?: string) {
    super(message)
    this.name = 'SqlError'
    this.at = at
    this.hint = hint
  }
}

/** `line 2, column 8`, both from 1. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  return `line ${before.split('\n').length}, column ${at - lineStart + 1}`
}
