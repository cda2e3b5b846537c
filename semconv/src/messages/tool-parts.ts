// A tool call or a tool's answer in any dialect -> its canonical part. One list of names per member, whoever uses it.
import type { MessagePart } from '../model.ts'
import { type Draft, isObj, keyOf, type Obj, putRest, scalarText, unwrapJson } from './values.ts'

/** In order of trust: where a block has both, `id` is the block's own and the others are the call's. */
const ID_KEYS = ['call_id', 'toolCallId', 'tool_call_id', 'toolUseId', 'tool_use_id', 'ref', 'id']
const NAME_KEYS = ['name', 'toolName', 'tool_name']
const ARGUMENT_KEYS = ['arguments', 'args', 'input', 'parameters', 'tool_kwargs']
const ANSWER_KEYS = ['response', 'result', 'output', 'content']
const KIND_KEYS = ['type', 'part_kind', 'block_type', 'toolCallType']

/** @returns undefined when it is no call but, say, the definition of a tool */
export function callPart(block: Obj): MessagePart | undefined {
  // OpenAI: { id, type, function: { name, arguments } }.
  const inner = isObj(block['function']) ? block['function'] : block
  const id = keyOf(block, ID_KEYS)
  const name = keyOf(inner, NAME_KEYS)
  const given = keyOf(inner, ARGUMENT_KEYS)
  const isDefinition =
    block['type'] === 'function' && id === undefined && (given === undefined || given === 'parameters')
  if (isDefinition || (name === undefined && given === undefined)) return undefined
  const part: Draft = { type: 'tool_call' }
  setScalar(part, 'id', id === undefined ? undefined : block[id])
  setScalar(part, 'name', name === undefined ? undefined : inner[name])
  // Arguments arrive as JSON in a string; a reader wants the object.
  if (given !== undefined) part['arguments'] = unwrapJson(inner[given])
  if (inner !== block) putRest(part, inner, [name, given])
  putRest(part, block, [...KIND_KEYS, id, ...(inner === block ? [name, given] : ['function'])])
  return part as MessagePart & Draft
}

/** @returns undefined when nothing is answered */
export function answerPart(block: Obj): MessagePart | undefined {
  const id = keyOf(block, ID_KEYS)
  const given = keyOf(block, ANSWER_KEYS)
  if (id === undefined && given === undefined) return undefined
  const part: Draft = { type: 'tool_call_response' }
  // Haystack tells the call that is answered as `origin`.
  const { origin } = block
  setScalar(part, 'id', id === undefined ? (isObj(origin) ? origin['id'] : undefined) : block[id])
  const name = keyOf(block, NAME_KEYS)
  setScalar(part, 'name', name === undefined ? undefined : block[name])
  part['response'] = given === undefined ? '' : plainAnswer(block[given])
  putRest(part, block, [...KIND_KEYS, id, name, given])
  return part as MessagePart & Draft
}

/** What a tool said, out of the block that it was wrapped in when there is but one. */
export function plainAnswer(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? (unwrapped(value[0]) ?? value) : value
  // AI SDK 5 and later: { type: 'json' | 'text', value }.
  if (!isObj(value) || (value['type'] !== 'json' && value['type'] !== 'text')) return value ?? ''
  return Object.keys(value).length === 2 && value['value'] !== undefined ? value['value'] : value
}

function unwrapped(block: unknown): unknown {
  if (!isObj(block)) return undefined
  const keys = Object.keys(block).filter((key) => key !== 'type')
  const key = keys[0]
  if (keys.length !== 1 || (key !== 'text' && key !== 'json')) return undefined
  return key === 'json' || typeof block[key] === 'string' ? block[key] : undefined
}

/**
 * Appends the parts of a call that stands with its result in one object, as messages of the AI SDK's UI have it.
 * @returns false when the object is none
 */
export function pushInvocation(parts: MessagePart[], block: Obj): boolean {
  const id = block['toolCallId']
  const given = keyOf(block, ['output', 'result', 'errorText'])
  const { [given ?? '']: _, ...asked } = block
  const call = typeof id === 'string' ? callPart(asked) : undefined
  if (!call) return false
  parts.push(call)
  const answer = given === undefined ? undefined : answerPart({ toolCallId: id, result: block[given] })
  if (answer) parts.push(answer)
  return true
}

/** A call that the provider runs itself; everything beyond id and name stays inside, as the conventions want it. */
export function serverCallPart(block: Obj): MessagePart {
  const type = String(block['type'])
  const named = scalarText(block['name'])
  const name = named ?? (type.endsWith('_call') ? type.slice(0, -'_call'.length) : type)
  const part: Draft = { type: 'server_tool_call' }
  setScalar(part, 'id', block['id'])
  part['name'] = name
  part['server_tool_call'] = inside(block, named === undefined ? ['id'] : ['id', 'name'])
  return part as MessagePart & Draft
}

export function serverAnswerPart(block: Obj): MessagePart {
  const part: Draft = { type: 'server_tool_call_response' }
  setScalar(part, 'id', block['tool_use_id'])
  part['server_tool_call_response'] = inside(block, ['tool_use_id'])
  return part as MessagePart & Draft
}

function inside(block: Obj, used: readonly string[]): Draft {
  const rest: Draft = {}
  putRest(rest, block, used)
  return rest
}

function setScalar(part: Draft, key: string, value: unknown): void {
  const text = scalarText(value)
  if (text !== undefined) part[key] = text
  else if (value !== undefined && value !== null && value !== '') part[key] = value
}
