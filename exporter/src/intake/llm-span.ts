// A span in, whether it is a step of generative AI out, in whatever dialect. semconv's tables are too large to bundle; a test holds this list to them.
import type { ReadableSpan } from '../span.ts'

/** Beginnings of attribute keys that only such steps have. */
const KEYS: readonly string[] = [
  'gen_ai.',
  'llm.',
  'openinference.',
  'ai.',
  'hanzo.',
  'langfuse.',
  'langsmith.',
  'traceloop.',
  'lmnr.',
  'mlflow.',
  'mastra.',
  'opik.',
  'agentops.',
  'agentlightning.',
  'braintrust.',
  'weave.',
  'wandb.',
  'genkit:',
  'pydantic_ai.',
  'claude_code.',
  'codex.',
  'gemini_cli.',
  'github.copilot.',
  'gcp.vertex.agent.',
  'event_loop.',
  'agent_loop.',
  'openlit.',
  'litellm.',
  'spring.ai.',
  'voltagent.',
  '$ai_',
  '_signoz.gen_ai.',
  'cf-aig-',
  'vercel.ai_gateway.',
  'haystack.',
  'mcp.',
  'lk.',
  'metrics.ttfb',
  'metadata.user_api_key',
  'hidden_params',
  'embedding.',
  'retrieval.',
  'reranker.',
  'tool.',
  'tool_call.',
  'executor.',
]

/** Beginnings of the names of tracers that make nothing else. */
const SCOPES: readonly string[] = [
  '@hanzo/insights',
  '@ai-sdk/',
  '@arizeai/',
  '@mastra/',
  '@modelcontextprotocol/',
  '@traceloop/',
  '@voltagent/',
  'agent_framework',
  'autogen',
  'claude_code',
  'codex',
  'com.anthropic.claude_code',
  'gcp.vertex.agent',
  'gemini-cli',
  'gemini_cli',
  'langfuse',
  'langsmith',
  'Microsoft.Agents',
  'Microsoft.Extensions.AI',
  'Microsoft.SemanticKernel',
  'openinference.',
  'pydantic-ai',
  'pydantic_ai',
  'semantic_kernel',
  'voltagent',
]

/** The first word: `gen` of `gen_ai.system`. By it most keys of most spans are told at once to be none of these. */
const HEAD = /^[$_]?[a-z]+/
const HEADS: ReadonlyMap<string, readonly string[]> = headsOf(KEYS)

export function isLlmSpan(span: ReadableSpan): boolean {
  const scope = span.instrumentationScope.name
  if (SCOPES.some((beginning) => scope.startsWith(beginning))) return true
  for (const key in span.attributes) if (isLlmKey(key)) return true
  return span.events.some((event) => event.name.startsWith('gen_ai.'))
}

function isLlmKey(key: string): boolean {
  const beginnings = HEADS.get(HEAD.exec(key)?.[0] ?? '')
  return beginnings?.some((beginning) => key.startsWith(beginning)) ?? false
}

function headsOf(beginnings: readonly string[]): Map<string, string[]> {
  const heads = new Map<string, string[]>()
  for (const beginning of beginnings) {
    const head = HEAD.exec(beginning)?.[0] ?? ''
    heads.set(head, [...(heads.get(head) ?? []), beginning])
  }
  return heads
}
