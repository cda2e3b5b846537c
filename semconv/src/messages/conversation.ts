// Parsed content of any dialect -> the conversation in it, or undefined when it is none.
import type { Message, MessagePart } from '../model.ts'
import { streamOf } from './chunks.ts'
import { eventsOf } from './events.ts'
import { messagesOfList, type Side, speakerOf } from './list.ts'
import { isMessage, toCanonical } from './message.ts'
import { textPart } from './parts.ts'
import { remainder } from './remainder.ts'
import { type Draft, isNothing, isObj, type Obj, put, scalarText, unwrapJson } from './values.ts'
import { ALTERNATIVES, FINISH_KEYS, NESTED_KEYS, REPLY_TEXTS, REQUEST_KEYS, RESPONSE_META } from './wrappers.ts'

/** What content says beyond the messages was found in a wrapper: a whole request or response body. */
export interface Conversation {
  messages: Message[]
  system?: MessagePart[]
  /** Definitions of tools as they came. */
  tools?: unknown
  /** All other members of the wrapper, as they came. */
  params?: Record<string, unknown>
  model?: string
  finishReasons?: string[]
}

const MAX_WRAPPERS = 12

/**
 * The conversation in a parsed value of any dialect. Never throws.
 * @returns undefined when it is no conversation: keep the text as it is. No messages: a placeholder for nothing.
 */
export function toConversation(value: unknown, side: Side): Conversation | undefined {
  try {
    const inner = unwrapJson(value)
    const found = typeof inner === 'string' ? undefined : convert(inner, side, 0)
    return found ?? (typeof value === 'string' ? asked(value, side) : undefined)
  } catch {
    // Nested deeper than the serialiser's stack, or no JSON at all.
    return undefined
  }
}

function convert(value: unknown, side: Side, depth: number): Conversation | undefined {
  if (Array.isArray(value)) return ofList(value, side)
  return isObj(value) && depth < MAX_WRAPPERS ? ofObject(value, side, depth) : undefined
}

function ofList(list: readonly unknown[], side: Side): Conversation | undefined {
  const events = eventsOf(list, side)
  if (events) return told(events)
  const stream = streamOf(list)
  if (stream) return told({ messages: stream.messages, ...remainder(stream.body, []) })
  const messages = list.length > 0 ? messagesOfList(list, side) : undefined
  return messages && told({ messages })
}

function ofObject(value: Obj, side: Side, depth: number): Conversation | undefined {
  const keys = Object.keys(value)
  if (keys.length === 0) return { messages: [] }
  if (isMessage(value)) return ofMessage(value, side)
  const [first, second] = side === 'input' ? [request, response] : [response, request]
  return first(value, side, depth) ?? second(value, side, depth) ?? nested(value, side, depth)
}

/** One message; what a response says of itself beside it is not the message's. */
function ofMessage(value: Obj, side: Side): Conversation {
  const isEnvelope = value['role'] === undefined && isObj(value['message'])
  const [own, rest]: [Draft, Draft] = [{}, {}]
  for (const key of Object.keys(value)) {
    const isOwn = isEnvelope ? ENVELOPE_KEYS.has(key) : !RESPONSE_META.has(key) || (key === 'id' && !isResponse(value))
    put(isOwn || value['lc'] !== undefined ? own : rest, key, value[key])
  }
  return told({ messages: [toCanonical(isNothing(rest) ? value : own, speakerOf(side))], ...remainder(rest, []) })
}
const ENVELOPE_KEYS: ReadonlySet<string> = new Set([...FINISH_KEYS, 'message', 'index', 'text', 'event.name'])
const isResponse = (value: Obj): boolean => value['stop_reason'] !== undefined || value['usage'] !== undefined

/** The messages of a request body: under the first of the usual names. */
function request(value: Obj, side: Side, depth: number): Conversation | undefined {
  for (const [key, accept] of REQUEST_KEYS) {
    const inner = unwrapJson(value[key])
    if (inner === undefined || inner === null || !accept(inner, value)) continue
    const found = typeof inner === 'string' ? asked(inner, side) : convert(inner, side, depth + 1)
    if (found || (Array.isArray(inner) && inner.length === 0))
      return within(found ?? { messages: [] }, value, [key, ...(key === 'chat_history' ? ['message'] : [])])
  }
  return undefined
}

const asked = (text: string, side: Side): Conversation => ({
  messages: text === '' ? [] : [{ role: speakerOf(side), parts: [textPart(text)] }],
})

function response(value: Obj, side: Side, depth: number): Conversation | undefined {
  for (const [key, members] of ALTERNATIVES) {
    const list = value[key]
    const messages = Array.isArray(list) && list.length > 0 ? alternatives(list, members) : undefined
    if (messages) return within({ messages }, value, [key])
  }
  const { output, content } = value
  if (typeof output === 'object' && !isBare(output)) {
    const found = convert(output, side, depth + 1)
    if (found && found.messages.length > 0) return within(found, value, ['output'])
  }
  if (isObj(content) ? Array.isArray(content['parts']) : Array.isArray(content)) {
    const found = convert(content, side, depth + 1)
    if (found) return within(found, value, ['content'])
  }
  return reply(value)
}

/** A text and, beside it, members that only a model's reply has. */
function reply(value: Obj): Conversation | undefined {
  for (const [key, companions] of REPLY_TEXTS) {
    if (typeof value[key] !== 'string' || !(companions.length === 0 || companions.some((name) => name in value)))
      continue
    const { [key]: text, ...others } = value
    const used = Object.keys(others).filter((name) => SPOKEN.has(name))
    const own = Object.fromEntries(used.map((name) => [name, others[name]]))
    return within({ messages: [toCanonical({ ...own, content: text }, 'assistant')] }, value, [key, ...used])
  }
  return undefined
}
const SPOKEN: ReadonlySet<string> = new Set(['reasoning', 'thinking', 'toolCalls', 'tool_calls', ...FINISH_KEYS])

/** Choices, candidates, generations, replies: each is one message. */
function alternatives(list: readonly unknown[], members: readonly string[]): Message[] | undefined {
  const messages: Message[] = []
  for (const one of list.flat(1)) {
    if (typeof one === 'string') messages.push({ role: 'assistant', parts: [textPart(one)] })
    else if (isObj(one) && (isMessage(one) || members.some((key) => one[key] !== undefined)))
      messages.push(toCanonical(withoutIndex(one, messages.length), 'assistant'))
    else return undefined
  }
  return messages
}

/** The index of a choice is its place. */
function withoutIndex(choice: Obj, place: number): Obj {
  if (choice['index'] !== place) return choice
  const { index: _, ...rest } = choice
  return rest
}

/** A wrapper of one of the usual names around a conversation. A bare text in it is none, nor is a list of texts. */
function nested(value: Obj, side: Side, depth: number): Conversation | undefined {
  for (const key of NESTED_KEYS) {
    const inner = unwrapJson(value[key])
    if (typeof inner !== 'object' || isBare(inner)) continue
    const found = convert(inner, side, depth + 1)
    if (found && found.messages.length > 0) return within(found, value, [key])
  }
  return undefined
}

function isBare(value: unknown): boolean {
  const first = Array.isArray(value) ? value[0] : undefined
  return typeof first === 'string' || (isObj(first) && first['type'] === undefined && !isMessage(first))
}

/** Adds what the wrapper says beside its messages. */
function within(found: Conversation, wrapper: Obj, used: readonly string[]): Conversation {
  const asked = used.includes('chat_history') ? wrapper['message'] : undefined
  const messages =
    typeof asked === 'string' ? [...found.messages, { role: 'user', parts: [textPart(asked)] }] : found.messages
  const finish = messages.length === 0 ? '' : messages.at(-1)?.finish_reason
  const { messages: _, finishReasons: __, ...inner } = found
  const rest = remainder(wrapper, used, { ...inner, ...(finish === undefined ? {} : { finish }) })
  return told({ ...rest, messages: finish === undefined ? withFinish(messages, rest.finish) : messages })
}

/** The reason why the model stopped, told by the wrapper, is that of the last message. */
function withFinish(messages: Message[], finish: string | undefined): Message[] {
  return finish === undefined ? messages : [...messages.slice(0, -1), { ...messages.at(-1)!, finish_reason: finish }]
}

function told(conversation: Conversation & { finish?: string | undefined }): Conversation {
  const { finish: _, ...rest } = conversation
  const reasons = rest.messages
    .map(({ finish_reason: reason }) => scalarText(reason))
    .filter((reason) => reason !== undefined)
  return reasons.length > 0 ? { ...rest, finishReasons: reasons } : rest
}
