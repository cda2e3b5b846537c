// What is taken out of telemetry before it is written anywhere, per project: the form of `redact` in the configuration.
import { z } from 'zod'

/** keep: as it is, and no rule looks at it. mask: replaced by its name. hash: replaced by a keyed hash, so that equal values stay equal. drop: gone. */
export type RedactMode = 'keep' | 'mask' | 'hash' | 'drop'

export interface RedactPolicy {
  readonly rules: readonly { readonly name: RedactRule; readonly mode: RedactMode }[]
  /** By attribute key, or the beginning of keys with a `*` behind it. */
  readonly fields: readonly { readonly key: string; readonly mode: RedactMode }[]
  readonly patterns: readonly { readonly name: string; readonly match: string; readonly mode: RedactMode }[]
}

export const REDACT_RULES = ['email', 'phone', 'card', 'iban', 'jwt', 'secret'] as const
export type RedactRule = (typeof REDACT_RULES)[number]

/** Project -> policy; `*` is for every project without one. */
export type Redaction = ReadonlyMap<string, RedactPolicy>

const mode = z.enum(['keep', 'mask', 'hash', 'drop'])
const rule = z.enum(REDACT_RULES)
const patternName = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/)

const rules = z
  .union([z.array(rule).transform((names) => names.map((name) => ({ name, mode: 'mask' as const }))), ruleModes()])
  .default([])

function ruleModes() {
  return z
    .partialRecord(rule, mode)
    .transform((modes) =>
      REDACT_RULES.flatMap((name) => (modes[name] === undefined ? [] : [{ name, mode: modes[name] }])),
    )
}

const policy = z.strictObject({
  rules,
  fields: z
    .record(z.string().min(1).max(256), mode)
    .transform((fields) => Object.entries(fields).map(([key, one]) => ({ key, mode: one })))
    .default([]),
  patterns: z
    .array(z.strictObject({ name: patternName, match: z.string().min(1).max(500), mode: mode.default('mask') }))
    .default([]),
})

const PROJECT = /^(?:\*|[A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/

export const redactionSchema = z
  .record(z.string().regex(PROJECT), policy)
  .transform((projects): Redaction => new Map(Object.entries(projects)))
