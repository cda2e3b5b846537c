// A list of messages, content blocks, Responses items, events or texts -> messages.
import type { Message, MessagePart } from '../model.ts'
import { isBlock } from './blocks.ts'
import { areChunks, joinChunks } from './chunks.ts'
import { isMessage, toCanonical } from './message.ts'
import { pushBlock, textPart } from './parts.ts'
import { roleOf } from './roles.ts'
import { type Draft, isObj, putRest } from './values.ts'

/** What a content attribute holds: what went into the model, or what came out. */
export type Side = 'input' | 'output'

/** Who speaks on a side when nothing says. */
export const speakerOf = (side: Side): string => (side === 'input' ? 'user' : 'assistant')

/** @returns undefined when the list is of other things */
export function messagesOfList(list: readonly unknown[], side: Side): Message[] | undefined {
  const [first] = list
  if (typeof first === 'string') return ofTexts(list, side)
  if (Array.isArray(first)) return ofLists(list, side)
  if (!isObj(first)) return undefined
  if (list.some(isItem)) return ofItems(list, side)
  if (isMessage(first)) return ofMessages(list, side)
  return ofBlocks(list, side)
}

/** Texts are alternatives of one reply, or inputs of their own; texts among blocks are blocks. */
function ofTexts(list: readonly unknown[], side: Side): Message[] | undefined {
  if (!list.every((one) => typeof one === 'string')) return ofBlocks(list, side)
  const role = roleOf(list[0]!)
  // LangChain's short form of a message: [role, text].
  if (list.length === 2 && SPEAKERS.has(role)) return [{ role, parts: [textPart(list[1]!)] }]
  return list.map((text) => ({ role: speakerOf(side), parts: [textPart(text)] }))
}
const SPEAKERS: ReadonlySet<string> = new Set(['system', 'user', 'assistant', 'tool', 'placeholder'])

/** A batch of lists, as LangChain has it. */
function ofLists(list: readonly unknown[], side: Side): Message[] | undefined {
  const all: Message[] = []
  for (const inner of list) {
    const isFlat = Array.isArray(inner) && !Array.isArray(inner[0])
    const messages = isFlat
      ? messagesOfList(inner, side)
      : isMessage(inner)
        ? [toCanonical(inner, speakerOf(side))]
        : undefined
    if (!messages) return undefined
    for (const message of messages) all.push(message)
  }
  return all
}

function ofMessages(list: readonly unknown[], side: Side): Message[] {
  const role = speakerOf(side)
  if (side === 'output' && areChunks(list)) return [joinChunks(list)]
  return list.map((one) => (isObj(one) ? toCanonical(one, role) : { role, parts: loose(one) }))
}

function loose(value: unknown): MessagePart[] {
  const parts: MessagePart[] = []
  pushBlock(parts, value)
  return parts
}

/** OpenAI's Responses API lists calls and reasoning beside messages. */
const ITEM_TYPES: ReadonlySet<unknown> = new Set([
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'reasoning',
  'computer_call_output',
  'local_shell_call_output',
])
function isItem(value: unknown): boolean {
  if (!isObj(value)) return false
  const { type, role } = value
  if (typeof type !== 'string' || (typeof role === 'string' && type !== 'message')) return false
  if (type === 'reasoning') return Array.isArray(value['summary'])
  return ITEM_TYPES.has(type) || (type.endsWith('_call') && type !== 'tool_call' && typeof value['id'] === 'string')
}

/** Items of one speaker in a row are one message. */
function ofItems(list: readonly unknown[], side: Side): Message[] {
  const messages: { role: string; parts: MessagePart[] }[] = []
  for (const item of list) {
    const message = isMessage(item) && !isItem(item) ? toCanonical(item, speakerOf(side)) : ofItem(item, side)
    const last = messages.at(-1)
    const goesOn = last !== undefined && message.role === 'assistant' && last.role === 'assistant'
    if (goesOn) append(last, message)
    else messages.push({ ...message, parts: [...message.parts] })
  }
  return messages
}

function ofItem(item: unknown, side: Side): Message {
  const parts = loose(item)
  return { role: partsSpeaker(parts) ?? speakerOf(side), parts }
}

/** What a message says of itself goes to its first part when it is joined to another. */
function append(last: { parts: MessagePart[] }, { role: _, parts, ...rest }: Message): void {
  const [first, ...more] = parts
  const own: Draft = { ...(first ?? { type: 'generic' }) }
  putRest(own, rest, [])
  if (Object.keys(own).length > 1) last.parts.push(own as MessagePart & Draft)
  for (const part of more) last.parts.push(part)
}

/** Who alone can have said such parts. */
function partsSpeaker(parts: readonly MessagePart[]): string | undefined {
  if (parts.length > 0 && parts.every(({ type }) => type === 'tool_call_response')) return 'tool'
  return parts.some(({ type }) => type === 'tool_call' || type === 'reasoning' || type.startsWith('server_tool_call'))
    ? 'assistant'
    : undefined
}

/** A bare list of content blocks is one message. */
function ofBlocks(list: readonly unknown[], side: Side): Message[] | undefined {
  if (!list.every((one) => typeof one === 'string' || (isObj(one) && isBlock(one)))) return undefined
  const parts: MessagePart[] = []
  for (const block of list) pushBlock(parts, block)
  return [{ role: partsSpeaker(parts) ?? speakerOf(side), parts }]
}
