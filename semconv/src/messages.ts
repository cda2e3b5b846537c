// Loose message parts of the older event forms -> one canonical message. Values come parsed.
import { toCanonical } from './messages/message.ts'
import type { Message } from './model.ts'

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
export function toMessage({ role, content, toolCalls, toolCallId, finishReason }: LooseMessage): Message {
  const members = { role, content, tool_calls: toolCalls, tool_call_id: toolCallId, finish_reason: finishReason }
  return toCanonical(members, role)
}

/** An own property of something that may be anything; inherited names are not data. */
export function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
