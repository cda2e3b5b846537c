import { expect, test } from 'vitest'
import { isModelName, modelSpellings, providerOfModelName, splitVendor } from './models.ts'

test.each([
  ['gcp.gemini', 'models/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['gcp.vertex_ai', 'projects/p/locations/l/publishers/google/models/gemini-2.0-flash-001', 'gemini-2.0-flash'],
  ['gcp.gemini', 'gemini-2.5-pro-preview-05-06', 'gemini-2.5-pro'],
  ['fireworks', 'accounts/fireworks/models/llama-v3p1-8b-instruct', 'llama-v3p1-8b-instruct'],
  ['openai', 'openai/gpt-4o-2024-08-06', 'gpt-4o'],
  ['openrouter', 'openai/gpt-4o:nitro', 'openai/gpt-4o'],
  ['gcp.vertex_ai', 'claude-sonnet-4@20250514', 'claude-sonnet-4'],
  ['anthropic', 'claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
  ['aws.bedrock', 'arn:aws:bedrock:eu-west-1:1:inference-profile/eu.amazon.nova-pro-v1:0', 'eu.amazon.nova-pro-v1:0'],
])('for %s, %s comes down to %s', (provider, model, last) => {
  const spellings = modelSpellings(model, provider)
  expect(spellings[0]).toBe(model)
  expect(spellings.at(-1)).toBe(last)
})

test('what has another price keeps its name', () => {
  expect(modelSpellings('ft:gpt-4o-mini-2024-07-18:org::id', 'openai')).toEqual(['ft:gpt-4o-mini-2024-07-18:org::id'])
  expect(modelSpellings('openai/gpt-oss-20b:free', 'openrouter')).toEqual(['openai/gpt-oss-20b:free'])
  expect(modelSpellings('arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', 'aws.bedrock')).toHaveLength(1)
})

test('words for not knowing are no model', () => {
  for (const raw of ['', ' ', 'none', 'None', 'unknown', 'default']) expect(isModelName(raw)).toBe(false)
  for (const raw of ['gpt-4o', '__proto__']) expect(isModelName(raw)).toBe(true)
})

test('the vendor before a slash is split off only when it is a known provider', () => {
  expect(splitVendor('vertex_ai/gemini-2.5-pro')).toEqual({ provider: 'gcp.vertex_ai', model: 'gemini-2.5-pro' })
  expect(splitVendor('openrouter/anthropic/claude-sonnet-4.5')?.model).toBe('anthropic/claude-sonnet-4.5')
  for (const model of ['Qwen/Qwen2.5-0.5B-Instruct', '/x', 'openai/', 'gpt-4o', '__proto__/x']) {
    expect(splitVendor(model)).toBeUndefined()
  }
})

test('some names tell their provider', () => {
  expect(providerOfModelName('us.anthropic.claude-sonnet-4-20250514-v1:0')).toBe('aws.bedrock')
  expect(providerOfModelName('meta.llama3-1-8b-instruct-v1:0')).toBe('aws.bedrock')
  expect(providerOfModelName('ft:gpt-4o-2024-08-06:org::id')).toBe('openai')
  expect(providerOfModelName('gpt-4.1')).toBe('')
})

test('names of a megabyte have no spellings', () => {
  expect(modelSpellings('a/'.repeat(500_000), 'openai')).toEqual([])
  expect(providerOfModelName(`ft:${'a'.repeat(1_000_000)}`)).toBe('')
})
