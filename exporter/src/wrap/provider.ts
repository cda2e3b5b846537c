// The base URL of a client in, the provider's name in the conventions and the address out.
import { NAMES } from '../names.ts'
import type { StepFacts } from '../step.ts'

/** End of a host name -> provider; compatible servers are told from the provider that they imitate. */
const HOSTS: readonly (readonly [string, string])[] = [
  ['openai.azure.com', 'azure.ai.openai'],
  ['cognitiveservices.azure.com', 'azure.ai.openai'],
  ['services.ai.azure.com', 'azure.ai.inference'],
  ['api.groq.com', 'groq'],
  ['openrouter.ai', 'openrouter'],
  ['api.deepseek.com', 'deepseek'],
  ['api.mistral.ai', 'mistral_ai'],
  ['api.x.ai', 'x_ai'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
  ['amazonaws.com', 'aws.bedrock'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.cohere.ai', 'cohere'],
  ['api.cohere.com', 'cohere'],
]

export function providerOf(client: object, fallback: string): Pick<StepFacts, 'provider' | 'attributes'> {
  const base: unknown = Reflect.get(client, 'baseURL')
  const host = typeof base === 'string' && URL.canParse(base) ? new URL(base).hostname : ''
  const provider = HOSTS.find(([end]) => host === end || host.endsWith(`.${end}`))?.[1] ?? fallback
  return { provider, attributes: host === '' ? {} : { [NAMES.serverAddress]: host } }
}
