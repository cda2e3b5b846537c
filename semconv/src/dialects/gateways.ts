// Gateways that send a span a call: OpenRouter, Cloudflare AI Gateway, Vercel AI Gateway, Bifrost.
import { defineDialect } from '../dialect.ts'

export const openrouter = defineDialect({
  name: 'openrouter',
  source: 'OpenRouter Broadcast 2026',
  scopes: ['openrouter*'],
  marks: ['trace.metadata.openrouter.'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.usage.total_cost', field: 'reported_cost' },
    { key: 'gen_ai.usage.input_cost', field: 'reported_input_cost' },
    { key: 'gen_ai.usage.output_cost', field: 'reported_output_cost' },
  ],
  metadata: ['trace.metadata.'],
  kinds: {},
})

export const cloudflare = defineDialect({
  name: 'cloudflare-ai-gateway',
  source: 'Cloudflare AI Gateway OpenTelemetry export 2026',
  scopes: ['cloudflare*', 'ai-gateway*'],
  marks: ['cf-aig-', 'gen_ai.prompt_json', 'gen_ai.completion_json', 'gen_ai.model.provider'],
  inputIncludesCache: true,
  keys: [
    { key: 'gen_ai.model.provider', field: 'provider' },
    { key: 'gen_ai.prompt_json', field: 'input' },
    { key: 'gen_ai.completion_json', field: 'output' },
  ],
  metadata: ['cf-aig-metadata.'],
  kinds: {},
})

export const vercelGateway = defineDialect({
  name: 'vercel-ai-gateway',
  source: 'Vercel AI Gateway 2026',
  marks: ['vercel.ai_gateway.'],
  inputIncludesCache: true,
  keys: [
    { key: 'vercel.ai_gateway.provider', field: 'provider' },
    { key: 'vercel.ai_gateway.generation.id', field: 'response_id', fallback: true },
    { key: 'vercel.ai_gateway.cost.total', field: 'reported_cost' },
  ],
  kinds: {},
})
