// The provider of a call in; where it takes the same call again, in which form, and what its key is usually called, out.

export interface ProviderHost {
  form: 'openai' | 'anthropic'
  url: string
  /** A variable of the shell; the page knows no key of a provider. */
  key: string
}

const openai = (url: string, key: string): ProviderHost => ({ form: 'openai', url: `${url}/chat/completions`, key })

/** Providers that take chat completions at an address of their own. */
const HOSTS: Readonly<Record<string, ProviderHost>> = {
  openai: openai('https://api.openai.com/v1', 'OPENAI_API_KEY'),
  anthropic: { form: 'anthropic', url: 'https://api.anthropic.com/v1/messages', key: 'ANTHROPIC_API_KEY' },
  mistral_ai: openai('https://api.mistral.ai/v1', 'MISTRAL_API_KEY'),
  groq: openai('https://api.groq.com/openai/v1', 'GROQ_API_KEY'),
  deepseek: openai('https://api.deepseek.com', 'DEEPSEEK_API_KEY'),
  x_ai: openai('https://api.x.ai/v1', 'XAI_API_KEY'),
  perplexity: openai('https://api.perplexity.ai', 'PERPLEXITY_API_KEY'),
  openrouter: openai('https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY'),
  'gcp.gemini': openai('https://generativelanguage.googleapis.com/v1beta/openai', 'GEMINI_API_KEY'),
}

/** Elsewhere (clouds, gateways, own machines) the address is the reader's to fill in. */
const ELSEWHERE: ProviderHost = { form: 'openai', url: '$BASE_URL/chat/completions', key: 'API_KEY' }

export const hostOf = (provider: string | null | undefined): ProviderHost =>
  Object.hasOwn(HOSTS, provider ?? '') ? (HOSTS[provider ?? ''] ?? ELSEWHERE) : ELSEWHERE
