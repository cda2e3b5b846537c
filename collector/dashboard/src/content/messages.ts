// The content of a span in; messages with their parts, tool calls joined with their results, or else JSON or plain text, out.
import type { Json } from '../api/rows.ts'

export interface TextPart {
  kind: 'text' | 'reasoning'
  text: string
}
export interface ToolPart {
  kind: 'tool'
  id: string | undefined
  name: string
  given: Json
  /** undefined: no result is among these messages. */
  result: Json | undefined
}
export interface ResultPart {
  kind: 'result'
  id: string | undefined
  result: Json
}
export interface MediaPart {
  kind: 'media'
  mimeType: string
  /** base64, or undefined where only its address is told. */
  data: string | undefined
  uri: string | undefined
}
export interface OtherPart {
  kind: 'other'
  value: Json
}
export type Part = TextPart | ToolPart | ResultPart | MediaPart | OtherPart

export interface Message {
  role: string
  parts: readonly Part[]
  finish: string | undefined
}

export type Content =
  | { form: 'messages'; messages: readonly Message[] }
  | { form: 'json'; value: Json }
  | { form: 'text'; text: string }

type Fields = Readonly<Record<string, Json>>

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textIn = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** Anything that a span may hold is shown somehow: what is no message is JSON, what is no JSON is text. */
export function readContent(text: string): Content {
  const content = readAsSent(text)
  return content.form === 'messages' ? { ...content, messages: joined(content.messages) } : content
}

/** The same with each result of a tool where it was sent. */
export function readAsSent(text: string): Content {
  if (!/^\s*[[{"]/.test(text)) return { form: 'text', text }
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return { form: 'text', text }
  }
  if (typeof value === 'string') return { form: 'text', text: value }
  const list = Array.isArray(value) ? value : [value]
  if (list.length > 0 && list.every(isBarePart)) return { form: 'messages', messages: [systemOf(list)] }
  if (list.length > 0 && list.every(isMessage)) return { form: 'messages', messages: list.map(toMessage) }
  return { form: 'json', value }
}

const isMessage = (value: Json): value is { [key: string]: Json } =>
  isObject(value) && typeof value['role'] === 'string' && (Array.isArray(value['parts']) || 'content' in value)

/** System instructions are parts without a message around them. */
const isBarePart = (value: Json): boolean =>
  isObject(value) && value['type'] === 'text' && typeof value['content'] === 'string' && value['role'] === undefined

const systemOf = (parts: readonly Json[]): Message => ({ role: 'system', parts: parts.map(toPart), finish: undefined })

function toMessage(value: Fields): Message {
  const { parts, content, role, finish_reason: finish } = value
  const given = Array.isArray(parts) ? parts : Array.isArray(content) ? content : [content ?? null]
  return {
    role: textIn(role) ?? 'unknown',
    parts: given.filter((part) => part !== null).map(toPart),
    finish: textIn(finish),
  }
}

function toPart(part: Json): Part {
  if (typeof part === 'string') return { kind: 'text', text: part }
  if (!isObject(part)) return { kind: 'other', value: part }
  return READERS[textIn(part['type']) ?? '']?.(part) ?? { kind: 'other', value: part }
}

const readText =
  (kind: TextPart['kind']) =>
  (part: Fields): Part | undefined => {
    const text = textIn(part['content']) ?? textIn(part['text'])
    return text === undefined ? undefined : { kind, text }
  }

const readMedia = (part: Fields): Part => ({
  kind: 'media',
  mimeType: textIn(part['mime_type']) ?? textIn(part['modality']) ?? 'unknown',
  data: textIn(part['data']) ?? textIn(part['content']),
  uri: textIn(part['uri']) ?? textIn(part['file_id']),
})

/** By `type`, as the gen_ai conventions name parts; what has another type is shown as JSON. */
const READERS: Readonly<Record<string, (part: Fields) => Part | undefined>> = {
  text: readText('text'),
  reasoning: readText('reasoning'),
  tool_call: (part) => ({
    kind: 'tool',
    id: textIn(part['id']),
    name: textIn(part['name']) ?? '(no name)',
    given: part['arguments'] ?? null,
    result: undefined,
  }),
  tool_call_response: (part) => ({
    kind: 'result',
    id: textIn(part['id']),
    result: part['response'] ?? part['result'] ?? part['content'] ?? null,
  }),
  blob: readMedia,
  uri: readMedia,
  file: readMedia,
}

/** A result stands with its call; a message of nothing else goes. */
export function joined(messages: readonly Message[]): readonly Message[] {
  const results = new Map<string, Json>()
  const called = new Set<string>()
  for (const { parts } of messages) {
    for (const part of parts) {
      if (part.kind === 'result' && part.id !== undefined && !results.has(part.id)) results.set(part.id, part.result)
      if (part.kind === 'tool' && part.id !== undefined) called.add(part.id)
    }
  }
  return messages.flatMap((message) => {
    const parts = message.parts
      .filter((part) => part.kind !== 'result' || part.id === undefined || !called.has(part.id))
      .map((part) => (part.kind === 'tool' && part.id !== undefined ? { ...part, result: results.get(part.id) } : part))
    return parts.length === 0 && message.parts.length > 0 ? [] : [{ ...message, parts }]
  })
}
