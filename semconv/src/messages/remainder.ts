// What a request or response body says beside its messages -> system, tools, model and the rest as it came.
import type { MessagePart } from '../model.ts'
import { pushContent } from './parts.ts'
import { type Draft, isNothing, isObj, type Obj, put, putFree, scalarText, unwrapJson } from './values.ts'
import { FINISH_KEYS, SETTING_KEYS, SYSTEM_KEYS, TOOL_KEYS } from './wrappers.ts'

export interface Remainder {
  system?: MessagePart[]
  tools?: unknown
  model?: string
  /** Why the model stopped, where the body says it beside the message. */
  finish?: string
  params?: Draft
}

/**
 * @param used members that are read already
 * @param found what is known from further inside: the body's own word on it is then but one more param
 */
export function remainder(body: Obj, used: readonly string[], found: Remainder = {}): Remainder {
  const rest: Remainder = { ...found }
  const params: Draft = { ...found.params }
  for (const key of Object.keys(body)) {
    const value = body[key]
    if (used.includes(key) || isNothing(value) || take(rest, key, value)) continue
    if (SETTING_KEYS.includes(key) && isObj(value)) settings(rest, params, key, value)
    else putFree(params, key, value)
  }
  return Object.keys(params).length > 0 ? { ...rest, params } : rest
}

function take(rest: Remainder, key: string, value: unknown): boolean {
  if (SYSTEM_KEYS.includes(key) && rest.system === undefined) {
    const parts = systemParts(value)
    if (parts.length > 0) rest.system = parts
    return parts.length > 0
  }
  if (TOOL_KEYS.includes(key) && rest.tools === undefined && typeof value === 'object') {
    rest.tools = value
    return true
  }
  const finish = FINISH_KEYS.includes(key) && rest.finish === undefined ? scalarText(value) : undefined
  if (finish !== undefined) {
    rest.finish = finish
    return true
  }
  if (key === 'model' && typeof value === 'string' && rest.model === undefined) {
    rest.model = value
    return true
  }
  return false
}

function settings(rest: Remainder, params: Draft, key: string, value: Obj): void {
  const others: Draft = {}
  for (const name of Object.keys(value)) {
    const isTold = (SYSTEM_KEYS.includes(name) || TOOL_KEYS.includes(name)) && take(rest, name, value[name])
    if (!isTold && !isNothing(value[name])) put(others, name, value[name])
  }
  if (!isNothing(others)) putFree(params, key, others)
}

/** Text, parts, blocks, { parts } or messages. */
export function systemParts(value: unknown): MessagePart[] {
  const parts: MessagePart[] = []
  for (const one of Array.isArray(value) ? value : [unwrapJson(value)]) {
    const said =
      isObj(one) && typeof one['type'] !== 'string'
        ? (one['parts'] ?? (one['role'] === undefined ? one : one['content']))
        : one
    pushContent(parts, said)
  }
  return parts
}
