// The dialect tables, compiled once: attribute key -> all that it may mean, in order of trust.
import type { BlobRule, Dialect, EventRule, KindRule } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'
import { INDEXED_PREFIXES } from './messages/indexed.ts'
import { FIELDS, type Field, type FieldType } from './model.ts'

/** What an attribute of this key can fill. A lower rank is more trusted. */
export interface FieldUse {
  readonly field: Field
  readonly type: FieldType
  readonly rank: number
  readonly dialect: number
  readonly scoped: boolean
}

export interface BlobUse {
  readonly rule: BlobRule
  readonly members: readonly { path: readonly string[]; field: Field; type: FieldType; rank: number }[]
  readonly rawUsage: readonly (readonly string[])[]
  readonly dialect: number
  readonly rank: number
}

export interface KindUse {
  readonly rule: KindRule
  readonly rank: number
  readonly dialect: number
}

/** One attribute key. `id` is its number in ENTRIES. */
export interface Entry {
  readonly id: number
  readonly key: string
  readonly fields: FieldUse[]
  readonly blobs: BlobUse[]
  readonly kinds: KindUse[]
  /** Dialects that the key alone gives away, as numbers in DIALECTS. */
  readonly marks: number[]
  /** Under which name its value is an entry of `metadata` as well. */
  readonly metadata: string | undefined
}

/** Fallbacks come after everything, indexed messages and events too. */
export const FALLBACK_RANK = 1_000_000

const byKey = new Map<string, Entry>()

function entryOf(key: string): Entry {
  const known = byKey.get(key)
  if (known) return known
  const marks = DIALECTS.flatMap(({ marks = [] }, i) => (marks.some((mark) => key.startsWith(mark)) ? [i] : []))
  const prefix = DIALECTS.flatMap(({ metadata = [] }) => metadata).find((beginning) => key.startsWith(beginning))
  const metadata = prefix === undefined ? undefined : key.slice(prefix.length)
  const made: Entry = { id: byKey.size, key, fields: [], blobs: [], kinds: [], marks, metadata }
  byKey.set(key, made)
  return made
}

const pathOf = (path: string): readonly string[] => path.split('.')

function compile(dialect: Dialect, number: number, from: number): number {
  let rank = from
  for (const { key, field, type, scoped = false, fallback = false } of dialect.keys) {
    const use = {
      field,
      type: type ?? FIELDS[field],
      rank: rank++ + (fallback ? FALLBACK_RANK : 0),
      dialect: number,
      scoped,
    }
    entryOf(key).fields.push(use)
  }
  for (const rule of dialect.blobs ?? []) {
    const members = Object.entries(rule.members).map(([path, to]) => {
      const field = typeof to === 'string' ? to : to.field
      return { path: pathOf(path), field, type: typeof to === 'string' ? FIELDS[field] : to.type, rank: rank++ }
    })
    const rawUsage = (rule.rawUsage ?? []).map((path) => (path === '' ? [] : pathOf(path)))
    entryOf(rule.key).blobs.push({ rule, members, rawUsage, dialect: number, rank: rank++ })
  }
  for (const rule of dialect.kindKeys ?? []) entryOf(rule.key).kinds.push({ rule, rank: rank++, dialect: number })
  return rank
}

DIALECTS.reduce((rank, dialect, number) => compile(dialect, number, rank), 0)

/** Every key that a table names, by its `id`. */
export const ENTRIES: readonly Entry[] = [...byKey.values()]

export const entryOfKey = (key: string): Entry | undefined => byKey.get(key)

/** A beginning of keys that no table can list one by one. */
export interface Prefix {
  readonly prefix: string
  /** `metadata`: the rest of the key names an entry. `indexed`: a part of a message, tool or document. `mark`: a dialect's own key. */
  readonly form: 'metadata' | 'indexed' | 'mark'
  /** The dialect that the key gives away, as a number in DIALECTS; -1 for none. */
  readonly dialect: number
}

const prefixesOf = (form: Prefix['form'], pick: (dialect: Dialect) => readonly string[]): Prefix[] =>
  DIALECTS.flatMap((dialect, i) => pick(dialect).map((prefix) => ({ prefix, form, dialect: i })))

/** Of the conventions only the listed keys are a mark. */
export const PREFIXES: readonly Prefix[] = [
  ...prefixesOf('metadata', ({ metadata = [] }) => metadata),
  ...prefixesOf('mark', ({ marks = [], isBase }) => (isBase ? [] : marks)),
  ...INDEXED_PREFIXES.map(({ prefix }) => ({ prefix, form: 'indexed' as const, dialect: -1 })),
]

/** Beginnings of the conventions' own keys: one that no table lists means nothing, and is counted as unmapped. */
export const BASE_PREFIXES: readonly string[] = DIALECTS.flatMap(({ marks = [], isBase }) => (isBase ? marks : []))

const NONE: readonly Prefix[] = []
/** By the first two letters, for most keys share them with few. */
// By hand: the exporter runs these tables on Node 20, which has no Map.groupBy.
const BY_LETTERS = new Map<string, (typeof PREFIXES)[number][]>()
for (const entry of PREFIXES) {
  const letters = entry.prefix.slice(0, 2)
  BY_LETTERS.set(letters, [...(BY_LETTERS.get(letters) ?? []), entry])
}

/** The prefixes that the key may begin with: compare before use. */
export const prefixesNear = (key: string): readonly Prefix[] => BY_LETTERS.get(key.slice(0, 2)) ?? NONE

export const EVENT_RULES: ReadonlyMap<string, EventRule> = new Map(
  DIALECTS.flatMap((dialect) => dialect.events ?? [])
    .map((rule) => [rule.event, rule] as const)
    .reverse(),
)

/** Dialect of an instrumentation scope's name, or -1. */
export function dialectOfScope(scopeName: string): number {
  if (scopeName === '') return -1
  const known = SCOPES.get(scopeName)
  if (known !== undefined) return known
  let best = -1
  let length = 0
  for (const { beginning, dialect } of SCOPE_BEGINNINGS) {
    if (beginning.length <= length || !scopeName.startsWith(beginning)) continue
    best = dialect
    length = beginning.length
  }
  return best
}

const ALL_SCOPES = DIALECTS.flatMap(({ scopes = [] }, dialect) => scopes.map((scope) => ({ scope, dialect })))
const SCOPES = new Map(
  ALL_SCOPES.filter(({ scope }) => !scope.endsWith('*')).map(({ scope, dialect }) => [scope, dialect]),
)
const SCOPE_BEGINNINGS = ALL_SCOPES.filter(({ scope }) => scope.endsWith('*')).map(({ scope, dialect }) => ({
  beginning: scope.slice(0, -1),
  dialect,
}))
