import { AsyncLocalStorage } from 'node:async_hooks'
import { spawn } from 'node:child_process'
import { type Context, type ContextManager, context, ROOT_CONTEXT, type trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'
import { startOtlpServer } from '../test/otlp-server.ts'
import { provider3 } from '../test/spans.ts'
import { HanzoSpanExporter } from './hanzo-span-exporter.ts'

const script = new URL('../test/script.ts', import.meta.url).pathname

/** The address of a server that was there a moment ago. */
async function nobody(): Promise<string> {
  const server = await startOtlpServer()
  await server.close()
  return server.url
}

function runScript(...args: string[]): Promise<{ code: number | null; out: string; error: string; tookMs: number }> {
  const startMs = performance.now()
  const child = spawn(process.execPath, [script, ...args])
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (error += chunk))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, error, tookMs: performance.now() - startMs }))
  })
}

describe('the exporter in an app that ends', () => {
  it('delivers the last spans of a script that never calls shutdown', async () => {
    const server = await startOtlpServer()
    const run = await runScript(server.url)
    await server.close()
    expect(run).toMatchObject({ code: 0, out: 'dropped 0', error: '' })
    expect(server.spanNames()).toEqual(['last words'])
  })

  it('lets the app end at once, without an error, when the server is down', async () => {
    const run = await runScript(await nobody())
    expect(run).toMatchObject({ code: 0, out: 'dropped 1', error: '' })
    expect(run.tookMs).toBeLessThan(4000)
  })

  it('lets an awaited shutdown end when the server is down', async () => {
    const run = await runScript(await nobody(), 'shutdown')
    expect(run).toMatchObject({ code: 0, out: 'dropped 1', error: '' })
    expect(run.tookMs).toBeLessThan(6000)
  })
})

describe('the exporter in an app that traces fetch', () => {
  it('makes no spans out of its own requests', async () => {
    const server = await startOtlpServer()
    const seen = new InMemorySpanExporter()
    const provider = provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter: seen })] })
    const restore = instrumentFetch(() => provider.getTracer('fetch'))
    try {
      const exporter = new HanzoSpanExporter({ host: server.url })
      provider3({ spanProcessors: [exporter] })
        .getTracer('app')
        .startSpan('work')
        .end()
      await exporter.shutdown()
      await fetch(server.url, { method: 'POST' })
    } finally {
      restore()
      await server.close()
    }
    expect(server.spanNames()).toEqual(['work'])
    // The instrumentation does see the app's own request, so it would have seen ours.
    expect(seen.getFinishedSpans().map((span) => span.name)).toEqual([`POST ${server.url}`])
  })
})

/** What an instrumentation does: a span per fetch, child of the active context. Returns how to undo it. */
function instrumentFetch(tracer: () => ReturnType<typeof trace.getTracer>): () => void {
  const original = globalThis.fetch
  context.setGlobalContextManager(asyncContext())
  globalThis.fetch = async (input, init) => {
    const span = tracer().startSpan(`${init?.method} ${input}`, {}, context.active())
    try {
      return await original(input, init)
    } finally {
      span.end()
    }
  }
  return () => {
    globalThis.fetch = original
    context.disable()
  }
}

/** The smallest context manager that follows promises. */
function asyncContext(): ContextManager {
  const storage = new AsyncLocalStorage<Context>()
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, run, self, ...args) => storage.run(active, () => run.call(self, ...args)),
    bind: (_active, target) => target,
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}
