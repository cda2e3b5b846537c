// The shape of a dialect table, and the precedence between dialects.
import type { Field, FieldType, Kind } from './model.ts'
import type { Refine } from './refine.ts'

/** One attribute key that can fill one field. */
export interface KeyRule {
  readonly key: string
  readonly field: Field
  /** Overrides the type of the field where a dialect differs (seconds or milliseconds). */
  readonly type?: FieldType
  /** True for a key that means this only in spans of this dialect (`input`, `model`): elsewhere it is anybody's word. */
  readonly scoped?: boolean
  /** True for a value that is used only where nothing else tells (`input.value` beside indexed messages). */
  readonly fallback?: boolean
}

/** What a kind key or operation may say. A `wrapper` is a chain whose usage repeats that of a span below it. */
export type KindWord = Kind | 'wrapper'

/** An attribute whose value names the kind of step. */
export interface KindRule {
  readonly key: string
  /** Value (as sent, or in lower case) -> kind. */
  readonly kinds: Readonly<Record<string, KindWord>>
  /** Before the operation name, or after it. Within one strength the order of DIALECTS counts. */
  readonly strength: 'strong' | 'weak'
  /** `first_word`: what comes after a space is a name of the app's own. */
  readonly match?: 'first_word'
  readonly scoped?: boolean
}

/** An attribute that holds JSON, and the fields that its members fill. */
export interface BlobRule {
  readonly key: string
  /** Path of names and positions with dots between, or an array of them where names have dots -> field. */
  readonly members: Readonly<Record<string, Field | { readonly field: Field; readonly type: FieldType }>>
  /** Paths of a provider's own usage object (OpenAI's, Anthropic's, Gemini's …): better evidence than any count beside it. */
  readonly rawUsage?: readonly string[]
  /** `usage_details`: buckets that do not overlap, as the Langfuse SDKs write them. */
  readonly form?: 'usage_details' | 'metadata'
  readonly scoped?: boolean
}

/** A span event or log record that carries content. */
export interface EventRule {
  readonly event: string
  /**
   * `details`: its attributes are the call's own; `message`: its body or attributes are one message; `content`: one attribute holds all of it;
   * `evaluation`: a score; `first_token`: its time is that of the first token; `document`: one that a search found.
   */
  readonly form: 'details' | 'message' | 'content' | 'evaluation' | 'first_token' | 'document'
  readonly field?: 'input' | 'output' | 'system_instructions'
  readonly role?: string
  readonly key?: string
}

/** A log record of an emitter that tells in logs what others tell in spans. Records of this emitter that no rule names are nobody's to keep. */
export interface LogRule {
  /** The event's name, whole, or without the `logPrefix` of its dialect where the scope tells whose it is. */
  readonly event: string
  /** What makes it tell of a model call; without, it is kept as an event and no more. */
  readonly call?: LogCallRule
}

/** A record tells of a call when it holds one of `counts`, or of a failed one when it holds one of `failure`. */
export interface LogCallRule {
  /** Attributes that must have these values. */
  readonly where?: Readonly<Record<string, string>>
  /** Keys of token counts. */
  readonly counts?: readonly string[]
  /** Keys of what went wrong, the message first. */
  readonly failure?: readonly string[]
  /** Key of the milliseconds that the call took; it ended when the record was made. */
  readonly duration?: string
  /** Where the record does not say. */
  readonly provider?: string
  /** True when a record that names a span is written in the call's own, which then comes as well. */
  readonly inOwnSpan?: boolean
}

/** What an emitter's counts include, for spans that match; the first match decides. */
export interface UsageMode {
  /** Canonical provider, or the one that the model's name tells. */
  readonly providers?: readonly string[]
  /** Scope name starts with this. */
  readonly scope?: string
  /** Scope version below this one (compared number by number). */
  readonly before?: string
  /** An attribute whose key starts with this is there. */
  readonly with?: string
  /** No attribute whose key starts with one of these is there. */
  readonly without?: readonly string[]
  /** The sender says so itself: this attribute is true, or false. */
  readonly told?: readonly [key: string, value: boolean]
  readonly input: 'inclusive' | 'exclusive'
  /** True where reasoning tokens are not part of the output count. Left out: they are. */
  readonly reasoningApart?: boolean
}

/** One table per dialect: adding a dialect adds one file and one test. */
export interface Dialect {
  readonly name: string
  /** Convention version or library that the table was read from. */
  readonly source: string
  /** True for the conventions that others build on: a span that says more belongs to the other dialect. */
  readonly isBase?: boolean
  /** Names of instrumentation scopes that speak this dialect; a trailing `*` stands for any ending. */
  readonly scopes?: readonly string[]
  /** A key with one of these beginnings marks a span as this dialect's, where the scope does not tell. */
  readonly marks?: readonly string[]
  /** First key with a value wins within a field; dialects are asked in the order of DIALECTS. */
  readonly keys: readonly KeyRule[]
  readonly blobs?: readonly BlobRule[]
  readonly events?: readonly EventRule[]
  /** Beginning of the names of its log events. */
  readonly logPrefix?: string
  readonly logs?: readonly LogRule[]
  /** Operation name -> kind. */
  readonly kinds: Readonly<Record<string, KindWord>>
  readonly kindKeys?: readonly KindRule[]
  /** Span name (or its first word) -> kind, for spans of this dialect that no attribute tells the kind of. */
  readonly spanNames?: Readonly<Record<string, KindWord>>
  /** Kinds of step whose span is called as the tool or agent is, where no attribute names it. */
  readonly spanNameIs?: readonly ('tool' | 'agent')[]
  /** Beginnings of keys whose rest names an entry of `metadata`. */
  readonly metadata?: readonly string[]
  /** What the counts include; later dialects are not asked. Without a match the default is that input includes cached tokens. */
  readonly usage?: readonly UsageMode[]
  /** True when the convention itself says that the input count includes cached tokens. */
  readonly inputIncludesCache: boolean
  /** What a table cannot say: called last, for spans of this dialect. */
  readonly refine?: Refine
}

/** Keeps the literal types of a table while checking its shape. */
export function defineDialect<const T extends Dialect>(table: T): T {
  return table
}
