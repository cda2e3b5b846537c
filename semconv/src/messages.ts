// Loose message parts of the older event forms -> one canonical message. Values come parsed; what has no place becomes text.
import type { Message, MessagePart } from './model.ts'

/** What a per-message event carried, parsed from its body or attributes. */
export interface LooseMessage {
  role: string
  content?: unknown
  toolCalls?: unknown
  /** Id of the tool call that this message answers. */
  toolCallId?: unknown
  finishReason?: unknown
}

/** One canonical message of gen_ai events 1.28 to 1.36 (`gen_ai.user.message`, `gen_ai.choice` …). */
export function toMessage(loose: LooseMessage): Message {
  const answers = textOf(loose.toolCallId)
  const parts = answers === undefined ? contentParts(loose.content) : [toolResponse(answers, loose.content)]
  const calls = Array.isArray(loose.toolCalls) ? loose.toolCalls.map(toolCall) : []
  const finish = textOf(loose.finishReason)
  const message = { role: loose.role, parts: [...parts, ...calls] }
  return finish === undefined ? message : { ...message, finish_reason: finish }
}

/** An own property of something that may be anything; inherited names are not data. */
export function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function contentParts(content: unknown): MessagePart[] {
  if (content === undefined || content === null || content === '') return []
  if (!Array.isArray(content)) return [{ type: 'text', content: asText(content) }]
  return content.map((item) => ({
    type: 'text',
    content: textOf(own(item, 'text')) ?? textOf(own(item, 'content')) ?? asText(item),
  }))
}

function toolResponse(id: string, content: unknown): MessagePart {
  return { type: 'tool_call_response', id, response: content ?? '' }
}

// OpenAI's shape { id, type, function: { name, arguments } }, with arguments as JSON in a string.
function toolCall(call: unknown): MessagePart {
  const inner = own(call, 'function') ?? call
  const id = textOf(own(call, 'id'))
  const name = textOf(own(inner, 'name'))
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    arguments: parsed(own(inner, 'arguments')),
  }
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    // Models do write broken arguments: the text is then all there is.
    return value
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
