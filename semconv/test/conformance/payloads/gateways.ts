// Gateways: OpenRouter, Cloudflare, Vercel.
import { payloads } from '../payload.ts'

export const gateways = [
  ...payloads('openrouter', [
    {
      source: 'OpenRouter Broadcast 2026',
      scope: 'openrouter',
      spans: [
        {
          name: 'chat anthropic/claude-sonnet-4.5',
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'Google AI Studio',
            'gen_ai.request.model': 'google/gemini-2.5-flash',
            'gen_ai.response.model': 'google/gemini-2.5-flash',
            'gen_ai.response.id': 'gen-or1',
            'gen_ai.response.finish_reason': 'stop',
            'gen_ai.usage.input_tokens': 50,
            'gen_ai.usage.output_tokens': 7,
            'gen_ai.usage.total_tokens': 57,
            'gen_ai.usage.input_cost': 0.00001,
            'gen_ai.usage.output_cost': 0.00002,
            'gen_ai.usage.total_cost': 0.00003,
            'gen_ai.prompt': '{"messages":[{"role":"user","content":"Moon phase?"}]}',
            'gen_ai.completion': '{"completion":"Waxing.","rawRequest":{}}',
            'user.id': 'or-user',
            'session.id': 'or-sess',
            'trace.metadata.openrouter.api_key_name': 'k1',
            'trace.metadata.team': 'sky',
          },
          facts: {
            kind: 'chat',
            providerCanonical: 'gcp.gemini',
            responseId: 'gen-or1',
            inputTokens: 50,
            outputTokens: 7,
            costGivenTotal: 0.00003,
            costGivenInput: 0.00001,
            costGivenOutput: 0.00002,
            userId: 'or-user',
            sessionId: 'or-sess',
            metadata: { team: 'sky' },
            finishReasons: ['stop'],
            inputTextContains: 'Moon phase?',
            outputTextContains: 'Waxing.',
          },
        },
      ],
    },
  ]),
  ...payloads('cloudflare-ai-gateway', [
    {
      source: 'Cloudflare AI Gateway OpenTelemetry export 2026',
      scope: 'ai-gateway',
      spans: [
        {
          name: 'ai-gateway',
          attributes: {
            'gen_ai.request.model': 'gpt-4o-mini',
            'gen_ai.model.provider': 'openai',
            'gen_ai.usage.input_tokens': 8,
            'gen_ai.usage.output_tokens': 3,
            'gen_ai.usage.cost': 0.000003,
            'gen_ai.prompt_json': '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Wind?"}]}',
            'gen_ai.completion_json':
              '{"id":"chatcmpl-cf1","choices":[{"index":0,"message":{"role":"assistant","content":"West."},"finish_reason":"stop"}]}',
            team: 'kites',
          },
          facts: {
            kind: 'chat',
            provider: 'openai',
            inputTokens: 8,
            costGivenTotal: 0.000003,
            inputTextContains: 'Wind?',
            outputText: 'West.',
            finishReasons: ['stop'],
          },
        },
      ],
    },
  ]),
  ...payloads('vercel-ai-gateway', [
    {
      source: 'Vercel AI Gateway 2026',
      spans: [
        {
          name: 'chat openai/gpt-4o',
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'gateway',
            'gen_ai.request.model': 'openai/gpt-4o',
            'gen_ai.usage.input_tokens': 8,
            'gen_ai.usage.output_tokens': 3,
            'vercel.ai_gateway.provider': 'azure',
            'vercel.ai_gateway.generation.id': 'gen_vg1',
            'vercel.ai_gateway.cost.total': 0.00005,
          },
          facts: { kind: 'chat', providerCanonical: 'azure.ai.openai', costGivenTotal: 0.00005, responseId: 'gen_vg1' },
        },
      ],
    },
  ]),
]
