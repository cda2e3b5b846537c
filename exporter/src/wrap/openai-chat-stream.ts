// The chunks of a streamed chat completion in, the message that they make up out.
import type { EndFacts } from '../step-handle.ts'
import type { ChunkReader } from '../stream.ts'
import { isText, type Json, listAt, objectAt, textAt } from './values.ts'

interface Call {
  id: string
  name: string
  arguments: string
}

interface Choice {
  content: string
  refusal: string
  reasoning: string
  finishReason: string | undefined
  readonly calls: Map<number, Call>
}

/** @param hidesUsage true when we asked for the chunk that has usage and no choices, and the app did not. */
export function chatReader(hidesUsage: boolean): ChunkReader<unknown> {
  const choices = new Map<number, Choice>()
  let last: Json = {}
  let usage: Json | undefined
  return {
    read(chunk) {
      last = chunk as Json
      usage = objectAt(chunk, 'usage') ?? usage
      const list = listAt(chunk, 'choices')
      for (const choice of list) add(choices, choice)
      return !(hidesUsage && list.length === 0 && objectAt(chunk, 'usage'))
    },
    isToken: (chunk) => listAt(chunk, 'choices').some((choice) => holdsToken(objectAt(choice, 'delta'))),
    facts: () => factsOf(choices, last, usage),
  }
}

/** The first chunk only tells the role. */
function holdsToken(delta: Json | undefined): boolean {
  return Object.entries(delta ?? {}).some(([name, value]) => name !== 'role' && Boolean(value))
}

function add(choices: Map<number, Choice>, chunk: unknown): void {
  const index = numberAt(chunk, 'index')
  const choice = choices.get(index) ?? {
    content: '',
    refusal: '',
    reasoning: '',
    finishReason: undefined,
    calls: new Map<number, Call>(),
  }
  choices.set(index, choice)
  const delta = objectAt(chunk, 'delta')
  choice.content += textAt(delta, 'content') ?? ''
  choice.refusal += textAt(delta, 'refusal') ?? ''
  choice.reasoning += textAt(delta, 'reasoning_content') ?? textAt(delta, 'reasoning') ?? ''
  choice.finishReason = textAt(chunk, 'finish_reason') ?? choice.finishReason
  for (const part of listAt(delta, 'tool_calls')) addCall(choice.calls, part)
}

function addCall(calls: Map<number, Call>, part: unknown): void {
  const index = numberAt(part, 'index')
  const call = calls.get(index) ?? { id: '', name: '', arguments: '' }
  calls.set(index, call)
  const told = objectAt(part, 'function')
  call.id = textAt(part, 'id') ?? call.id
  call.name += textAt(told, 'name') ?? ''
  call.arguments += textAt(told, 'arguments') ?? ''
}

function factsOf(choices: Map<number, Choice>, last: Json, usage: Json | undefined): EndFacts {
  const all = [...choices.values()]
  const tier = textAt(last, 'service_tier')
  return {
    responseModel: textAt(last, 'model'),
    responseId: textAt(last, 'id'),
    usage,
    output: all.length === 0 ? undefined : all.map(messageOf),
    finishReasons: all.map((choice) => choice.finishReason).filter(isText),
    ...(tier === undefined ? {} : { attributes: { 'openai.response.service_tier': tier } }),
  }
}

function messageOf({ content, refusal, reasoning, finishReason, calls }: Choice): Json {
  return {
    role: 'assistant',
    content: content || null,
    ...(refusal ? { refusal } : {}),
    ...(reasoning ? { reasoning_content: reasoning } : {}),
    ...(calls.size > 0 ? { tool_calls: [...calls.values()].map(callOf) } : {}),
    finish_reason: finishReason,
  }
}

function callOf({ id, name, arguments: text }: Call): Json {
  return { id, type: 'function', function: { name, arguments: text } }
}

function numberAt(value: unknown, name: string): number {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof found === 'number' ? found : 0
}
