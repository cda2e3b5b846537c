import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../../test/fake-provider.ts'
import { openSdk, type TestSdk } from '../../test/sdk.ts'

let sdk: TestSdk
let provider: FakeProvider
let anthropic: Anthropic

beforeEach(async () => {
  provider = await startFakeProvider()
  sdk = await openSdk()
  anthropic = sdk.insights.anthropic(new Anthropic({ apiKey: 'sk-test', baseURL: provider.origin, maxRetries: 0 }))
})

afterEach(async () => {
  await sdk.close()
  await provider.close()
})

const messages = [{ role: 'user' as const, content: 'How large is Berlin?' }]
const call = { model: 'claude-haiku-4-5', max_tokens: 100, messages }
const tools = [{ name: 'weather', input_schema: { type: 'object' as const } }]
const TEXT = 'Berlin has 3.7 million people.'

async function spanOf(name: string) {
  await sdk.insights.flush()
  return sdk.server.span(name)
}

describe('insights.anthropic', () => {
  it('records a message; the input counts what was read from and written to the cache', async () => {
    const reply = await anthropic.messages.create({ ...call, system: 'Be brief.', stop_sequences: ['END'] })
    expect(reply.content).toEqual([{ type: 'text', text: TEXT }])
    expect((await spanOf('chat claude-haiku-4-5')).attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-haiku-4-5',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
      'gen_ai.response.id': 'msg_01',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.usage.input_tokens': 2307,
      'gen_ai.usage.output_tokens': 25,
      'gen_ai.usage.cache_read.input_tokens': 2000,
      'gen_ai.usage.cache_creation.input_tokens': 300,
      'gen_ai.usage.cache_creation.input_tokens.ephemeral_5m': 100,
      'gen_ai.usage.cache_creation.input_tokens.ephemeral_1h': 200,
      'gen_ai.system_instructions': 'Be brief.',
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.output.messages': JSON.stringify([
        { role: 'assistant', content: [{ type: 'text', text: TEXT }], finish_reason: 'end_turn' },
      ]),
      'server.address': '127.0.0.1',
    })
  })

  it.each([
    ['create', () => anthropic.messages.create({ ...call, tools, stream: true })],
    ['stream', async () => anthropic.messages.stream({ ...call, tools })],
  ])('says the same of a streamed call as of a whole one: %s', async (_, stream) => {
    await anthropic.messages.create({ ...call, model: 'whole', tools })
    for await (const _event of await stream());
    const streamed = (await spanOf('chat claude-haiku-4-5')).attributes
    const whole = sdk.server.span('chat whole').attributes
    const { 'gen_ai.request.stream': isStream, 'gen_ai.response.time_to_first_chunk': first, ...rest } = streamed
    expect({ ...rest, 'gen_ai.request.model': 'whole' }).toEqual(whole)
    expect(isStream).toBe(true)
    expect(first).toBeGreaterThanOrEqual(0.025)
    expect(JSON.parse(String(whole['gen_ai.output.messages']))[0].content[1]).toEqual({
      type: 'tool_use',
      id: 'toolu_1',
      name: 'weather',
      input: { city: 'Berlin' },
    })
  })

  it('records an error and throws it on', async () => {
    await expect(anthropic.messages.create({ ...call, model: 'overloaded' })).rejects.toThrow(Anthropic.RateLimitError)
    const failed = await spanOf('chat overloaded')
    expect(failed).toMatchObject({ statusCode: 2, attributes: { 'http.response.status_code': 429 } })
  })

  it('makes one span of one call, although the client can trace by itself', async () => {
    await sdk.insights.trace({ name: 'answer' }, () => anthropic.messages.create(call))
    await sdk.insights.flush()
    expect(sdk.server.spanNames().sort()).toEqual(['answer', 'chat claude-haiku-4-5'])
  })
})
