// The shape of a dialect table, and the precedence between dialects.
import type { Field, FieldType } from './model.ts'

/** One attribute key that can fill one field. `type` overrides the type of the field where a dialect differs (seconds or milliseconds). */
export interface KeyRule {
  readonly key: string
  readonly field: Field
  readonly type?: FieldType
}

/** Where a part of a message stands in an indexed key such as `gen_ai.prompt.3.role`. */
export type IndexedPart =
  | 'role'
  | 'content'
  | 'finish_reason'
  | 'tool_call_id'
  | 'tool_call.id'
  | 'tool_call.name'
  | 'tool_call.arguments'

/** `prefix` + N + `.` + suffix; in a suffix `*` is a second index (`tool_calls.*.name`). */
export interface IndexedRule {
  readonly prefix: string
  readonly field: 'input' | 'output'
  readonly suffixes: Readonly<Record<string, IndexedPart>>
}

/** A span event or log record that carries content. */
export interface EventRule {
  readonly event: string
  /** `details`: its attributes are the call's own; `message`: its body or attributes are one message; `content`: one attribute holds all of it. */
  readonly form: 'details' | 'message' | 'content' | 'evaluation'
  readonly field?: 'input' | 'output' | 'system_instructions'
  readonly role?: string
  readonly key?: string
}

/** One table per dialect: adding a dialect adds one file and one test. */
export interface Dialect {
  readonly name: string
  /** Convention version or library that the table was read from. */
  readonly source: string
  /** First key with a value wins within a field; dialects are asked in the order of DIALECTS. */
  readonly keys: readonly KeyRule[]
  readonly indexed?: readonly IndexedRule[]
  readonly events?: readonly EventRule[]
  /** operation or span-kind value -> canonical kind. */
  readonly kinds: Readonly<Record<string, import('./model.ts').Kind>>
  /** True when the reported input count already includes cached tokens. */
  readonly inputIncludesCache: boolean
}

/** Keeps the literal types of a table while checking its shape. */
export function defineDialect<const T extends Dialect>(table: T): T {
  return table
}
