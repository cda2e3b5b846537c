// Filtering: of an app that traces everything, send the steps of generative AI and what they hang on, masked, of every second trace.

import { HanzoInsights } from '@hanzo/insights'
import { trace } from '@opentelemetry/api'

const insights = new HanzoInsights({
  serviceName: 'recipe-filtering',
  filter: 'llm',
  mask: (value) => (typeof value === 'string' ? value.replaceAll(/[\w.+-]+@[\w.-]+\w/g, '[e-mail]') : value),
  sampleRate: Number(process.env['SAMPLE_RATE'] ?? 0.5),
  environment: 'staging',
  release: '1.4.2',
  onDrop: (count, reason) => console.error(`${count} spans lost: ${reason}`),
})

const app = trace.getTracer('app')
await insights.trace({ name: 'answer', userId: 'user_123' }, async (step) => {
  app.startSpan('SELECT customers').end()
  step.generation({ name: 'chat', model: 'gpt-4o', input: 'Write to ada@example.com' }).end({
    output: 'Done: ada@example.com',
    usage: { input: 9, output: 6 },
  })
})
app.startSpan('GET /health').end()

await insights.shutdown()
console.log('left out', insights.exporter.leftOut)
