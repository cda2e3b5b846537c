// OpenTelemetry's google-genai instrumentation.
import { payloads } from '../payload.ts'

export const googleGenAi = payloads('otel-google-genai', [
  {
    source: 'opentelemetry-instrumentation-google-genai 0.4',
    scope: 'opentelemetry.instrumentation.google_genai',
    spans: [
      {
        name: 'generate_content gemini-2.5-flash',
        attributes: {
          'gen_ai.system': 'gemini',
          'gen_ai.operation.name': 'generate_content',
          'gen_ai.request.model': 'gemini-2.5-flash',
          'code.function.name': 'google.genai.Models.generate_content',
          'gen_ai.usage.input_tokens': 31,
          'gen_ai.usage.output_tokens': 6,
          'gen_ai.response.finish_reasons': ['stop'],
        },
        facts: { kind: 'chat', providerCanonical: 'gcp.gemini', inputTokens: 31, outputTokens: 6 },
      },
      {
        name: 'execute_tool altitude',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'altitude',
          'code.function.name': 'altitude',
          'code.function.parameters.peak.type': 'str',
          'code.function.parameters.peak.value': 'Eiger',
          'code.function.return.value': '3967',
        },
        facts: { kind: 'execute_tool', toolName: 'altitude', toolArgs: { peak: 'Eiger' }, toolResultContains: '3967' },
      },
    ],
  },
])
