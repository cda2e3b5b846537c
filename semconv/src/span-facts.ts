// What a span says of itself, and what comes out when the dialect tables have read it.
import type { KindWord } from './dialect.ts'
import type { ErrorClass } from './error-class.ts'
import type { Field, Kind, Usage, UsageRole, UsageRule } from './model.ts'
import type { CanonicalFields } from './read-value.ts'
import type { Attribute } from './value.ts'

/** A span event: its name and attributes bear meaning, and for some its time. */
export interface EventFacts {
  name: string
  attributes: Iterable<Attribute>
  /** Nanoseconds after the span's start. */
  offsetNs?: number
}

/** What a span says of itself. `statusCode` is OTLP's: 0 unset, 1 ok, 2 error. */
export interface SpanFacts {
  name?: string
  attributes: Iterable<Attribute>
  events?: Iterable<EventFacts>
  scopeName?: string
  scopeVersion?: string
  statusCode?: number
  statusMessage?: string
  /** Milliseconds since 1970. */
  startMs?: number
  durationNs?: number
}

/** Where a field's value came from. */
export interface Source {
  dialect: string
  key: string
}

export type ContentField = 'input' | 'output' | 'system_instructions' | 'tool_definitions'

/** A judgement that a span itself is (an annotation span, an evaluation). */
export interface ScoreFacts {
  name: string
  value?: number
  label?: string
  explanation?: string
}

/** What a span means. Texts that nothing told are '', other unknowns are left out. */
export interface Interpretation {
  kind: Kind
  /** As named by its dialect; a wrapper is a chain. */
  kindWord: KindWord
  /** Name of the dialect that told most; '' for a span that is no gen_ai step. */
  dialect: string
  /** Per field the value of the most trusted key. Token counts are as reported: the settled ones are `usage`. */
  fields: CanonicalFields
  usage: Usage
  /** Web searches that the provider ran and bills by the piece. */
  searches?: number
  usageRule: UsageRule
  usageRole: UsageRole
  /** Usage is the provider's count of one call, not a repetition of it, as far as the span alone can tell. */
  countsUsage: boolean
  timeToFirstTokenNs?: number
  firstTokenFlag: '' | 'negative' | 'beyond_duration'
  errorType: string
  errorClass: ErrorClass | ''
  errorMessage: string
  errorFingerprint: string
  /** Canonical JSON of messages where it is a conversation, else the text as it was sent. */
  input?: string
  output?: string
  systemInstructions?: string
  toolDefinitions?: string
  metadata: ReadonlyMap<string, string>
  /** Keys of the conventions or of a dialect that no rule knows; of gen_ai steps only. */
  unmapped: readonly string[]
  /** Judgements that the span or its events bear. */
  scores: readonly ScoreFacts[]
  /** Positions of the attributes whose whole value is in one of the four contents. */
  moved: ReadonlySet<number>
  /** The attribute that each content came from; 'events' or the first of several. */
  contentKeys: ReadonlyMap<ContentField, string>
  /** Which dialect and key told each field; made when asked. */
  sources: () => ReadonlyMap<Field | 'kind', Source>
}
