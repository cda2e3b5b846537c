// One message in any dialect -> { role, parts, name?, finish_reason? } and, beside them, what else it said.
import type { Message, MessagePart } from '../model.ts'
import { isCanonicalPart, knownPart, textPart } from './parts.ts'
import { type Reading, read } from './reading.ts'
import { roleOf, roleOfType } from './roles.ts'
import { plainAnswer } from './tool-parts.ts'
import { asText, type Draft, isNothing, isObj, type Obj } from './values.ts'

/** Members that hold content; an object with a role and one of them is a message. */
const CONTENT_KEYS = [
  'content',
  'parts',
  'tool_calls',
  'message',
  'text',
  'toolCalls',
  'function_call',
  'contents',
  'blocks',
  '_content',
  'reasoning_content',
  'refusal',
  'audio',
]

/** Whether an object is a message rather than any other object. Looks at few members, never deep. */
export function isMessage(value: unknown, levels = 4): value is Obj {
  if (!isObj(value)) return false
  const role = value['role'] ?? value['_role']
  if (typeof role === 'string') return CONTENT_KEYS.some((key) => value[key] !== undefined)
  const { parts, type, kwargs, lc, message: inner } = value
  if (Array.isArray(parts)) return isObj(parts[0]) && knownPart(parts[0]) !== undefined
  if (lc !== undefined) return isObj(kwargs) && ('content' in kwargs || 'tool_calls' in kwargs)
  // A choice, a candidate or a generation around its message.
  if (isObj(inner)) return 'content' in inner || (levels > 0 && isMessage(inner, levels - 1))
  if (typeof value['event.name'] === 'string') return value['event.name'].startsWith('gen_ai.')
  if (roleOfType(type) !== undefined) return 'content' in value || isObj(value['data'])
  return Array.isArray(value['tool_calls']) && 'content' in value
}

/**
 * The canonical form of a message.
 * @param role who speaks when the message does not say
 * @returns the very same object when it is canonical already
 */
export function toCanonical(value: Obj, role: string): Message {
  const { parts } = value
  if (
    Array.isArray(parts) &&
    typeof value['role'] === 'string' &&
    parts.every((part) => isObj(part) && isCanonicalPart(part))
  )
    return withRole(value as unknown as Message, roleOf(value['role']))
  return finished(read(value), role)
}

const withRole = (message: Message, role: string): Message => (message.role === role ? message : { ...message, role })

/** @param role who speaks when the message does not say */
export function finished(reading: Reading, role: string): Message {
  const { rest, name, finish } = reading
  const speaker = reading.role ?? reading.implied ?? role
  if (
    speaker === 'tool' &&
    reading.answers === undefined &&
    typeof rest['id'] === 'string' &&
    reading.implied === 'tool'
  ) {
    // Per-message events name the call by `id`.
    reading.answers = rest['id']
    delete rest['id']
  }
  return {
    role: speaker,
    parts: partsOf(reading, speaker),
    ...(name === undefined ? {} : { name }),
    ...(finish === undefined ? {} : { finish_reason: finish }),
    ...rest,
  }
}

function partsOf(reading: Reading, speaker: string): MessagePart[] {
  const { reasoning: thoughts, body, answers } = reading
  const isAnswer =
    answers !== undefined || (speaker === 'tool' && !body.some(({ type }) => type === 'tool_call_response'))
  const answered = isAnswer ? [answer(reading)] : []
  const texts = (reading.said.length > 0 ? unrepeated(reading) : NONE).map(textPart)
  if (isAnswer) return [...thoughts, ...answered, ...texts, ...reading.beside, ...reading.calls]
  const shown = reading.calls.length > 0 ? withCalls(body, reading.calls) : body
  return texts.length + thoughts.length + reading.beside.length > 0
    ? [...thoughts, ...texts, ...shown, ...reading.beside]
    : shown
}
const NONE: readonly string[] = []

/** Texts beside the content that are not the content once more. */
function unrepeated({ said, body }: Reading): readonly string[] {
  const whole = body.map((part) => (part.type === 'text' ? String((part as Obj)['content']) : '')).join('')
  return said.filter((one) => one !== '' && one !== whole)
}

/** What the tool said, as it came. */
function answer(reading: Reading): MessagePart {
  const { answers } = reading
  const given = reading.raw ?? (reading.body.length > 0 ? reading.body : reading.said.shift())
  const part: Draft = { type: 'tool_call_response', ...(answers === undefined ? {} : { id: answers }) }
  part['response'] = plainAnswer(given)
  return part as MessagePart & Draft
}

/** LangChain and OpenInference show a call as a block of the content and again in the list of calls. */
function withCalls(body: readonly MessagePart[], calls: readonly MessagePart[]): MessagePart[] {
  const parts = [...body]
  const places = new Map<unknown, number>()
  parts.forEach((part, place) => {
    if (part.type === 'tool_call' && (part as Obj)['id'] !== undefined) places.set((part as Obj)['id'], place)
  })
  for (const call of calls) {
    const { id, arguments: asked } = call as Obj
    const place = places.get(id)
    const shown = place === undefined ? undefined : (parts[place] as Obj)
    places.delete(id)
    if (shown === undefined || !isSame(shown['arguments'], asked)) parts.push(call)
    // A block that was still empty when the call was complete.
    else if (isNothing(shown['arguments'])) parts[place!] = { ...shown, arguments: asked } as MessagePart & Obj
  }
  return parts
}

const isSame = (shown: unknown, asked: unknown): boolean =>
  isNothing(shown) || isNothing(asked) || asText(shown) === asText(asked)
