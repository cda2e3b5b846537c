// A client of the `@anthropic-ai/sdk` package in, the same client out: messages are steps of the trace.
import type { EndFacts, StepOptions } from '../step-handle.ts'
import type { ChunkReader } from '../stream.ts'
import { type CallRules, type StartStep, wrapMethod } from './call.ts'
import { providerOf } from './provider.ts'
import { type Json, listAt, objectAt, parametersOf, textAt } from './values.ts'

const PARAMETERS = {
  temperature: 'temperature',
  top_p: 'top_p',
  top_k: 'top_k',
  max_tokens: 'max_tokens',
  stop_sequences: 'stop_sequences',
  stream: 'stream',
}

export function wrapAnthropic<Client extends object>(start: StartStep, client: Client): Client {
  const known = providerOf(client, 'anthropic')
  const rules: CallRules = {
    request: (body): StepOptions => ({
      name: `chat ${textAt(body, 'model') ?? ''}`.trim(),
      kind: 'generation',
      model: textAt(body, 'model'),
      ...known,
      parameters: parametersOf(body, PARAMETERS),
      input: body['messages'],
      systemInstructions: body['system'],
      tools: body['tools'],
    }),
    reply: messageReply,
    reader: messageReader,
  }
  // Newer versions make a span of their own for each call; one call is one step.
  if ('_tracer' in client) Reflect.set(client, '_tracer', undefined)
  wrapMethod(objectAt(client, 'messages'), 'create', rules, start)
  wrapMethod(objectAt(objectAt(client, 'beta'), 'messages'), 'create', rules, start)
  return client
}

function messageReply(reply: Json): EndFacts {
  const reason = textAt(reply, 'stop_reason')
  return {
    responseModel: textAt(reply, 'model'),
    responseId: textAt(reply, 'id'),
    usage: objectAt(reply, 'usage'),
    output: [{ role: 'assistant', content: reply['content'], finish_reason: reason }],
    finishReasons: reason === undefined ? undefined : [reason],
  }
}

/** Events of a streamed message: its start, blocks that grow by deltas, its end with the last counts. */
function messageReader(): ChunkReader<unknown> {
  let message: Json = {}
  const blocks = new Map<unknown, Record<string, unknown>>()
  const handlers: Readonly<Record<string, (event: unknown) => void>> = {
    message_start(event) {
      message = { ...objectAt(event, 'message') }
    },
    content_block_start(event) {
      blocks.set(indexOf(event), { ...objectAt(event, 'content_block') })
    },
    content_block_delta(event) {
      const block = blocks.get(indexOf(event))
      if (block) grow(block, objectAt(event, 'delta') ?? {})
    },
    message_delta(event) {
      const usage = { ...objectAt(message, 'usage'), ...known(objectAt(event, 'usage')) }
      message = { ...message, ...objectAt(event, 'delta'), usage }
    },
  }
  return {
    read(event) {
      handlers[textAt(event, 'type') ?? '']?.(event)
      return true
    },
    isToken: (event) => textAt(event, 'type') === 'content_block_delta',
    facts: () =>
      message['id'] === undefined ? {} : messageReply({ ...message, content: [...blocks.values()].map(whole) }),
  }
}

/** Member of a delta -> member of the block that it adds to. */
const GROWS: Readonly<Record<string, string>> = {
  text: 'text',
  thinking: 'thinking',
  signature: 'signature',
  partial_json: 'partial_json',
}

function grow(block: Record<string, unknown>, delta: Json): void {
  for (const name in GROWS) {
    const more = textAt(delta, name)
    if (more !== undefined) block[GROWS[name] ?? name] = `${textAt(block, name) ?? ''}${more}`
  }
  const citation = delta['citation']
  if (citation) block['citations'] = [...listAt(block, 'citations'), citation]
}

/** The arguments of a tool come as pieces of JSON. */
function whole(block: Record<string, unknown>): Json {
  const { partial_json: pieces, ...rest } = block
  if (typeof pieces !== 'string') return rest
  try {
    return { ...rest, input: JSON.parse(pieces) as unknown }
  } catch {
    return { ...rest, input: pieces }
  }
}

/** The last event repeats some counts and has null for others. */
function known(usage: Json | undefined): Json {
  return Object.fromEntries(Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined))
}

function indexOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null ? Reflect.get(event, 'index') : undefined
}
