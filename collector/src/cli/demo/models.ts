// The models of the demo: what the app asks for, what the provider answers with, and how fast it is.

export interface Model {
  /** `gen_ai.provider.name`. */
  readonly provider: string
  readonly request: string
  readonly response: string
  readonly host: string
  /** Start of the ids this provider gives to responses. */
  readonly idPrefix: string
  readonly firstChunkMs: number
  readonly tokensPerSecond: number
  /** Thinks before it answers, and bills for it. */
  readonly reasons?: boolean
}

const openai = { provider: 'openai', host: 'api.openai.com', idPrefix: 'chatcmpl-' }
const anthropic = { provider: 'anthropic', host: 'api.anthropic.com', idPrefix: 'msg_01' }
const gemini = { provider: 'gcp.gemini', host: 'generativelanguage.googleapis.com', idPrefix: '' }
const bedrock = { provider: 'aws.bedrock', host: 'bedrock-runtime.us-east-1.amazonaws.com', idPrefix: 'msg_bdrk_' }

export const MODELS = {
  gpt4o: { ...openai, request: 'gpt-4o', response: 'gpt-4o-2024-08-06', firstChunkMs: 480, tokensPerSecond: 85 },
  gpt4oMini: {
    ...openai,
    request: 'gpt-4o-mini',
    response: 'gpt-4o-mini-2024-07-18',
    firstChunkMs: 350,
    tokensPerSecond: 110,
  },
  gpt5: {
    ...openai,
    request: 'gpt-5',
    response: 'gpt-5-2025-08-07',
    firstChunkMs: 2600,
    tokensPerSecond: 95,
    reasons: true,
  },
  sonnet: {
    ...anthropic,
    request: 'claude-sonnet-4-5',
    response: 'claude-sonnet-4-5-20250929',
    firstChunkMs: 900,
    tokensPerSecond: 70,
  },
  geminiPro: {
    ...gemini,
    request: 'gemini-2.5-pro',
    response: 'gemini-2.5-pro',
    firstChunkMs: 1900,
    tokensPerSecond: 120,
    reasons: true,
  },
  geminiFlash: {
    ...gemini,
    request: 'gemini-2.5-flash',
    response: 'gemini-2.5-flash',
    firstChunkMs: 420,
    tokensPerSecond: 190,
  },
  haikuOnBedrock: {
    ...bedrock,
    request: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    response: 'claude-haiku-4-5-20251001',
    firstChunkMs: 520,
    tokensPerSecond: 130,
  },
  /** Nobody publishes a price for this one: the demo shows what "unpriced" looks like. */
  selfHosted: {
    provider: 'vllm',
    host: 'llm.internal',
    idPrefix: 'cmpl-',
    request: 'harbor-support-32b',
    response: 'harbor-support-32b',
    firstChunkMs: 260,
    tokensPerSecond: 45,
  },
} as const satisfies Record<string, Model>

export const EMBEDDING_MODEL = {
  provider: 'openai',
  request: 'text-embedding-3-small',
  host: 'api.openai.com',
  dimensions: 1536,
} as const

export const RERANK_MODEL = { provider: 'cohere', request: 'rerank-v3.5', host: 'api.cohere.com' } as const
