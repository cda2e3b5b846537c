import { expect, test } from 'vitest'
import { isKnownProvider, isSelfHosted, normaliseProvider } from './providers.ts'

test.each([
  ['openai', 'openai'],
  ['OpenAI', 'openai'],
  ['openai.responses', 'openai'],
  ['open_ai', 'openai'],
  ['azure-openai.chat', 'azure.ai.openai'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['azure_ai', 'azure.ai.inference'],
  ['anthropic.messages', 'anthropic'],
  ['vertex.anthropic.messages', 'gcp.vertex_ai'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['AWS', 'aws.bedrock'],
  ['google.vertex.chat', 'gcp.vertex_ai'],
  ['google.generative-ai', 'gcp.gemini'],
  ['Google AI Studio', 'gcp.gemini'],
  ['google', 'gcp.gemini'],
  ['Google', 'gcp.gen_ai'],
  ['mistral.chat', 'mistral_ai'],
  ['xai.chat', 'x_ai'],
  ['x-ai', 'x_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['watsonx', 'ibm.watsonx.ai'],
])('%s is %s', (raw, canonical) => {
  expect(normaliseProvider(raw)).toBe(canonical)
  expect(normaliseProvider(canonical)).toBe(canonical)
})

test('a framework is no provider', () => {
  for (const raw of [
    'Langchain',
    'langchain',
    'strands-agents',
    'autogen',
    'litellm',
    'gateway',
    'spring_ai',
    'crewai',
  ]) {
    expect(normaliseProvider(raw)).toBe('')
  }
})

test('a name never heard of is kept as sent, whatever it is', () => {
  for (const raw of ['acme', 'Acme Cloud', '__proto__', 'constructor', 'x'.repeat(1_000_000)]) {
    expect(normaliseProvider(raw)).toBe(raw)
    expect(isKnownProvider(raw)).toBe(false)
    expect(isSelfHosted(raw)).toBe(false)
  }
})

test('servers of one’s own are told apart', () => {
  expect(isSelfHosted('hosted_vllm')).toBe(true)
  expect(isSelfHosted(normaliseProvider('Ollama'))).toBe(true)
  expect(isSelfHosted('openai')).toBe(false)
})
