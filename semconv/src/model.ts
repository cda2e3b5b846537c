// The canonical model: what a gen_ai span means, whatever dialect it was written in.

/** What a span is for. A `generation` is one call of a model. */
export const KINDS = [
  'span',
  'generation',
  'embedding',
  'tool',
  'agent',
  'retrieval',
  'chain',
  'guardrail',
  'evaluator',
  'rerank',
] as const
export type Kind = (typeof KINDS)[number]

/** Kinds whose usage is the provider's own count of one call; the other kinds only repeat or sum it. */
export const COUNTING_KINDS: readonly Kind[] = ['generation', 'embedding', 'rerank']

/**
 * The part that a span plays in totals.
 * - `call`: a model call of its own, counted at once
 * - `repeat`: a known wrapper, whose usage is that of a span below it; never counted
 * - `summary`: another step that reports usage; counted when nothing below it is (known once the trace is idle)
 * - `log`: a call that only a log record tells of; counted until its span comes
 */
export type UsageRole = '' | 'call' | 'repeat' | 'summary' | 'log'

/**
 * How the value of a field is read and kept.
 * - `name`: short text from a small set (a dictionary column); `none` and empty are unknown
 * - `model`: a name; the words that are written for want of a model are unknown (`unknown`, `default`)
 * - `text`: short free text (an id, a message); empty is unknown
 * - `count`: a whole number >= 0, also as double or digits; anything else is unknown
 * - `number`: any finite number, also as digits
 * - `flag`: a boolean, also as `true`/`false` text
 * - `seconds`, `milliseconds`: a duration, kept in nanoseconds
 * - `usd`: an amount of money, kept in picodollars; 0 is unknown: senders without a price write it
 * - `auto_latency`: a duration whose unit the number's type tells: whole is milliseconds, double is seconds (emitters disagree on one key)
 * - `time`: a moment, as ISO text (also in JSON quotes) or nanoseconds; kept in milliseconds since 1970
 * - `not_flag`: a boolean that says the opposite
 * - `quoted`: a name in JSON quotes, or bare
 * - `names`: a list of names: an array, a JSON array in a string, or one bare name
 * - `comma_names`: a list of names in one string, with commas between
 * - `content`: wide text or structure; a structure is kept as JSON
 */
export type FieldType =
  | 'name'
  | 'model'
  | 'text'
  | 'count'
  | 'number'
  | 'flag'
  | 'seconds'
  | 'milliseconds'
  | 'auto_latency'
  | 'time'
  | 'usd'
  | 'not_flag'
  | 'quoted'
  | 'names'
  | 'comma_names'
  | 'content'

/** Every canonical field with its type. The order is the order of the slots in the walker's record. */
export const FIELDS = {
  operation: 'name',
  provider: 'name',
  request_model: 'model',
  response_model: 'model',
  response_id: 'text',
  session_id: 'text',
  user_id: 'text',
  agent_name: 'name',
  agent_id: 'text',
  workflow_name: 'name',
  tool_name: 'name',
  tool_call_id: 'text',
  prompt_name: 'name',
  prompt_version: 'name',
  tags: 'names',
  finish_reasons: 'names',
  output_type: 'name',
  service_tier: 'name',
  server_address: 'name',
  stream: 'flag',
  temperature: 'number',
  top_p: 'number',
  top_k: 'number',
  frequency_penalty: 'number',
  presence_penalty: 'number',
  max_tokens: 'count',
  seed: 'number',
  choice_count: 'count',
  stop_sequences: 'names',
  input_tokens: 'count',
  output_tokens: 'count',
  total_tokens: 'count',
  cache_read_tokens: 'count',
  cache_write_tokens: 'count',
  cache_write_5m_tokens: 'count',
  cache_write_1h_tokens: 'count',
  reasoning_tokens: 'count',
  input_audio_tokens: 'count',
  output_audio_tokens: 'count',
  input_image_tokens: 'count',
  output_image_tokens: 'count',
  reported_cost: 'usd',
  time_to_first_token: 'seconds',
  error_type: 'name',
  input: 'content',
  output: 'content',
  system_instructions: 'content',
  tool_definitions: 'content',
  environment: 'name',
  release: 'name',
  searches: 'count',
  reported_input_cost: 'usd',
  reported_output_cost: 'usd',
  first_token_at: 'time',
  response_cache: 'name',
  http_status: 'count',
  failed: 'flag',
  failure: 'text',
  // parts of an output that some emitters write apart
  output_text: 'content',
  output_reasoning: 'content',
  output_tool_calls: 'content',
  output_object: 'content',
  evaluation_name: 'name',
  score_value: 'number',
  score_label: 'name',
  explanation: 'text',
} as const satisfies Record<string, FieldType>

export type Field = keyof typeof FIELDS

/**
 * Token counts of one call; undefined is unknown, never 0. Subsets never add: cached tokens are part of `input`,
 * reasoning is part of `output` (OTel gen_ai conventions 1.37 and later).
 */
export interface Usage {
  input?: number
  output?: number
  cacheRead?: number
  cacheWrite?: number
  cacheWrite1h?: number
  reasoning?: number
  inputAudio?: number
  outputAudio?: number
  inputImage?: number
  outputImage?: number
}

/**
 * Which evidence decided whether the reported input already included the cached tokens, in order of weight; '' = nothing was cached.
 * `+reasoning` is appended where reasoning tokens had to be added to the output.
 */
export type UsageRule =
  | ''
  | 'raw_usage'
  | 'total_says_exclusive'
  | 'cache_exceeds_input'
  | 'declared_exclusive'
  | 'declared_inclusive'
  | 'ambiguous'
  | 'raw_usage+reasoning'
  | 'total_says_exclusive+reasoning'
  | 'cache_exceeds_input+reasoning'
  | 'declared_exclusive+reasoning'
  | 'declared_inclusive+reasoning'
  | 'ambiguous+reasoning'
  | '+reasoning'

/** Exact money in picodollars (1e-12 USD); undefined is unknown and `reason` says why. */
export interface Cost {
  total?: bigint
  input?: bigint
  output?: bigint
  reason: string
}

/** A judgement of a span or a trace. */
export interface Score {
  name: string
  value?: number
  label?: string
  explanation?: string
}

/** One canonical message: OTel gen_ai parts, whatever the source form. What else the source said stands beside these members, as it was. */
export interface Message {
  role: string
  parts: readonly MessagePart[]
  name?: string
  finish_reason?: string
}

/** A part of a message. Parts of types that the conventions do not name are kept as they came. */
export type MessagePart = KnownPart | GenericPart

/** The parts that the conventions name; like a message, each may carry more members than these. */
export type KnownPart =
  | { type: 'text' | 'reasoning'; content: string }
  | { type: 'tool_call'; id?: string; name?: string; arguments?: unknown }
  | { type: 'tool_call_response'; id?: string; response?: unknown }
  /** `content` is base64. */
  | { type: 'blob'; modality: string; mime_type?: string; content: string }
  | { type: 'uri'; modality: string; mime_type?: string; uri: string }
  | { type: 'file'; modality: string; mime_type?: string; file_id: string }
  | { type: 'server_tool_call'; id?: string; name?: string; server_tool_call: unknown }
  | { type: 'server_tool_call_response'; id?: string; server_tool_call_response: unknown }

export interface GenericPart {
  readonly type: string
  readonly [member: string]: unknown
}
