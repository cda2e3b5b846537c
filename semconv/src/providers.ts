// Provider names as instrumentations write them -> the value that the gen_ai conventions give that provider.

/** Canonical value -> other spellings seen in telemetry, lower case. The first names are semconv values, the rest have none. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  openai: ['open_ai', 'openai-responses', 'openai_responses'],
  'azure.ai.openai': ['az.ai.openai', 'azure', 'azure_openai', 'azure-openai', 'azureopenai', 'azure.openai'],
  'azure.ai.inference': ['az.ai.inference', 'azure_ai', 'azure_ai_inference', 'azure-ai-inference'],
  anthropic: ['claude'],
  'aws.bedrock': [
    'bedrock',
    'amazon-bedrock',
    'amazon_bedrock',
    'aws_bedrock',
    'aws-bedrock',
    'bedrock_converse',
    'aws',
    'amazon',
  ],
  'gcp.vertex_ai': [
    'vertex_ai',
    'vertexai',
    'vertex',
    'google-vertex',
    'google.vertex',
    'google_vertexai',
    'google_vertex_ai',
    'vertex.anthropic',
    'google.vertex.anthropic',
    'vertex_ai_beta',
    'gcp.vertex.agent',
  ],
  'gcp.gemini': [
    'gemini',
    'google',
    'google.generative-ai',
    'google_genai',
    'google-genai',
    'google_ai_gemini',
    'google ai studio',
    'google-gla',
  ],
  'gcp.gen_ai': ['google_generative_ai'],
  mistral_ai: ['mistralai', 'mistral', 'mistral-ai'],
  x_ai: ['xai', 'x-ai'],
  moonshot_ai: ['moonshotai', 'moonshot', 'moonshot-ai'],
  'ibm.watsonx.ai': ['watsonx', 'ibm_watsonx', 'ibm-watsonx'],
  cohere: ['cohere_chat'],
  deepseek: [],
  groq: [],
  perplexity: ['perplexity_ai', 'perplexityai'],
  fireworks: ['fireworks_ai', 'fireworks-ai', 'fireworksai'],
  together: ['together_ai', 'together-ai', 'togetherai'],
  cerebras: [],
  openrouter: ['open_router'],
  huggingface: ['hugging_face', 'hugging-face'],
  voyageai: ['voyage', 'voyage_ai', 'voyage-ai'],
  minimax: [],
  novita: ['novita_ai', 'novita-ai'],
  cloudflare: ['workers-ai', 'cloudflare_workers_ai'],
  replicate: [],
  aleph_alpha: [],
  nvidia: ['nvidia_nim', 'nim'],
  ollama: ['ollama_chat'],
}

/** Names that frameworks put where the provider belongs: they say nothing of who served the call. Lower case. */
const FRAMEWORKS: ReadonlySet<string> = new Set([
  'langchain',
  'langgraph',
  'llama_index',
  'llamaindex',
  'strands-agents',
  'strands_agents',
  'autogen',
  'ag2',
  'microsoft.agent_framework',
  'crewai',
  'gateway',
  'ai_gateway',
  'vercel',
  'spring_ai',
  'litellm',
  'litellm_proxy',
  'semantic_kernel',
  'haystack',
  'dspy',
  'agno',
  'smolagents',
  'pydantic_ai',
  'openai_agents',
  'google_adk',
  'mastra',
  'custom',
  'unknown',
  'none',
  '_other',
])

/** Servers that run open models on the user's own machines: a hosted model's price never applies to them. */
const SELF_HOSTED: ReadonlySet<string> = new Set([
  'ollama',
  'vllm',
  'hosted_vllm',
  'lm_studio',
  'lmstudio',
  'llamacpp',
  'llama.cpp',
  'llama_cpp',
  'llamafile',
  'localai',
  'tgi',
  'sglang',
  'mlx',
  'xinference',
  'triton',
  'local',
])

/** The AI SDK appends the kind of model: `openai.responses`, `mistral.chat`. */
const MODEL_KIND = /\.(?:chat|responses|messages|completions?|embeddings?|textEmbedding|image|speech|transcription)$/

const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLINGS).flatMap(([canonical, others]) =>
    [canonical, ...others].map((name): [string, string] => [name, canonical]),
  ),
)

/** Longer names are no provider's: they are kept as sent and never looked up. */
const MAX_NAME_CHARS = 128

/**
 * The semconv provider value for a name as emitted; '' for a framework's name, which is no provider; the trimmed name itself
 * when nothing is known of it.
 * @example normaliseProvider('amazon-bedrock') // 'aws.bedrock'
 */
export function normaliseProvider(raw: string): string {
  if (raw.length > MAX_NAME_CHARS) return raw
  const name = raw.trim()
  // `Google` is what one instrumentation writes for the SDK that serves both Vertex AI and the Gemini API.
  if (name === 'Google') return 'gcp.gen_ai'
  const lower = name.replace(MODEL_KIND, '').toLowerCase()
  if (FRAMEWORKS.has(lower)) return ''
  return CANONICAL.get(lower) ?? name
}

/** True when `normaliseProvider` knows the name, which makes it believable as a prefix of a model's name. */
export function isKnownProvider(raw: string): boolean {
  return raw.length <= MAX_NAME_CHARS && CANONICAL.has(raw.trim().toLowerCase())
}

/** True for servers of one's own, whose calls cost nothing that a price list could know. */
export function isSelfHosted(provider: string): boolean {
  return provider.length <= MAX_NAME_CHARS && SELF_HOSTED.has(provider.toLowerCase())
}
