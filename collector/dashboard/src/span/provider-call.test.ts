// Spans as the API answers them; the requests that ask their providers the same again.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { SpanRow } from '../api/rows.ts'
import { providerCurl } from './provider-call.ts'

const text = (content: string) => ({ type: 'text', content })
const TALK = [
  {
    role: 'user',
    parts: [text("What's the weather in Oslo?"), { type: 'blob', mime_type: 'image/png', content: 'QUJD' }],
  },
  {
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'I should look.' },
      { type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } },
    ],
  },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { rain: true } }] },
]
const SPAN: SpanRow = {
  kind: 'generation',
  provider: 'openai',
  request_model: 'gpt-4o-mini',
  input: JSON.stringify(TALK),
  system_instructions: JSON.stringify([text('Be short.')]),
  tool_definitions: JSON.stringify([
    { type: 'function', name: 'weather', description: 'Of a city', parameters: { type: 'object' } },
  ]),
  temperature: 0,
  max_tokens: 100,
  top_p: null,
  stop_sequences: [],
}

/** What a shell hands to curl. */
function wordsOf(curl: string, env: Record<string, string>): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${curl}`
  return execFileSync('sh', ['-c', script], { env: { PATH: '/usr/bin:/bin', ...env }, encoding: 'utf8' }).split('\0')
}
const bodyOf = (curl: string): unknown => {
  const words = wordsOf(curl, {})
  return JSON.parse(words[words.indexOf('-d') + 1] ?? '')
}

describe('a call copied as cURL', () => {
  it('is a chat completion with the system prompt, parts, tools and parameters that were sent', () => {
    const curl = providerCurl(SPAN) ?? ''
    expect(wordsOf(curl, { OPENAI_API_KEY: 'k' }).slice(0, 4)).toEqual([
      '-sS',
      'https://api.openai.com/v1/chat/completions',
      '-H',
      'authorization: Bearer k',
    ])
    expect(bodyOf(curl)).toEqual({
      model: 'gpt-4o-mini',
      messages: [
        { role: 'system', content: 'Be short.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: "What's the weather in Oslo?" },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '{"rain":true}' },
      ],
      tools: [
        { type: 'function', function: { name: 'weather', description: 'Of a city', parameters: { type: 'object' } } },
      ],
      temperature: 0,
      max_tokens: 100,
    })
  })

  it('is a message of Anthropic’s form where it went there, with the tokens that it wants to be told', () => {
    const { max_tokens, ...span } = SPAN
    const curl = providerCurl({ ...span, provider: 'anthropic', request_model: 'claude-sonnet-4-5' }) ?? ''
    expect(wordsOf(curl, { ANTHROPIC_API_KEY: 'k' })).toEqual(
      expect.arrayContaining([
        'https://api.anthropic.com/v1/messages',
        'x-api-key: k',
        'anthropic-version: 2023-06-01',
      ]),
    )
    expect(bodyOf(curl)).toEqual({
      model: 'claude-sonnet-4-5',
      max_tokens: 4096,
      system: 'Be short.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: "What's the weather in Oslo?" },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'QUJD' } },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Oslo' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '{"rain":true}' }] },
      ],
      tools: [{ name: 'weather', description: 'Of a city', input_schema: { type: 'object' } }],
      temperature: 0,
    })
  })

  it('leaves an address that is not known to whoever runs it, and is a plain prompt where no messages were told', () => {
    const curl =
      providerCurl({ ...SPAN, provider: 'vllm', input: 'Say `hi`; $(rm -rf /)', system_instructions: null }) ?? ''
    const words = wordsOf(curl, { BASE_URL: 'http://gpu:8000/v1', API_KEY: 'k' })
    expect(words[1]).toBe('http://gpu:8000/v1/chat/completions')
    expect(bodyOf(curl)).toMatchObject({ messages: [{ role: 'user', content: 'Say `hi`; $(rm -rf /)' }] })
  })

  it('is not offered for what was no call of a model', () => {
    expect(providerCurl({ ...SPAN, kind: 'tool' })).toBeUndefined()
    expect(providerCurl({ ...SPAN, input: null })).toBeUndefined()
  })
})
