// The events of one span -> the messages, documents and scores in them, the exception, when the first token came, and attributes of the call's own.
import type { EventRule } from './dialect.ts'
import { messageOfEvent } from './messages/event-message.ts'
import type { Field, Message } from './model.ts'
import { EVENT_RULES, entryOfKey } from './rules.ts'
import { scoreOfEvent } from './scores.ts'
import type { EventFacts, ScoreFacts } from './span-facts.ts'
import { type Attribute, isList, textOfValue, type Value } from './value.ts'
import type { Known } from './winner.ts'

const EXCEPTION_EVENTS: ReadonlySet<string> = new Set(['exception', 'gen_ai.client.operation.exception'])
/** Position of a value that an event told. */
export const EVENT = -1

export class EventFindings {
  readonly messages = { input: [] as Message[], output: [] as Message[], system_instructions: [] as Message[] }
  /** What a search found, an event each. */
  readonly documents: Record<string, unknown>[] = []
  readonly scores: ScoreFacts[] = []
  /** Attributes whose key a table names. */
  readonly known: Known[] = []
  /** Whole contents. */
  readonly contents: { readonly field: Field; readonly key: string; readonly value: Value }[] = []
  exceptionType = ''
  exceptionMessage = ''
  firstTokenOffsetNs: number | undefined

  add({ name, attributes, offsetNs }: EventFacts): void {
    const rule = EVENT_RULES.get(name)
    if (EXCEPTION_EVENTS.has(name)) this.exception(attributes)
    else if (rule) this.byRule(rule, attributes, offsetNs)
  }

  private byRule(rule: EventRule, attributes: Iterable<Attribute>, offsetNs: number | undefined): void {
    switch (rule.form) {
      case 'message':
        this.messages[rule.field ?? 'system_instructions'].push(messageOfEvent(attributes, rule.role ?? 'user'))
        break
      case 'evaluation':
        this.scores.push(...scoreOfEvent(attributes))
        break
      case 'document':
        this.documents.push(documentOf(attributes))
        break
      case 'content':
        this.content(rule, attributes)
        break
      case 'first_token':
        this.firstTokenOffsetNs ??= offsetNs
        this.details(attributes)
        break
      case 'details':
        this.details(attributes)
    }
  }

  private details(attributes: Iterable<Attribute>): void {
    for (const [key, value] of attributes) {
      const entry = entryOfKey(key)
      if (entry) this.known.push({ entry, value, position: EVENT })
    }
  }

  private content({ field, key: wanted }: EventRule, attributes: Iterable<Attribute>): void {
    if (field === undefined) return
    for (const [key, value] of attributes) if (key === wanted) this.contents.push({ field, key, value })
  }

  private exception(attributes: Iterable<Attribute>): void {
    for (const [key, value] of attributes) {
      if (typeof value !== 'string') continue
      if (key === 'exception.type') this.exceptionType = value
      else if (key === 'exception.message') this.exceptionMessage = value
    }
  }
}

/** `db.query.result.score` is the document's score; its text is called content, as elsewhere. */
function documentOf(attributes: Iterable<Attribute>): Record<string, unknown> {
  const members: [string, unknown][] = []
  for (const [key, value] of attributes) {
    const name = key.slice(key.lastIndexOf('.') + 1)
    const isPlain = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    const plain = isPlain || (isList(value) && value.length === 0) ? value : textOfValue(value)
    members.push([
      name === 'document' || name === 'text' ? 'content' : name,
      typeof value === 'bigint' ? Number(value) : plain,
    ])
  }
  return Object.fromEntries(members)
}
