// A client of the `openai` package in, the same client out: chat, responses, embeddings and completions are steps of the trace.
import type { EndFacts, StepOptions } from '../step-handle.ts'
import type { ChunkReader } from '../stream.ts'
import { type CallRules, type StartStep, wrapMethod } from './call.ts'
import { chatReader } from './openai-chat-stream.ts'
import { providerOf } from './provider.ts'
import { isObject, isText, type Json, listAt, objectAt, parametersOf, textAt } from './values.ts'

const PARAMETERS = {
  temperature: 'temperature',
  top_p: 'top_p',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  frequency_penalty: 'frequency_penalty',
  presence_penalty: 'presence_penalty',
  seed: 'seed',
  stop: 'stop_sequences',
  n: 'choice.count',
  stream: 'stream',
}

export function wrapOpenAI<Client extends object>(start: StartStep, client: Client): Client {
  const known = providerOf(client, 'openai')
  const request = (word: string, kind: 'generation' | 'embedding', input: (body: Json) => Partial<StepOptions>) => {
    return (body: Json): StepOptions => ({
      name: `${word} ${textAt(body, 'model') ?? ''}`.trim(),
      kind,
      model: textAt(body, 'model'),
      ...known,
      attributes: { ...known.attributes, ...tierOf(body, 'openai.request.service_tier') },
      parameters: parametersOf(body, PARAMETERS),
      ...input(body),
    })
  }
  const chat: CallRules = {
    request: request('chat', 'generation', (body) => ({ input: body['messages'], tools: body['tools'] })),
    reply: chatReply,
    prepare: withUsage,
    reader: (body) => chatReader(!isObject(body['stream_options'])),
  }
  const responses: CallRules = {
    request: request('chat', 'generation', (body) => ({
      input: body['input'],
      systemInstructions: body['instructions'] ?? undefined,
      tools: body['tools'],
    })),
    reply: responseReply,
    reader: responseReader,
  }
  const embeddings: CallRules = {
    request: request('embeddings', 'embedding', (body) => ({ input: body['input'] })),
    // Vectors are not kept: they are wide, and nobody reads them.
    reply: commonReply,
  }
  const owner = (path: string) => path.split('.').reduce<unknown>((value, name) => objectAt(value, name), client)
  wrapMethod(owner('chat.completions'), 'create', chat, start)
  wrapMethod(owner('responses'), 'create', responses, start)
  wrapMethod(owner('embeddings'), 'create', embeddings, start)
  wrapMethod(
    owner('completions'),
    'create',
    {
      request: request('text_completion', 'generation', (body) => ({ input: body['prompt'] })),
      reply: (reply) => ({
        ...commonReply(reply),
        output: listAt(reply, 'choices')
          .map((choice) => textAt(choice, 'text') ?? '')
          .join(''),
      }),
    },
    start,
  )
  return client
}

function commonReply(reply: Json): EndFacts {
  return {
    responseModel: textAt(reply, 'model'),
    responseId: textAt(reply, 'id'),
    usage: objectAt(reply, 'usage'),
    attributes: tierOf(reply, 'openai.response.service_tier'),
  }
}

function chatReply(reply: Json): EndFacts {
  const choices = listAt(reply, 'choices')
  return {
    ...commonReply(reply),
    output: choices.map((choice) => ({
      ...objectAt(choice, 'message'),
      finish_reason: textAt(choice, 'finish_reason'),
    })),
    finishReasons: choices.map((choice) => textAt(choice, 'finish_reason')).filter(isText),
  }
}

function responseReply(reply: Json): EndFacts {
  const reason = textAt(objectAt(reply, 'incomplete_details'), 'reason') ?? textAt(reply, 'status')
  const failure = objectAt(reply, 'error')
  return {
    ...commonReply(reply),
    output: reply['output'],
    finishReasons: reason === undefined ? undefined : [reason],
    ...(failure
      ? { error: Object.assign(new Error(textAt(failure, 'message')), { name: textAt(failure, 'code') }) }
      : {}),
  }
}

/** The last event holds the whole response. */
function responseReader(): ChunkReader<unknown> {
  let last: Json = {}
  return {
    read(event) {
      last = objectAt(event, 'response') ?? last
      return true
    },
    isToken: (event) => textAt(event, 'type')?.endsWith('.delta') ?? false,
    facts: () => responseReply(last),
  }
}

/** OpenAI tells the usage of a stream only when asked. An app that says itself what it wants is left alone. */
function withUsage(body: Json): Json {
  return isObject(body['stream_options']) ? body : { ...body, stream_options: { include_usage: true } }
}

function tierOf(value: Json, name: string): Record<string, string> {
  const tier = textAt(value, 'service_tier')
  return tier === undefined ? {} : { [name]: tier }
}
