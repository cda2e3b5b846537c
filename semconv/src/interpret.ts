// One span as plain values -> what it means: the same tables and rules as the collector's byte walker, written to be read.
// The exporter maps with it, and the walker is tested against it.
import type { EventRule } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'
import { kindOf } from './kinds.ts'
import { COUNTING_KINDS, FIELDS, type Field, type Kind, type Message, type Usage, type UsageRule } from './model.ts'
import { eventMessage, type IndexedEntry, indexedEntry, indexedMessages } from './read-messages.ts'
import { type CanonicalFields, type FieldValue, readValue } from './read-value.ts'
import { settleUsage } from './usage.ts'
import type { Attribute, Value } from './value.ts'

/** A span event: its name and attributes are all that bears meaning. */
export interface EventFacts {
  name: string
  attributes: Iterable<Attribute>
}

/** What a span says of itself. `statusCode` is OTLP's: 0 unset, 1 ok, 2 error. */
export interface SpanFacts {
  attributes: Iterable<Attribute>
  events?: Iterable<EventFacts>
  statusCode?: number
  statusMessage?: string
  durationNs?: number
}

/** Wide content: text as it was sent, or messages that were put together from the deprecated forms. */
export type Content = string | readonly Message[]

/** What a span means. Texts that nothing told are '', other unknowns are left out. */
export interface Interpretation {
  kind: Kind
  /** Name of the dialect that told most; '' for a span that is no gen_ai step. */
  dialect: string
  /** Per field the value of the most trusted key. Token counts are as reported: the settled ones are `usage`. */
  fields: CanonicalFields
  usage: Usage
  usageRule: UsageRule
  /** Usage is the provider's count of one call, not a repetition of it. */
  countsUsage: boolean
  timeToFirstTokenNs?: number
  errorType: string
  errorMessage: string
  input?: Content
  output?: Content
  systemInstructions?: Content
  toolDefinitions?: Content
  /** Positions of the attributes whose value is in one of the four contents above. */
  moved: ReadonlySet<number>
}

const STATUS_ERROR = 2
const EXCEPTION_EVENTS: ReadonlySet<string> = new Set(['exception', 'gen_ai.client.operation.exception'])
const TELLING_FIELDS: readonly Field[] = ['provider', 'operation', 'request_model', 'input_tokens', 'input']
const CONTENT_FIELDS: readonly Field[] = ['input', 'output', 'system_instructions', 'tool_definitions']

export function interpret(span: SpanFacts): Interpretation {
  const found = new Findings()
  let position = 0
  for (const [key, value] of span.attributes) found.attribute(key, value, position++)
  for (const event of span.events ?? []) found.event(event)
  const { fields } = found
  const kind = found.kind()
  const { usage, rule } = found.usage()
  const duration = span.durationNs ?? Number.POSITIVE_INFINITY
  const firstToken = fields.time_to_first_token
  return {
    kind,
    dialect: kind === 'span' ? '' : found.dialect(),
    fields,
    usage,
    usageRule: rule,
    countsUsage: COUNTING_KINDS.includes(kind),
    // Beyond the call's own duration it is impossible.
    ...(firstToken !== undefined && firstToken <= duration ? { timeToFirstTokenNs: firstToken } : {}),
    ...found.error(span),
    ...found.contents(),
    moved: found.moved(),
  }
}

/** A key's place in the order of trust (lower is better), its field and its dialect. */
interface Slot {
  rank: number
  field: Field
  type: (typeof FIELDS)[Field]
  dialect: string
}

const SLOTS = new Map<string, Slot>()
for (const [rank, { rule, dialect }] of DIALECTS.flatMap((dialect) =>
  dialect.keys.map((rule) => ({ rule, dialect })),
).entries()) {
  if (SLOTS.has(rule.key)) continue
  const type = (rule.type ?? FIELDS[rule.field]) as Slot['type']
  SLOTS.set(rule.key, { rank, field: rule.field, type, dialect: dialect.name })
}

const EVENT_RULES = new Map<string, EventRule>(
  DIALECTS.flatMap((dialect) => dialect.events ?? [])
    .map((rule) => [rule.event, rule] as const)
    .reverse(),
)

const INCLUDES_CACHE = new Map(DIALECTS.map((dialect) => [dialect.name, dialect.inputIncludesCache]))

/** `position` is that of the attribute, -1 for what an event told. */
interface Winner {
  slot: Slot
  value: FieldValue
  position: number
}

/** What has been found of one span so far. */
class Findings {
  private readonly winners = new Map<Field, Winner>()
  private readonly indexed: (IndexedEntry & { position: number })[] = []
  private readonly messages = { input: [] as Message[], output: [] as Message[], system_instructions: [] as Message[] }
  private exceptionType = ''
  private exceptionMessage = ''

  get fields(): CanonicalFields {
    return Object.fromEntries([...this.winners].map(([field, winner]) => [field, winner.value])) as CanonicalFields
  }

  attribute(key: string, value: Value, position: number): void {
    const slot = SLOTS.get(key)
    const entry = slot ? undefined : indexedEntry(key, value)
    if (slot) this.offer(slot, value, position)
    else if (entry) this.indexed.push({ ...entry, position })
  }

  /** The more trusted key wins, and of equal keys the later one. */
  private offer(slot: Slot, value: Value, position: number): void {
    const holder = this.winners.get(slot.field)
    if (holder && (slot.rank > holder.slot.rank || position < 0)) return
    const read = readValue(value, slot.type)
    if (read !== undefined) this.winners.set(slot.field, { slot, value: read, position })
  }

  event({ name, attributes }: EventFacts): void {
    const rule = EVENT_RULES.get(name)
    if (EXCEPTION_EVENTS.has(name)) this.exception(attributes)
    else if (rule?.form === 'message')
      this.messages[rule.field ?? 'system_instructions'].push(eventMessage(rule, attributes))
    else if (rule && rule.form !== 'evaluation') {
      for (const [key, value] of attributes) {
        const slot = SLOTS.get(key)
        if (slot) this.offer(slot, value, -1)
      }
    }
  }

  private exception(attributes: Iterable<Attribute>): void {
    for (const [key, value] of attributes) {
      if (typeof value !== 'string') continue
      if (key === 'exception.type') this.exceptionType = value
      else if (key === 'exception.message') this.exceptionMessage = value
    }
  }

  kind(): Kind {
    const { fields } = this
    const messages = this.indexed.length + Object.values(this.messages).flat().length
    const told = ['input_tokens', 'output_tokens', 'input', 'output'] as const
    return kindOf({
      operation: fields.operation ?? '',
      hasToolName: fields.tool_name !== undefined,
      hasModel: fields.request_model !== undefined || fields.response_model !== undefined,
      hasUsageOrContent: messages > 0 || told.some((field) => fields[field] !== undefined),
    })
  }

  dialect(): string {
    const telling = TELLING_FIELDS.find((field) => this.winners.has(field))
    return telling === undefined ? '' : this.winners.get(telling)!.slot.dialect
  }

  usage(): { usage: Usage; rule: UsageRule } {
    const { fields } = this
    const reported = {
      input: fields.input_tokens ?? Number.NaN,
      output: fields.output_tokens ?? Number.NaN,
      total: fields.total_tokens ?? Number.NaN,
      cacheRead: fields.cache_read_tokens ?? Number.NaN,
      cacheWrite: fields.cache_write_tokens ?? Number.NaN,
      cacheWrite5m: fields.cache_write_5m_tokens ?? Number.NaN,
      cacheWrite1h: fields.cache_write_1h_tokens ?? Number.NaN,
    }
    const dialect = this.winners.get('input_tokens')?.slot.dialect ?? DIALECTS[0]!.name
    const rule = settleUsage(reported, INCLUDES_CACHE.get(dialect)!)
    const counts = {
      input: reported.input,
      output: reported.output,
      cacheRead: reported.cacheRead,
      cacheWrite: reported.cacheWrite,
      cacheWrite1h: reported.cacheWrite1h,
      reasoning: fields.reasoning_tokens,
      inputAudio: fields.input_audio_tokens,
      outputAudio: fields.output_audio_tokens,
      inputImage: fields.input_image_tokens,
      outputImage: fields.output_image_tokens,
    }
    const known = Object.entries(counts).filter(([, count]) => count !== undefined && !Number.isNaN(count))
    return { usage: Object.fromEntries(known), rule }
  }

  error({ statusCode, statusMessage }: SpanFacts): { errorType: string; errorMessage: string } {
    const named = this.fields.error_type
    if (statusCode !== STATUS_ERROR && named === undefined) return { errorType: '', errorMessage: '' }
    return {
      errorType: named ?? (this.exceptionType || 'unknown'),
      errorMessage: this.exceptionMessage || (statusMessage ?? ''),
    }
  }

  /** A whole attribute, else indexed keys, else per-message events. */
  contents(): Pick<Interpretation, 'input' | 'output' | 'systemInstructions' | 'toolDefinitions'> {
    const { fields, messages } = this
    const some = (list: readonly Message[]): Content | undefined => (list.length > 0 ? list : undefined)
    const contents = {
      input: fields.input ?? some(indexedMessages(this.indexed, 'input')) ?? some(messages.input),
      output: fields.output ?? some(indexedMessages(this.indexed, 'output')) ?? some(messages.output),
      systemInstructions: fields.system_instructions ?? some(messages.system_instructions),
      toolDefinitions: fields.tool_definitions,
    }
    return Object.fromEntries(Object.entries(contents).filter(([, content]) => content !== undefined))
  }

  /** What lost against another key stays where it was. */
  moved(): ReadonlySet<number> {
    const whole = CONTENT_FIELDS.map((field) => this.winners.get(field)?.position ?? -1).filter(
      (position) => position >= 0,
    )
    const parts = this.indexed.filter(({ side }) => !this.winners.has(side)).map(({ position }) => position)
    return new Set([...whole, ...parts])
  }
}
