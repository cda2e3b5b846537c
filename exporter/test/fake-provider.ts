// A server on loopback that answers as OpenAI and Anthropic do, for the clients' real packages: chat, responses, embeddings, messages, streams, tools.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

type Json = Record<string, unknown>

export interface FakeProvider {
  /** With `/v1`, as the `openai` package wants it; Anthropic's takes `origin`. */
  url: string
  origin: string
  /** Bodies as they came. */
  bodies: Json[]
  headers: IncomingMessage['headers'][]
  close(): Promise<void>
}

const QUIET_MS = 30

export async function startFakeProvider(): Promise<FakeProvider> {
  const bodies: Json[] = []
  const headers: FakeProvider['headers'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Json
      bodies.push(body)
      headers.push(request.headers)
      void answer(request.url ?? '', body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    url: `${origin}/v1`,
    origin,
    bodies,
    headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(path: string, body: Json, response: ServerResponse): Promise<void> {
  if (body['model'] === 'overloaded') return error(response, 429, 'rate_limit_exceeded', 'Too many requests')
  const reply = REPLIES[path]?.(body)
  if (!reply) return error(response, 404, 'not_found', `no such path: ${path}`)
  if (body['stream'] !== true) {
    response
      .writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
      .end(JSON.stringify(reply.whole))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const [at, event] of reply.events.entries()) {
    // What a model needs for its first token.
    if (at === reply.firstToken) await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    if (body['model'] === 'breaks' && at > reply.firstToken) return void response.destroy()
    const name = typeof event['type'] === 'string' ? `event: ${event['type']}\n` : ''
    response.write(`${name}data: ${JSON.stringify(event)}\n\n`)
  }
  response.end(path.endsWith('/completions') ? 'data: [DONE]\n\n' : '')
}

function error(response: ServerResponse, status: number, code: string, message: string): void {
  const body = { type: 'error', error: { type: code, code, message } }
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-should-retry': 'false' })
    .end(JSON.stringify(body))
}

interface Reply {
  whole: Json
  events: Json[]
  firstToken: number
}

const WORDS = ['Berlin', ' has', ' 3.7', ' million', ' people.']
const TEXT = WORDS.join('')

const REPLIES: Readonly<Record<string, (body: Json) => Reply>> = {
  '/v1/chat/completions': chat,
  '/v1/responses': responses,
  '/v1/embeddings': () => ({
    whole: {
      object: 'list',
      model: 'text-embedding-3-small',
      data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
      usage: { prompt_tokens: 5, total_tokens: 5 },
    },
    events: [],
    firstToken: 0,
  }),
  '/v1/messages': messages,
}

const CALL = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Berlin"}' } }

function chat(body: Json): Reply {
  const usage = {
    prompt_tokens: 1200,
    completion_tokens: 40,
    total_tokens: 1240,
    prompt_tokens_details: { cached_tokens: 1024 },
    completion_tokens_details: { reasoning_tokens: 16 },
  }
  const wantsTool = Array.isArray(body['tools']) && !JSON.stringify(body['messages']).includes('"role":"tool"')
  const message = wantsTool
    ? { role: 'assistant', content: null, tool_calls: [CALL] }
    : { role: 'assistant', content: TEXT }
  const finish = wantsTool ? 'tool_calls' : 'stop'
  const base = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'gpt-4o-2024-11-20', service_tier: 'default' }
  const chunk = (delta: Json, finish_reason: string | null = null) => ({
    ...base,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason }],
  })
  const parts = wantsTool
    ? [
        chunk({ tool_calls: [{ index: 0, ...CALL, function: { name: 'weather', arguments: '' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '"Berlin"}' } }] }),
      ]
    : WORDS.map((content) => chunk({ content }))
  const options = body['stream_options'] as { include_usage?: boolean } | undefined
  return {
    whole: { ...base, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }], usage },
    events: [
      chunk({ role: 'assistant', content: '' }),
      ...parts,
      chunk({}, finish),
      ...(options?.include_usage ? [{ ...base, object: 'chat.completion.chunk', choices: [], usage }] : []),
    ],
    firstToken: 1,
  }
}

function responses(): Reply {
  const item = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: TEXT, annotations: [] }],
  }
  const whole = {
    id: 'resp_1',
    object: 'response',
    created_at: 1_790_000_000,
    status: 'completed',
    model: 'gpt-4o-2024-11-20',
    output: [item],
    usage: {
      input_tokens: 20,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 12,
      output_tokens_details: { reasoning_tokens: 4 },
      total_tokens: 32,
    },
  }
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  return {
    whole,
    events: [
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      { type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '', annotations: [] } },
      ...WORDS.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
      { type: 'response.completed', response: whole },
    ],
    firstToken: 3,
  }
}

function messages(body: Json): Reply {
  const wantsTool = Array.isArray(body['tools'])
  const content = wantsTool
    ? [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Berlin' } },
      ]
    : [{ type: 'text', text: TEXT }]
  const usage = {
    input_tokens: 7,
    cache_read_input_tokens: 2000,
    cache_creation_input_tokens: 300,
    cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
    output_tokens: 25,
  }
  const whole = {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5-20250929',
    content,
    stop_reason: wantsTool ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage,
  }
  const deltas: Json[] = wantsTool
    ? [
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Let me look.' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'content_block_start', index: 1, content_block: { ...content[1], input: {} } },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"city":' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '"Berlin"}' } },
        { type: 'content_block_stop', index: 1 },
      ]
    : [
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        ...WORDS.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
        { type: 'content_block_stop', index: 0 },
      ]
  return {
    whole,
    events: [
      {
        type: 'message_start',
        message: { ...whole, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
      },
      ...deltas,
      {
        type: 'message_delta',
        delta: { stop_reason: whole.stop_reason, stop_sequence: null },
        usage: { output_tokens: 25, input_tokens: null },
      },
      { type: 'message_stop' },
    ],
    firstToken: 2,
  }
}
