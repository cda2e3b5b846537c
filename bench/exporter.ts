// What sending a span costs the app: CPU time of its main thread and heap bytes allocated, net of the SDK, against the exporters that people have;
// and the delay of the event loop under 5,000 spans a second. Each contender in a process of its own, the rounds in turn; the server in another thread.
import { spawnSync } from 'node:child_process'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Attributes, Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { HanzoSpanExporter } from '../exporter/src/index.ts'
import * as peers from '../interop/peers/peers.ts'
import { median } from './measure.ts'

const SPANS = 20_000
const BURST = 50
const ROUNDS = 3
const PACED_MS = 3000
const SPANS_PER_MS = 5

interface Contender {
  readonly sdk: 2 | 3
  processor(url: string): SpanProcessor | peers.SpanProcessor
}

/** The SDK alone. */
const NOTHING: SpanProcessor = {
  onStart() {},
  onEnd() {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
}

const ours = (url: string, options = {}) => new HanzoSpanExporter({ host: url, maxQueueSize: SPANS, ...options })

const CONTENDERS: Readonly<Record<string, Contender>> = {
  'no exporter, SDK 3': { sdk: 3, processor: () => NOTHING },
  'no exporter, SDK 2': { sdk: 2, processor: () => NOTHING },
  // Not compressed, as the others are.
  '@hanzo/insights, SDK 3': { sdk: 3, processor: (url) => ours(url, { compression: 'none' }) },
  '@hanzo/insights, SDK 2': { sdk: 2, processor: (url) => ours(url, { compression: 'none' }) },
  '@hanzo/insights gzip, SDK 3': { sdk: 3, processor: (url) => ours(url) },
  '@hanzo/insights event wire, SDK 3': { sdk: 3, processor: (url) => ours(url, { protocol: 'insights' }) },
  'otlp-proto + BatchSpanProcessor, SDK 3': {
    sdk: 3,
    processor: (url) => new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${url}/v1/traces` }) }),
  },
  '@langfuse/otel, SDK 2': { sdk: 2, processor: (url) => peers.langfuse(url) },
  '@posthog/ai, SDK 2': { sdk: 2, processor: (url) => peers.posthog(url) },
}

export interface Figures {
  nanos: number
  bytes: number
  p99Ms: number
}

function attributesOf(sizeBytes: number): Attributes {
  const text = 'What does a red panda eat? '.repeat(400)
  const content = (share: number) => text.slice(0, Math.round((sizeBytes - 480) * share))
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024-11-20',
    'gen_ai.response.id': 'chatcmpl-0123456789',
    'gen_ai.request.temperature': 0.7,
    'gen_ai.usage.input_tokens': 1200,
    'gen_ai.usage.output_tokens': 240,
    'gen_ai.response.finish_reasons': ['stop'],
    'user.id': 'user_123',
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', content: content(0.7) }]),
    'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', content: content(0.3) }]),
  }
}

/** A server that takes everything and says so, off the main thread. */
async function startSink(): Promise<{ url: string; worker: Worker }> {
  const code = `
    const { createServer } = require('node:http')
    const { parentPort } = require('node:worker_threads')
    const server = createServer((request, response) => request.resume().on('end', () => response.end()))
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`
  const worker = new Worker(code, { eval: true })
  const port = await new Promise((resolve) => worker.once('message', resolve))
  return { url: `http://127.0.0.1:${port}`, worker }
}

/** In bursts, with a turn of the event loop between them, as a server makes them. */
async function makeSpans(tracer: Tracer, attributes: Attributes, count: number): Promise<void> {
  for (let made = 0; made < count; made += BURST) {
    for (let i = 0; i < BURST; i += 1) tracer.startSpan('chat gpt-4o', { attributes }).end()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function measure(name: string, sizeBytes: number): Promise<Figures> {
  const { url, worker } = await startSink()
  const contender = CONTENDERS[name]!
  const processors = [contender.processor(url)]
  const provider =
    contender.sdk === 3
      ? new TracerProvider({ spanProcessors: processors as SpanProcessor[] })
      : peers.provider(processors as peers.SpanProcessor[])
  const tracer = provider.getTracer('bench')
  const attributes = attributesOf(sizeBytes)
  await makeSpans(tracer, attributes, SPANS)
  await provider.forceFlush()

  const heapBefore = allocatedBytes()
  const before = process.threadCpuUsage()
  await makeSpans(tracer, attributes, SPANS)
  await provider.forceFlush()
  const { user, system } = process.threadCpuUsage(before)
  const nanos = ((user + system) * 1000) / SPANS
  const bytes = (allocatedBytes() - heapBefore) / SPANS
  const p99Ms = await delay(tracer, attributes)
  await provider.shutdown()
  await worker.terminate()
  return { nanos, bytes, p99Ms }
}

/** Of the JavaScript heap since the start, living and dead. Not in @types/node yet. */
function allocatedBytes(): number {
  const { total_allocated_bytes: bytes } = getHeapStatistics() as { total_allocated_bytes?: number }
  return bytes ?? Number.NaN
}

async function delay(tracer: Tracer, attributes: Attributes): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  const start = performance.now()
  let made = 0
  histogram.enable()
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - start
      for (; made < elapsed * SPANS_PER_MS; made += 1) tracer.startSpan('chat gpt-4o', { attributes }).end()
      if (elapsed < PACED_MS) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  histogram.disable()
  return histogram.percentile(99) / 1e6
}

/** One round of one contender, in a process of its own. */
function inChild(name: string, sizeBytes: number): Figures {
  const args = [import.meta.filename, '--one', name, String(sizeBytes)]
  const env = { ...process.env, OTEL_BSP_MAX_QUEUE_SIZE: String(SPANS) }
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`cannot measure ${name}: ${stderr || stdout}`)
  return JSON.parse(line) as Figures
}

export function benchExporter(rounds = ROUNDS): void {
  for (const sizeBytes of [800, 8000]) {
    const all: Record<string, Figures[]> = {}
    for (let round = 0; round < rounds; round += 1)
      for (const name in CONTENDERS) all[name] = [...(all[name] ?? []), inChild(name, sizeBytes)]
    console.log(
      `\nExporter, spans of ${sizeBytes} B: a span on the main thread, net of the SDK; loop delay at 5,000 spans/s`,
    )
    for (const [name, { sdk }] of Object.entries(CONTENDERS)) {
      const of = (key: keyof Figures, who: string) => median((all[who] ?? []).map((figures) => figures[key]))
      const alone = `no exporter, SDK ${sdk}`
      const own = name === alone ? 0 : 1
      const nanos = of('nanos', name) - own * of('nanos', alone)
      const bytes = of('bytes', name) - own * of('bytes', alone)
      const figures = `${nanos.toFixed(0).padStart(7)} ns ${bytes.toFixed(0).padStart(7)} B   p99 ${of('p99Ms', name).toFixed(1)} ms`
      console.log(`  ${name.padEnd(40)} ${figures}`)
    }
  }
}

if (import.meta.main) {
  const [flag, name = '', sizeBytes = ''] = process.argv.slice(2)
  if (flag === '--one') {
    console.log(JSON.stringify(await measure(name, Number(sizeBytes))))
    process.exit(0)
  }
  benchExporter(Number(flag ?? ROUNDS))
}
