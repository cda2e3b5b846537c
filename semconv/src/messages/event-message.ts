// The members of one per-message event (`gen_ai.user.message`, `gen_ai.choice` …) -> one canonical message.
import type { Message } from '../model.ts'
import type { Value } from '../value.ts'
import { toCanonical } from './message.ts'
import { plainOf } from './plain.ts'
import { roleOf } from './roles.ts'
import { type Draft, isObj, putFree, putRest, unwrapJson } from './values.ts'

/** Members in which JSON is mostly a string; `content` is looked at more closely, for users do write JSON. */
const STRUCTURED: ReadonlySet<string> = new Set(['message', 'tool_calls', 'function_call'])

/**
 * One message from an event's attributes or from the members of its body.
 * @param role who speaks in events of this name
 */
export function messageOfEvent(members: Iterable<readonly [key: string, value: Value]>, role: string): Message {
  const loose: Draft = {}
  for (const [key, value] of members) {
    const plain = plainOf(value)
    // Azure keeps the whole body in one attribute.
    const body = key === 'gen_ai.event.content' ? unwrapJson(plain) : undefined
    if (isObj(body)) putRest(loose, body, [])
    else if (key === 'gen_ai.event.content') loose['content'] = plain
    // The rest of the convention's names are those of the call, not of the message.
    else if (!key.startsWith('gen_ai.') && !key.startsWith('event.'))
      putFree(loose, key, STRUCTURED.has(key) ? unwrapJson(plain) : plain)
  }
  const { id, ...rest } = loose
  const speaker = typeof loose['role'] === 'string' ? roleOf(loose['role']) : role
  const isAnswer = speaker === 'tool' && id !== undefined && rest['tool_call_id'] === undefined
  return toCanonical(isAnswer ? { ...rest, tool_call_id: id } : loose, role)
}
