// Records as coding agents and instrumentations write them, with what must come out.
import { describe, expect, it } from 'vitest'
import { LOG_USES, type LogFacts, logDurationNs, readLogCall, tellsOfCall } from './log-calls.ts'
import type { Value } from './value.ts'

type Values = Readonly<Record<string, Value>>

const useOf = (name: string, isWhole = true) => {
  const use = LOG_USES.find((it) => it.name === name && it.isWhole === isWhole)
  if (!use) throw new Error(`no rule names ${name}`)
  return use
}
const tells = (name: string, values: Values): boolean => tellsOfCall(useOf(name), (key) => values[key])
const read = (name: string, values: Values, facts: Partial<LogFacts> = {}) =>
  readLogCall(useOf(name), { attributes: Object.entries(values), ...facts })

const CLAUDE: Values = {
  'event.name': 'api_request',
  'session.id': 'session-7',
  'user.id': 'user-7',
  'prompt.id': 'prompt-7',
  model: 'claude-sonnet-4-5-20250929',
  input_tokens: 12000n,
  output_tokens: 340n,
  cache_read_tokens: 1500n,
  cache_creation_tokens: 800n,
  cost_usd: 0.0123,
  duration_ms: 2500n,
  request_id: 'req_7',
  speed: 'normal',
}
const CODEX: Values = {
  'event.name': 'codex.sse_event',
  'event.kind': 'response.completed',
  'conversation.id': 'conversation-7',
  input_token_count: '900',
  output_token_count: '70',
  cached_token_count: 512n,
  reasoning_token_count: 30n,
  tool_token_count: '970',
  ttft_ms: 110n,
  model: 'gpt-5-codex',
}
const GEMINI: Values = {
  model: 'gemini-2.5-pro',
  'session.id': 'session-8',
  prompt_id: 'session-8########0',
  input_token_count: 1000n,
  output_token_count: 20n,
  thoughts_token_count: 50n,
  cached_content_token_count: 400n,
  tool_token_count: 0n,
  total_token_count: 1070n,
  finish_reasons: ['STOP'],
  duration_ms: 1500n,
}

describe('Claude Code', () => {
  it('makes a call of an api_request, whose input count leaves the cache out', () => {
    const call = read('claude_code.api_request', CLAUDE, { scopeName: 'com.anthropic.claude_code.events' })
    expect(call).toMatchObject({
      kind: 'generation',
      dialect: 'claude-code',
      usageRole: 'log',
      countsUsage: true,
      usageRule: 'declared_exclusive',
      usage: { input: 14300, output: 340, cacheRead: 1500, cacheWrite: 800 },
      errorType: '',
      fields: {
        operation: 'chat',
        provider: 'anthropic',
        request_model: 'claude-sonnet-4-5-20250929',
        response_id: 'req_7',
        session_id: 'session-7',
        user_id: 'user-7',
        reported_cost: 0.0123,
      },
    })
    expect(call.fields.service_tier).toBeUndefined()
    expect(logDurationNs(useOf('claude_code.api_request'), (key) => CLAUDE[key])).toBe(2.5e9)
  })

  it('reads counts that older versions send as text, and a record whose scope says nothing', () => {
    const texts = Object.fromEntries(Object.entries(CLAUDE).map(([key, value]) => [key, String(value)]))
    expect(read('claude_code.api_request', texts).usage).toEqual({
      input: 14300,
      output: 340,
      cacheRead: 1500,
      cacheWrite: 800,
    })
  })

  it('makes a failed call of an api_error', () => {
    const values = { model: 'claude-opus-4', error: 'Overloaded', status_code: '529', duration_ms: '80' }
    expect(tells('claude_code.api_error', values)).toBe(true)
    expect(read('claude_code.api_error', values)).toMatchObject({
      kind: 'generation',
      usage: {},
      errorMessage: 'Overloaded',
      errorClass: 'provider_error',
      fields: { request_model: 'claude-opus-4', provider: 'anthropic', http_status: 529 },
    })
  })
})

describe('Codex', () => {
  it('makes a call of the one completed event that has counts', () => {
    const { input_token_count: _, output_token_count: __, ...other } = CODEX
    expect(tells('codex.sse_event', CODEX)).toBe(true)
    expect(tells('codex.sse_event', other)).toBe(false)
    expect(tells('codex.sse_event', { ...CODEX, 'event.kind': 'response.created' })).toBe(false)
    expect(read('codex.sse_event', CODEX, { scopeName: 'codex_otel.log_only' })).toMatchObject({
      kind: 'generation',
      dialect: 'codex',
      timeToFirstTokenNs: 110e6,
      usage: { input: 900, output: 70, cacheRead: 512, reasoning: 30 },
      fields: { provider: 'openai', request_model: 'gpt-5-codex', session_id: 'conversation-7' },
    })
  })

  it('makes a failed call of a request that was refused, and none of one that was answered', () => {
    const values = { model: 'gpt-5-codex', 'http.response.status_code': 401n, attempt: 1n }
    expect(tells('codex.api_request', values)).toBe(false)
    expect(tells('codex.api_request', { ...values, 'error.message': 'no key' })).toBe(true)
    expect(read('codex.api_request', { ...values, 'error.message': 'no key' })).toMatchObject({
      errorClass: 'auth',
      errorMessage: 'no key',
    })
  })
})

describe('Gemini CLI', () => {
  it('makes a call of an api_response, whose output count leaves the thoughts out', () => {
    expect(read('gemini_cli.api_response', GEMINI, { scopeName: 'gemini-cli' })).toMatchObject({
      kind: 'generation',
      dialect: 'gemini-cli',
      usage: { input: 1000, output: 70, cacheRead: 400, reasoning: 50 },
      fields: { provider: 'gcp.gemini', request_model: 'gemini-2.5-pro', finish_reasons: ['STOP'] },
    })
  })

  it('adds what tools put into the prompt', () => {
    const values = { ...GEMINI, tool_token_count: 30n, total_token_count: 1100n }
    expect(read('gemini_cli.api_response', values).usage).toMatchObject({ input: 1030, output: 70 })
  })

  it('makes none of the details record that comes beside the api_response', () => {
    const name = 'gen_ai.client.inference.operation.details'
    const own = LOG_USES.find((use) => use.name === name && !use.isWhole)
    expect(own && tellsOfCall(own, (key) => ({ 'gen_ai.usage.input_tokens': 9n })[key])).toBe(false)
  })
})

describe('the details event of the conventions', () => {
  const NAME = 'gen_ai.client.inference.operation.details'
  const values = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 9n }

  it('tells of a call when it has counts, and of its content alone it does not', () => {
    expect(tells(NAME, values)).toBe(true)
    expect(tells(NAME, { 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': '[]' })).toBe(false)
  })

  it('tells of no call where an agent sums up its calls, and of an embedding where it says so', () => {
    expect(tells(NAME, { ...values, 'gen_ai.operation.name': 'invoke_agent' })).toBe(false)
    expect(read(NAME, { ...values, 'gen_ai.operation.name': 'embeddings' }).kind).toBe('embedding')
  })

  it('counts at once only where no span is named: the span that is comes as well', () => {
    expect(read(NAME, values).countsUsage).toBe(true)
    expect(read(NAME, values, { hasSpan: true }).countsUsage).toBe(false)
  })
})

it('keeps what agents do as events that are no calls', () => {
  for (const name of [
    'claude_code.user_prompt',
    'claude_code.tool_result',
    'codex.tool_result',
    'gemini_cli.tool_call',
  ])
    expect([name, tells(name, { input_tokens: 5n, input_token_count: 5n, error: 'x' })]).toEqual([name, false])
})
