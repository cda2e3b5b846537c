// Messages of the deprecated forms, one event each or one attribute a part -> canonical messages.
import type { EventRule, IndexedPart, IndexedRule } from './dialect.ts'
import { DIALECTS } from './dialects/all.ts'
import { own, toMessage } from './messages.ts'
import type { Message, MessagePart } from './model.ts'
import { type Attribute, textOfValue, type Value } from './value.ts'

/** The attribute or body keys that hold the parts of a message. */
const PART_OF_KEY: ReadonlyMap<string, string> = new Map([
  ['content', 'content'],
  ['gen_ai.event.content', 'content'],
  ['message', 'message'],
  ['role', 'role'],
  ['tool_calls', 'toolCalls'],
  ['id', 'toolCallId'],
  ['finish_reason', 'finishReason'],
])

/** The message of one per-message event (`gen_ai.user.message`, `gen_ai.choice` …) from its attributes or body members. */
export function eventMessage(rule: EventRule, attributes: Iterable<Attribute>): Message {
  const parts = new Map<string, unknown>()
  for (const [key, value] of attributes) {
    const part = PART_OF_KEY.get(key)
    if (part !== undefined) parts.set(part, looseValue(value))
  }
  const inner = parts.get('message')
  const role = typeof parts.get('role') === 'string' ? parts.get('role') : own(inner, 'role')
  return toMessage({
    role: typeof role === 'string' ? role : (rule.role ?? 'user'),
    content: parts.get('content') ?? (typeof inner === 'string' ? inner : own(inner, 'content')),
    toolCalls: parts.get('toolCalls') ?? own(inner, 'tool_calls'),
    finishReason: parts.get('finishReason'),
    ...(rule.role === 'tool' ? { toolCallId: parts.get('toolCallId') } : {}),
  })
}

/** A structure, or JSON in a string, as what it says; anything else as text. */
function looseValue(value: Value): unknown {
  const text = textOfValue(value)
  const isStructure = typeof value === 'object' && !(value instanceof Uint8Array)
  return isStructure || (typeof value === 'string' && /^[{[]/.test(text)) ? parseOr(text) : text
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** One part of one message, found in an indexed key. */
export interface IndexedEntry {
  side: IndexedRule['field']
  message: number
  /** Number of the tool call, -1 for parts of the message itself. */
  call: number
  part: IndexedPart
  value: Value
}

const INDEXED: readonly IndexedRule[] = DIALECTS.flatMap((dialect) => dialect.indexed ?? [])
/** Larger indexes are no one's message number. */
const INDEX = /^\d{1,9}$/

/** @returns undefined when the key is no indexed message key */
export function indexedEntry(key: string, value: Value): IndexedEntry | undefined {
  const rule = INDEXED.find(({ prefix }) => key.startsWith(prefix))
  if (!rule) return undefined
  const [message = '', ...rest] = key.slice(rule.prefix.length).split('.')
  if (!INDEX.test(message) || rest.includes('*')) return undefined
  const suffix = rest.map((segment) => (INDEX.test(segment) ? '*' : segment)).join('.')
  if (!Object.hasOwn(rule.suffixes, suffix)) return undefined
  const call = rest.findLast((segment) => INDEX.test(segment)) ?? '-1'
  return { side: rule.field, message: Number(message), call: Number(call), part: rule.suffixes[suffix]!, value }
}

/** The messages of one side, in the order of their numbers however the keys came. */
export function indexedMessages(entries: readonly IndexedEntry[], side: IndexedRule['field']): readonly Message[] {
  const byMessage = Map.groupBy(
    entries.filter((entry) => entry.side === side).toSorted((a, b) => a.message - b.message || a.call - b.call),
    (entry) => entry.message,
  )
  return [...byMessage.values()].map((parts) => indexedMessage(parts, side))
}

function indexedMessage(entries: readonly IndexedEntry[], side: IndexedRule['field']): Message {
  const last = (part: IndexedPart): string =>
    entries.map((entry) => (entry.part === part ? textOfValue(entry.value) : '')).findLast((text) => text !== '') ?? ''
  const contents = entries.filter((entry) => entry.part === 'content').map((entry) => textOfValue(entry.value))
  const texts: MessagePart[] = contents
    .filter((content) => content !== '')
    .map((content) => ({ type: 'text', content }))
  const calls = Map.groupBy(
    entries.filter((entry) => entry.call >= 0),
    (entry) => entry.call,
  )
  const answers = last('tool_call_id')
  const answer: MessagePart = { type: 'tool_call_response', id: answers, response: contents.join('') }
  const finish = last('finish_reason')
  return {
    role: last('role') || (side === 'input' ? 'user' : 'assistant'),
    parts: answers === '' ? [...texts, ...[...calls.values()].map(indexedCall)] : [answer],
    ...(finish === '' ? {} : { finish_reason: finish }),
  }
}

function indexedCall(entries: readonly IndexedEntry[]): MessagePart {
  const parts = new Map(entries.map((entry) => [entry.part, textOfValue(entry.value)]))
  const [id, name, text] = [parts.get('tool_call.id'), parts.get('tool_call.name'), parts.get('tool_call.arguments')]
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    // Arguments arrive as JSON in a string; a reader wants the object.
    ...(text === undefined ? {} : { arguments: /^[{[]/.test(text) ? parseOr(text) : text }),
  }
}
