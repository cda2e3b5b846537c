// What is found of a span on the way to its meaning: attributes as they came, and the value that won each field.
import type { FieldValue } from './read-value.ts'
import type { Entry } from './rules.ts'
import type { Value } from './value.ts'

/** The value of a field, and where it came from. `position` is that of the attribute, -1 where no attribute holds just this value. */
export interface Winner {
  value: FieldValue
  rank: number
  dialect: number
  key: string
  position: number
}

/** An attribute whose key a table names. */
export interface Known {
  entry: Entry
  value: Value
  position: number
}

/** An attribute whose key only has a beginning that a table names. */
export interface Unlisted {
  key: string
  value: Value
  position: number
}
