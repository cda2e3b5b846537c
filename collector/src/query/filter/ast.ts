// What `q=` says, as a tree: clauses that all must hold. Places are those of the text, for errors; the printer leaves them out.

/** One value of a field. `like` has what stands between its stars; a range is closed, an end that is not said is open. */
export type Value =
  | { kind: 'equal'; text: string }
  | { kind: 'like'; parts: readonly string[] }
  | { kind: 'range'; min: string; max: string }

export type Operator = '<' | '<=' | '>' | '>='

export type Test =
  /** `field:a,b` one of them. */
  | { kind: 'any_of'; values: readonly Value[] }
  /** `field>1` */
  | { kind: 'compare'; operator: Operator; value: string }
  /** `field:*` it has any value. */
  | { kind: 'exists' }

export type Clause =
  /** A word or phrase of the content. */
  | { kind: 'text'; negated: boolean; text: string; at: number }
  | { kind: 'field'; negated: boolean; field: string; key: string; test: Test; at: number; valueAt: number }

export interface Filter {
  readonly clauses: readonly Clause[]
}

/** A filter that cannot be read or does not fit: `at` characters before the place at fault. */
export class FilterError extends Error {
  readonly at: number
  readonly hint: string | undefined

  constructor(message: string, at: number, hint?: string) {
    super(message)
    this.name = 'FilterError'
    this.at = at
    this.hint = hint
  }
}
