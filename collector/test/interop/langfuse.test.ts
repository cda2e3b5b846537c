// The unmodified Langfuse SDK, pointed at the collector: its fixed path, its user and password, its attributes.
import { expect, test } from 'vitest'
import { LangfuseSpanProcessor, setLangfuseTracerProvider, startObservation } from '../../../interop/sdk-2/langfuse.ts'
import { BasicTracerProvider } from '../../../interop/sdk-2/sdk.ts'
import { eventually, useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'

const KEY = 'key-of-langfuse-0123456789'
const collector = useCollector({ INSIGHTS_API_KEYS: `shop:${KEY}` })

/** An app with one generation; resolves when the SDK has sent. */
async function run(baseUrl: string, secretKey: string): Promise<void> {
  const processor = new LangfuseSpanProcessor({ publicKey: 'pk-lf-any', secretKey, baseUrl, exportMode: 'immediate' })
  const provider = new BasicTracerProvider({ spanProcessors: [processor] })
  setLangfuseTracerProvider(provider)
  const trace = startObservation('answer a question', { input: 'Where is my order?' })
  trace
    .startObservation(
      'ask the model',
      {
        model: 'gpt-4o',
        input: [{ role: 'user', content: 'Where is my order?' }],
        output: { role: 'assistant', content: 'On its way.' },
        usageDetails: { input: 12, output: 5 },
      },
      { asType: 'generation' },
    )
    .end()
  trace.end()
  await processor.forceFlush()
  await provider.shutdown()
}

test('88: the Langfuse SDK delivers by /api/public/otel, with the key as its secret', async () => {
  await run(collector().doors.http, KEY)
  const rows = await eventually('both spans', async () => {
    const found = await collector().sql<Row>('SELECT * FROM spans_v1 ORDER BY start_time')
    return found.length >= 2 ? found : undefined
  })
  expect(rows).toMatchObject([
    { project_id: 'shop', name: 'answer a question' },
    {
      project_id: 'shop',
      name: 'ask the model',
      kind: 'generation',
      request_model: 'gpt-4o',
      input_tokens: 12,
      output_tokens: 5,
    },
  ])
  await expect(run(collector().doors.http, 'a-wrong-key')).rejects.toThrow('Unauthorized')
  expect(await collector().sql('SELECT count() AS n FROM spans_v1')).toEqual([{ n: 2 }])
})
