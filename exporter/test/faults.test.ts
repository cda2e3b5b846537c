// A collector that is down, slow, busy, choosy or cut off: the app goes on, what was promised arrives, and what was lost is counted to the span.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { HanzoSpanExporterOptions } from '../src/config.ts'
import type { DropReason } from '../src/drops.ts'
import { HanzoSpanExporter } from '../src/hanzo-span-exporter.ts'
import { acceptPartly, decodeRequest } from './otlp-server.ts'
import { provider3 } from './spans.ts'

type Answer = (response: ServerResponse, index: number, request: IncomingMessage) => void

const accept: Answer = (response) => void response.writeHead(200).end()

/** A server on a port of its own that can go away and come back there. */
class Collector {
  answer: Answer = accept
  requests = 0
  /** How often each span came. */
  readonly spans = new Map<string, number>()
  #server: Server | undefined
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async up(): Promise<this> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        this.answer(response, this.requests++, request)
        // What was answered with an error, or not at all, has not been taken.
        if (response.statusCode === 200 && !request.socket.destroyed) this.#take(gunzipSync(Buffer.concat(chunks)))
      })
      request.on('error', () => undefined)
    })
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    return this
  }

  async down(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  }

  #take(bytes: Uint8Array): void {
    for (const { scopeSpans } of decodeRequest(bytes).resourceSpans)
      for (const { name } of (scopeSpans ?? []).flatMap((it) => it.spans ?? []))
        this.spans.set(name ?? '', (this.spans.get(name ?? '') ?? 0) + 1)
  }
}

/** How long the collector is away; `HANZO_DOWN_MS=60000` for a whole minute. */
const DOWN_MS = Number(process.env['HANZO_DOWN_MS'] ?? 1_500)

let collector: Collector
let exporter: HanzoSpanExporter
let lost: Partial<Record<DropReason, number>>

async function start(options: HanzoSpanExporterOptions = {}) {
  collector = await new Collector().up()
  lost = {}
  exporter = new HanzoSpanExporter({
    host: collector.url,
    scheduledDelayMs: 20,
    timeoutMs: 5000,
    onDrop: (count, reason) => {
      lost[reason] = (lost[reason] ?? 0) + count
    },
    ...options,
  })
  return provider3({ spanProcessors: [exporter] }).getTracer('app')
}

afterEach(async () => {
  await exporter.shutdown()
  await collector.down()
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const sum = () => Object.values(lost).reduce((total, count) => total + count, 0)

describe('an app whose collector', () => {
  it(
    'is down for a while gets everything delivered, once, and is not slowed',
    async () => {
      const tracer = await start({ retryForMs: DOWN_MS + 20_000, maxQueueSize: 10_000 })
      await collector.down()
      const slowest: number[] = []
      for (let i = 0; i < 1000; i += 1) {
        const before = performance.now()
        tracer.startSpan(`span ${i}`, { attributes: { 'gen_ai.input.messages': 'x'.repeat(800) } }).end()
        slowest.push(performance.now() - before)
        if (i % 100 === 99) await pause(DOWN_MS / 10)
      }
      await collector.up()
      await exporter.forceFlush()
      expect(collector.spans.size).toBe(1000)
      expect([...collector.spans.values()].every((times) => times === 1)).toBe(true)
      expect([exporter.dropped, lost]).toEqual([0, {}])
      expect(slowest.sort((a, b) => a - b)[990]).toBeLessThan(2)
    },
    DOWN_MS + 60_000,
  )

  it('stays down loses what it could not keep, all of it counted, in bounded memory', async () => {
    const tracer = await start({ retryForMs: 300, maxQueueSize: 100_000, maxQueueBytes: 1024 * 1024, timeoutMs: 500 })
    await collector.down()
    const wide = { prompt: 'x'.repeat(10_000) }
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 5000; i += 1) {
      tracer.startSpan(`span ${i}`, { attributes: wide }).end()
      if (i % 500 === 499) await pause(1)
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024)
    await exporter.shutdown()
    expect(exporter.dropped).toBe(5000)
    expect(sum()).toBe(5000)
    expect(lost.queue_full).toBeGreaterThan(4500)
  })

  it('is slow loses the newest, and delivered and lost add up to what was made', async () => {
    const tracer = await start({ maxQueueSize: 200, maxBatchSize: 50 })
    collector.answer = (response) => void setTimeout(() => response.writeHead(200).end(), 60)
    for (let i = 0; i < 2000; i += 1) {
      tracer.startSpan(`span ${i}`).end()
      if (i % 100 === 99) await pause(10)
    }
    await exporter.forceFlush()
    expect(lost).toEqual({ queue_full: 2000 - collector.spans.size })
    expect(collector.spans.size).toBeGreaterThanOrEqual(200)
    expect(exporter.dropped).toBe(2000 - collector.spans.size)
  })

  it('is busy is left in peace for as long as it says', async () => {
    const tracer = await start()
    const times: number[] = []
    collector.answer = (response, index) => {
      times.push(performance.now())
      response.writeHead(index < 2 ? 429 : 200, index < 2 ? { 'retry-after': '1' } : {}).end()
    }
    for (let i = 0; i < 100; i += 1) tracer.startSpan(`span ${i}`).end()
    await exporter.forceFlush()
    expect(times.slice(1).map((time, i) => time - (times[i] ?? 0) >= 990)).toEqual([true, true])
    expect([collector.spans.size, collector.requests, exporter.dropped]).toEqual([100, 3, 0])
  })

  it('takes a part of each batch has the rest counted, and nothing sent twice', async () => {
    const tracer = await start({ maxBatchSize: 20 })
    collector.answer = (response, index) => acceptPartly(response, index + 1, 'no trace id')
    for (let i = 0; i < 100; i += 1) tracer.startSpan(`span ${i}`).end()
    await exporter.forceFlush()
    expect([collector.requests, lost]).toEqual([5, { rejected: 1 + 2 + 3 + 4 + 5 }])
  })

  it('cuts connections off, before and in the middle of its answer, gets each batch until it has answered', async () => {
    const tracer = await start({ maxBatchSize: 50, retryForMs: 20_000 })
    collector.answer = (response, index, request) => {
      if (index % 3 === 0) request.socket.destroy()
      else if (index % 3 === 1)
        response.writeHead(200, { 'content-length': '100' }).write('half', () => request.socket.resetAndDestroy())
      else response.writeHead(200).end()
    }
    for (let i = 0; i < 200; i += 1) tracer.startSpan(`span ${i}`).end()
    await exporter.forceFlush()
    expect([collector.spans.size, exporter.dropped]).toEqual([200, 0])
    expect(collector.requests).toBe(12)
  })
})

describe('two clocks', () => {
  it('that jump neither stop the sending nor give up a batch early', async () => {
    const tracer = await start({ retryForMs: 20_000 })
    const { now } = Date
    collector.answer = (response, index) => {
      // An hour on at the first attempt, a day back at the second.
      Date.now = index === 0 ? () => now() + 3_600_000 : () => now() - 86_400_000
      response.writeHead(index < 2 ? 503 : 200).end()
    }
    try {
      tracer.startSpan('x').end()
      await exporter.forceFlush()
    } finally {
      Date.now = now
    }
    expect([collector.spans.size, exporter.dropped]).toEqual([1, 0])
  })
})
