// The chunks of a streamed reply, each a body or message of its own -> the messages that they add up to.
import type { Message, MessagePart } from '../model.ts'
import { toCanonical } from './message.ts'
import { isCanonicalPart } from './parts.ts'
import { asText, type Draft, isNothing, isObj, type Obj, put, putFree } from './values.ts'

/** What a stream of whole bodies adds up to: its messages, and one body with all that is said beside them. */
export interface Stream {
  messages: Message[]
  body: Draft
}

/** @returns undefined when the list is no stream of bodies of OpenAI (`choices[].delta`) or Gemini (`candidates`) */
export function streamOf(list: readonly unknown[]): Stream | undefined {
  const [first] = list
  const place = isObj(first) ? PLACES.find((name) => isChoices(first[name])) : undefined
  if (place === undefined || !list.every(isObj)) return undefined
  const choices = new Map<unknown, Choice>()
  const body = new Joined()
  for (const chunk of list) {
    const said = chunk[place]
    if (Array.isArray(said)) for (const choice of said) if (isObj(choice)) choiceOf(choices, choice).add(choice)
    body.add(chunk, [place])
  }
  return { messages: [...choices.values()].map((choice) => choice.message()), body: body.whole() }
}
const PLACES = ['choices', 'candidates']
const isChoices = (value: unknown): boolean =>
  Array.isArray(value) && isObj(value[0]) && (isObj(value[0]['delta']) || isObj(value[0]['content']))

function choiceOf(choices: Map<unknown, Choice>, choice: Obj): Choice {
  const index = placeOf(choice)
  const known = choices.get(index) ?? new Choice()
  choices.set(index, known)
  return known
}

/** The number by which chunks belong together. */
const placeOf = ({ index }: Obj): number | undefined => (typeof index === 'number' ? index : undefined)

/** Members of objects that come one after another: what is said again is left out, what differs is kept in a list. */
class Joined {
  private readonly said: Draft = {}
  private readonly texts = new Map<string, string>()
  private readonly others: Draft[] = []

  add(source: Obj, used: readonly string[]): void {
    const other: Draft = {}
    for (const key of Object.keys(source)) {
      const value = source[key]
      if (used.includes(key) || isNothing(value)) continue
      if (!Object.hasOwn(this.said, key)) put(this.said, key, value)
      else if (!this.isSaid(key, value)) put(other, key, value)
    }
    if (!isNothing(other)) this.others.push(other)
  }

  private isSaid(key: string, value: unknown): boolean {
    if (this.said[key] === value) return true
    if (typeof value !== 'object') return false
    const text = this.texts.get(key) ?? asText(this.said[key])
    this.texts.set(key, text)
    return text === asText(value)
  }

  whole(): Draft {
    if (this.others.length > 0) putFree(this.said, 'chunks', this.others)
    return this.said
  }
}

/** One alternative of a streamed reply. */
class Choice {
  private readonly rest = new Joined()
  private readonly texts = new Map<string, string[]>()
  private readonly calls = new Map<unknown, Call>()
  private readonly parts: MessagePart[] = []
  private role = 'assistant'

  add(choice: Obj): void {
    const { delta, content } = choice
    const used = placeOf(choice) === undefined ? [] : ['index']
    if (isObj(delta)) used.push('delta')
    if (isObj(content)) used.push('content')
    this.rest.add(choice, used)
    if (isObj(delta)) this.addDelta(delta)
    if (isObj(content)) this.addContent(content)
  }

  /** Texts go on, calls are joined by their index, all else is said once. */
  private addDelta(delta: Obj): void {
    const { tool_calls: calls, ...said }: Draft = delta
    if (Array.isArray(calls)) for (const call of calls) if (isObj(call)) this.addCall(call)
    for (const name of SPOKEN) {
      const text = said[name]
      if (typeof text !== 'string') continue
      const pieces = this.texts.get(name)
      if (pieces) pieces.push(text)
      else this.texts.set(name, [text])
      delete said[name]
    }
    this.rest.add(said, [])
  }

  private addCall(call: Obj): void {
    const place = placeOf(call)
    const known = this.calls.get(place) ?? { rest: new Joined(), name: new Joined(), pieces: [] }
    this.calls.set(place, known)
    const { function: asked, ...rest } = call
    known.rest.add(isObj(asked) ? rest : call, place === undefined ? [] : ['index'])
    if (!isObj(asked)) return
    const piece = asked['arguments']
    known.name.add(asked, typeof piece === 'string' ? ['arguments'] : [])
    if (typeof piece === 'string') known.pieces.push(piece)
  }

  private addContent(content: Obj): void {
    const { role, parts, ...rest } = toCanonical(content, 'assistant')
    this.role = role
    for (const part of parts) pushJoined(this.parts, part)
    this.rest.add(rest, [])
  }

  message(): Message {
    const calls = [...this.calls.values()].map(({ rest, name, pieces }) => ({
      ...rest.whole(),
      function: { ...name.whole(), ...(pieces.length > 0 ? { arguments: pieces.join('') } : {}) },
    }))
    const texts = [...this.texts].map(([name, pieces]) => [name, pieces.join('')] as const)
    const said: Draft = { ...this.rest.whole(), ...Object.fromEntries(texts), tool_calls: calls }
    const message = toCanonical(said, this.role)
    return this.parts.length > 0 ? { ...message, parts: [...this.parts, ...message.parts] } : message
  }
}
const SPOKEN = ['content', 'refusal', 'reasoning_content', 'reasoning']

interface Call {
  rest: Joined
  name: Joined
  pieces: string[]
}

/** Gemini CLI writes each chunk of a stream as a message; only the last says why the model stopped. */
export function areChunks(list: readonly unknown[]): list is readonly Obj[] {
  return list.length > 1 && list.every(isChunk)
}

function isChunk(value: unknown, i: number, list: readonly unknown[]): boolean {
  if (!isObj(value) || !Array.isArray(value['parts'])) return false
  if (value['role'] !== 'model' && value['parts'].every((part) => isObj(part) && isCanonicalPart(part))) return false
  return i === list.length - 1 || (value['finish_reason'] ?? value['finishReason'] ?? null) === null
}

export function joinChunks(chunks: readonly Obj[]): Message {
  const parts: MessagePart[] = []
  const rest = new Joined()
  for (const chunk of chunks) {
    const { parts: more, ...members } = toCanonical(chunk, 'assistant')
    for (const part of more) pushJoined(parts, part)
    rest.add({ ...members }, [])
  }
  const { role, ...members } = rest.whole()
  return { role: String(role), parts, ...members }
}

/** Text that goes on is one part. */
function pushJoined(parts: MessagePart[], part: MessagePart): void {
  const last = parts.at(-1) as Obj | undefined
  const { type, content, ...rest } = part as Obj
  const goesOn = (type === 'text' || type === 'reasoning') && last?.['type'] === type && isNothing(rest)
  if (goesOn) parts[parts.length - 1] = { ...last, content: `${last['content']}${content}` } as MessagePart & Obj
  else parts.push(part)
}
