// OpenTelemetry is there already: one more span processor, and nothing else changes.

import { HanzoInsights } from '@hanzo/insights'
import { trace } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import OpenAI from 'openai'

const insights = new HanzoInsights()
const provider = new TracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'recipe-existing-otel' }),
  // Beside the processors that you have.
  spanProcessors: [insights.exporter],
})
trace.setGlobalTracerProvider(provider)
const openai = insights.openai(new OpenAI())

const tracer = trace.getTracer('app')
await tracer.startActiveSpan('GET /answer', async (request) => {
  await insights.trace({ name: 'answer', userId: 'user_123' }, () =>
    openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'How large is Berlin?' }] }),
  )
  request.end()
})

await provider.shutdown()
