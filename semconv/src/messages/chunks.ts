// The chunks of a streamed OpenAI reply -> the messages that they add up to.
import type { Message } from '../model.ts'
import { toCanonical } from './message.ts'
import { type Draft, isObj, type Obj, put, putRest } from './values.ts'

/** Whether an object is a chunk of a stream. */
export function isStream(chunk: Obj): boolean {
  const { choices } = chunk
  return Array.isArray(choices) && isObj(choices[0]) && isObj(choices[0]['delta'])
}

/** One message per choice. What cannot be added up (ids, usage) is the chunks' own and stays with the raw attribute. */
export function joinStream(chunks: readonly unknown[]): Message[] {
  const choices = new Map<unknown, Draft>()
  for (const chunk of chunks) {
    const list = isObj(chunk) && Array.isArray(chunk['choices']) ? chunk['choices'] : []
    for (const choice of list) if (isObj(choice)) addChoice(choices, choice)
  }
  return [...choices.values()].map((message) => toCanonical(message, 'assistant'))
}

function addChoice(choices: Map<unknown, Draft>, choice: Obj): void {
  const message = choices.get(choice['index']) ?? {}
  choices.set(choice['index'], message)
  const { delta, finish_reason: finish } = choice
  if (typeof finish === 'string') message['finish_reason'] = finish
  if (isObj(delta)) addDelta(message, delta)
}

/** Texts go on, lists of calls are joined by their index, all else is said once. */
function addDelta(message: Draft, delta: Obj): void {
  const rest: Draft = {}
  for (const key of Object.keys(delta)) {
    const [said, more] = [message[key], delta[key]]
    if (key === 'tool_calls' && Array.isArray(more)) message[key] = addCalls(Array.isArray(said) ? said : [], more)
    else if (typeof said === 'string' && typeof more === 'string' && key !== 'role') message[key] = said + more
    else if (said === undefined) put(rest, key, more)
  }
  putRest(message, rest, [])
}

function addCalls(calls: Draft[], more: readonly unknown[]): Draft[] {
  for (const call of more) {
    if (!isObj(call)) continue
    const known = calls.find((one) => one['index'] === call['index'])
    const asked = isObj(call['function']) ? call['function'] : {}
    if (!known) calls.push({ ...call, function: { ...asked } })
    else {
      const whole = known['function'] as Draft
      whole['arguments'] = `${whole['arguments'] ?? ''}${asked['arguments'] ?? ''}`
    }
  }
  return calls
}
