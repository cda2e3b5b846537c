import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../../test/fake-provider.ts'
import { openSdk, type TestSdk } from '../../test/sdk.ts'

let sdk: TestSdk
let provider: FakeProvider
let openai: OpenAI

beforeEach(async () => {
  provider = await startFakeProvider()
  sdk = await openSdk()
  openai = sdk.insights.openai(new OpenAI({ apiKey: 'sk-test', baseURL: provider.url }))
})

afterEach(async () => {
  await sdk.close()
  await provider.close()
})

const messages = [{ role: 'user' as const, content: 'How large is Berlin?' }]
const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } }]
const TEXT = 'Berlin has 3.7 million people.'

async function spanOf(name: string) {
  await sdk.insights.flush()
  return sdk.server.span(name)
}

describe('insights.openai', () => {
  it('records a chat, and gives the app what it would have had', async () => {
    const reply = await openai.chat.completions.create({ model: 'gpt-4o', messages, temperature: 0.2, max_tokens: 99 })
    expect(reply.choices[0]?.message.content).toBe(TEXT)
    expect((await spanOf('chat gpt-4o')).attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.max_tokens': 99,
      'gen_ai.response.model': 'gpt-4o-2024-11-20',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.usage.cache_read.input_tokens': 1024,
      'gen_ai.usage.reasoning.output_tokens': 16,
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', content: TEXT, finish_reason: 'stop' }]),
      'openai.response.service_tier': 'default',
      'server.address': '127.0.0.1',
    })
  })

  it('streams: the app sees the chunks it asked for, the record has usage and the time to the first token', async () => {
    const stream = await openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(TEXT)
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true)
    expect(provider.bodies[0]?.['stream_options']).toEqual({ include_usage: true })
    const span = await spanOf('chat gpt-4o')
    expect(span.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.usage.input_tokens': 1200,
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.response.finish_reasons': ['stop'],
    })
    expect(span.attributes['gen_ai.response.time_to_first_chunk']).toBeGreaterThanOrEqual(0.025)
    expect(span.attributes['gen_ai.output.messages']).toContain(TEXT)
  })

  it('leaves an app that says what it wants of a stream alone', async () => {
    const asked = { include_usage: true }
    const stream = await openai.chat.completions.create({
      model: 'gpt-4o',
      messages,
      stream: true,
      stream_options: asked,
    })
    let last: { choices: unknown[] } = { choices: [1] }
    for await (const chunk of stream) last = chunk
    expect(last.choices).toEqual([])
    const plain = { include_usage: false }
    for await (const _ of await openai.chat.completions.create({
      model: 'gpt-4.1',
      messages,
      stream: true,
      stream_options: plain,
    }));
    expect(provider.bodies.map((body) => body['stream_options'])).toEqual([asked, plain])
    expect((await spanOf('chat gpt-4.1')).attributes['gen_ai.usage.input_tokens']).toBeUndefined()
  })

  it('puts the pieces of tool calls together', async () => {
    const stream = await openai.chat.completions.create({ model: 'gpt-4o', messages, tools, stream: true })
    for await (const _ of stream);
    const { attributes } = await spanOf('chat gpt-4o')
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))[0].tool_calls).toEqual([
      { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Berlin"}' } },
    ])
    expect(attributes['gen_ai.tool.definitions']).toBe(JSON.stringify(tools))
  })

  it('records each call that a helper of the client makes: stream, parse, tools', async () => {
    await openai.chat.completions.stream({ model: 'helper-stream', messages }).finalContent()
    await openai.chat.completions.parse({ model: 'helper-parse', messages })
    const runner = openai.chat.completions.runTools({
      model: 'helper-tools',
      messages,
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            description: 'Weather of a city',
            parameters: { type: 'object' },
            function: async (_args: string) => 'sunny',
          },
        },
      ],
    })
    expect(await runner.finalContent()).toBe(TEXT)
    await sdk.insights.flush()
    expect(sdk.server.spanNames()).toEqual([
      'chat helper-stream',
      'chat helper-parse',
      'chat helper-tools',
      'chat helper-tools',
    ])
  })

  it('records responses, whole and streamed', async () => {
    const whole = await openai.responses.create({
      model: 'gpt-4o',
      input: 'How large is Berlin?',
      instructions: 'Be brief.',
    })
    expect(whole.output_text).toBe(TEXT)
    for await (const _ of await openai.responses.create({ model: 'gpt-5', input: 'How large?', stream: true }));
    const { attributes } = await spanOf('chat gpt-4o')
    expect(attributes).toMatchObject({
      'gen_ai.system_instructions': 'Be brief.',
      'gen_ai.response.id': 'resp_1',
      'gen_ai.response.finish_reasons': ['completed'],
      'gen_ai.usage.input_tokens': 20,
      'gen_ai.usage.reasoning.output_tokens': 4,
    })
    const streamed = sdk.server.span('chat gpt-5').attributes
    expect(streamed['gen_ai.output.messages']).toBe(attributes['gen_ai.output.messages'])
    expect(streamed['gen_ai.response.time_to_first_chunk']).toBeGreaterThanOrEqual(0.025)
  })

  it('records embeddings without their vectors', async () => {
    await openai.embeddings.create({ model: 'text-embedding-3-small', input: 'Berlin' })
    const { attributes } = await spanOf('embeddings text-embedding-3-small')
    expect(attributes).toMatchObject({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.usage.input_tokens': 5,
      'hanzo.input': 'Berlin',
    })
    expect(attributes['hanzo.output']).toBeUndefined()
  })

  it('keeps what the promises of the client can do', async () => {
    const { data, request_id } = await openai.chat.completions.create({ model: 'gpt-4o', messages }).withResponse()
    expect([data.id, request_id]).toEqual(['chatcmpl-1', 'req_1'])
    expect((await spanOf('chat gpt-4o')).attributes['gen_ai.response.id']).toBe('chatcmpl-1')
  })

  it('records a refusal of the provider and a stream that breaks, and throws both on', async () => {
    await expect(openai.chat.completions.create({ model: 'overloaded', messages })).rejects.toThrow(
      OpenAI.RateLimitError,
    )
    const broken = async () => {
      for await (const _ of await openai.chat.completions.create({ model: 'breaks', messages, stream: true }));
    }
    await expect(broken()).rejects.toThrow()
    expect(await spanOf('chat overloaded')).toMatchObject({
      statusCode: 2,
      attributes: { 'error.type': 'RateLimitError', 'http.response.status_code': 429 },
    })
    expect(sdk.server.span('chat breaks')).toMatchObject({
      statusCode: 2,
      attributes: { 'gen_ai.response.id': 'chatcmpl-1' },
    })
  })

  it('is part of the trace that is under way, and wraps a client once', async () => {
    sdk.insights.openai(openai)
    await sdk.insights.trace({ name: 'answer', userId: 'u-1' }, () =>
      openai.chat.completions.create({ model: 'gpt-4o', messages }),
    )
    const span = await spanOf('chat gpt-4o')
    expect(span).toMatchObject({ parentId: sdk.server.span('answer').spanId, attributes: { 'user.id': 'u-1' } })
  })
})
