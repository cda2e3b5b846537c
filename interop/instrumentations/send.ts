// Name of an instrumentation, provider and collector in; three calls of a model as an app makes them, told of by that instrumentation alone.
import { createOpenAI } from '@ai-sdk/openai'
import { OpenTelemetry } from '@ai-sdk/otel'
import { OpenAIInstrumentation as OpenInference } from '@arizeai/openinference-instrumentation-openai'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { OpenAIInstrumentation as Traceloop } from '@traceloop/instrumentation-openai'
import { generateText, jsonSchema, streamText, tool } from 'ai'
import OpenAI from 'openai'

const QUESTION = 'How large is Berlin?'
const [name = '', providerUrl = '', collectorUrl = ''] = process.argv.slice(2)

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ 'service.name': name }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${collectorUrl}/v1/traces` }))],
})

const RUNS: Readonly<Record<string, () => Promise<void>>> = {
  openinference: async () => {
    new OpenInference({ tracerProvider: provider }).manuallyInstrument(OpenAI)
    await callOpenAI()
  },
  traceloop: async () => {
    const instrumentation = new Traceloop()
    instrumentation.setTracerProvider(provider)
    instrumentation.manuallyInstrument(OpenAI)
    await callOpenAI()
  },
  'vercel-ai-sdk': callByAiSdk,
}

const run = RUNS[name]
if (!run) throw new Error(`there is no instrumentation called ${name}`)
await run()
await provider.shutdown()

/** Whole, as a stream, and with a tool. */
async function callOpenAI(): Promise<void> {
  const client = new OpenAI({ apiKey: 'sk-of-nobody', baseURL: providerUrl })
  const asked = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: QUESTION }] }
  await client.chat.completions.create(asked)
  const stream = await client.chat.completions.create({
    ...asked,
    stream: true,
    stream_options: { include_usage: true },
  })
  for await (const _ of stream);
  const parameters = { type: 'object', properties: { city: { type: 'string' } } }
  await client.chat.completions.create({
    ...asked,
    tools: [{ type: 'function', function: { name: 'weather', parameters } }],
  })
}

async function callByAiSdk(): Promise<void> {
  const integrations = [new OpenTelemetry({ tracer: provider.getTracer('ai') })]
  const model = createOpenAI({ apiKey: 'sk-of-nobody', baseURL: providerUrl }).chat('gpt-4o')
  const telemetry = { integrations }
  await generateText({ model, prompt: QUESTION, telemetry })
  const { textStream } = streamText({ model, prompt: QUESTION, telemetry })
  for await (const _ of textStream);
  const inputSchema = jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } })
  const weather = tool({ description: 'Today', inputSchema, execute: ({ city }) => `sun over ${city}` })
  await generateText({ model, prompt: QUESTION, telemetry, tools: { weather } })
}
