import { ROOT_CONTEXT as ROOT, trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it } from 'vitest'
import { GEN_AI as CONVENTIONS, DIALECTS } from '../../../semconv/src/index.ts'
import { PAYLOADS } from '../../../semconv/test/conformance/all.ts'
import { interpretSpan } from '../../../semconv/test/conformance/interpreted.ts'
import { type OtlpServer, startOtlpServer } from '../../test/otlp-server.ts'
import { provider3 } from '../../test/spans.ts'
import type { HanzoSpanExporterOptions } from '../config.ts'
import { HanzoSpanExporter } from '../hanzo-span-exporter.ts'
import { GEN_AI } from '../names.ts'
import type { ReadableSpan } from '../span.ts'
import { isLlmSpan } from './llm-span.ts'
import { isSampled } from './sample.ts'

const open: { exporter: HanzoSpanExporter; server: OtlpServer }[] = []

afterEach(async () => {
  for (const { exporter, server } of open.splice(0)) {
    await exporter.shutdown()
    await server.close()
  }
})

async function start(options: HanzoSpanExporterOptions) {
  const server = await startOtlpServer()
  const exporter = new HanzoSpanExporter({ host: server.url, scheduledDelayMs: 60_000, ...options })
  open.push({ exporter, server })
  const tracer = provider3({ spanProcessors: [exporter] }).getTracer('app')
  return { server, exporter, tracer }
}

const CHAT = { attributes: { 'gen_ai.operation.name': 'chat' } }

/** A span as the filter sees it. */
function spanWith(scope: string, attributes: Record<string, unknown>, events: readonly string[] = []): ReadableSpan {
  return {
    name: 'x',
    kind: 0,
    spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }),
    startTime: [1, 0],
    endTime: [2, 0],
    status: { code: 0 },
    attributes,
    links: [],
    events: events.map((name) => ({ name, time: [1, 0] as const })),
    resource: { attributes: {} },
    instrumentationScope: { name: scope },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** Steps that only the words of a tracer for everything tell, which in JavaScript nobody makes. */
const NOT_TOLD = new Set([
  'OpenAI Agents trace: {name}',
  'MCP request: tools/call catalogue',
  'feedback: mood',
  'feedback: correct',
])

describe("filter 'llm'", () => {
  it.each(DIALECTS.map((dialect) => dialect.name))('knows every step of the dialect %s', (dialect) => {
    // A lone key (`call_id`) means a step to who knows the tracer only.
    const ofDialect = PAYLOADS.filter((it) => it.dialect === dialect && it.source !== 'each key alone')
    const missed = ofDialect.flatMap((payload) =>
      payload.spans
        .filter((span) => !NOT_TOLD.has(span.name))
        .filter((span) => interpretSpan(payload, span).kind !== 'span')
        .filter((span) => {
          const events = (span.events ?? []).map((event) => event.name)
          return !isLlmSpan(spanWith(span.scope ?? payload.scope ?? '', span.attributes, events))
        })
        .map((span) => `${payload.source}: ${span.name}: ${Object.keys(span.attributes).join(' ')}`),
    )
    expect(missed).toEqual([])
  })

  it.each([
    ['@opentelemetry/instrumentation-http', { 'http.request.method': 'POST', 'url.path': '/v1/chat' }],
    ['@opentelemetry/instrumentation-pg', { 'db.system.name': 'postgresql', 'db.query.text': 'x' }],
    ['next.js', { 'next.span_type': 'AppRender.getBodyResult', 'operation.name': 'next_js' }],
    ['@sentry/node', { 'sentry.op': 'http.server', 'sentry.origin': 'auto' }],
    ['app', { aim: 'x', llmish: 1, 'air.quality': 2 }],
  ])('does not take a span of %s for one', (scope, attributes) => {
    expect(isLlmSpan(spanWith(scope, attributes))).toBe(false)
  })

  it('keeps steps and their ancestors, and counts what it leaves out', async () => {
    const { server, exporter, tracer: at } = await start({ filter: 'llm' })
    at.startSpan('GET /').end()
    const under = (parent: ReturnType<typeof at.startSpan>) => trace.setSpan(ROOT, parent)
    const request = at.startSpan('POST /chat')
    const handler = at.startSpan('handler', {}, under(request))
    at.startSpan('SELECT', {}, under(handler)).end()
    const chat = at.startSpan('chat', CHAT, under(handler))
    at.startSpan('POST api.openai.com', {}, under(chat)).end()
    chat.end()
    handler.end()
    at.startSpan('log', {}, under(request)).end()
    request.end()
    await exporter.forceFlush()
    expect(server.spanNames()).toEqual(['chat', 'handler', 'POST /chat'])
    expect(server.span('chat').parentId).toBe(server.span('handler').spanId)
    expect(exporter.leftOut).toEqual({ filtered: 4, sampledOut: 0 })
    expect(exporter.dropped).toBe(0)
  })

  it('hangs a step whose parent was left out before under the nearest ancestor that is kept', async () => {
    const { server, exporter, tracer: at } = await start({ filter: 'llm' })
    const root = at.startSpan('root')
    const outer = at.startSpan('outer', {}, trace.setSpan(ROOT, root))
    const inner = at.startSpan('inner', {}, trace.setSpan(ROOT, outer))
    const chat = at.startSpan('chat', CHAT, trace.setSpan(ROOT, inner))
    // A stream is read on after the code that started it has returned.
    inner.end()
    outer.end()
    chat.end()
    root.end()
    const lone = at.startSpan('lone root')
    const child = at.startSpan('child', CHAT, trace.setSpan(ROOT, lone))
    lone.end()
    child.end()
    await exporter.forceFlush()
    expect(server.spanNames()).toEqual(['chat', 'root', 'child'])
    expect(server.span('chat').parentId).toBe(server.span('root').spanId)
    expect(server.span('child').parentId).toBe('')
  })
})

describe('filter, a function', () => {
  it('keeps what it is true for, and a span on which it throws', async () => {
    const { server, exporter, tracer } = await start({
      filter: (span) => {
        if (span.name === 'odd') throw new Error('from the app')
        return span.name === 'wanted'
      },
    })
    for (const name of ['wanted', 'odd', 'other']) tracer.startSpan(name).end()
    await exporter.forceFlush()
    expect(server.spanNames()).toEqual(['wanted', 'odd'])
  })
})

describe('sampleRate', () => {
  it('keeps all spans of a trace or none, about as many traces as asked, the same in every process', async () => {
    const { server, exporter, tracer } = await start({ sampleRate: 0.25 })
    for (let i = 0; i < 400; i += 1) {
      const root = tracer.startSpan('root')
      tracer.startSpan('child', {}, trace.setSpan(ROOT, root)).end()
      root.end()
    }
    await exporter.forceFlush()
    const traces = Map.groupBy(server.spans(), (span) => span.traceId)
    expect([...traces.values()].every((spans) => spans.length === 2)).toBe(true)
    expect(traces.size).toBeGreaterThan(60)
    expect(traces.size).toBeLessThan(150)
    expect(exporter.leftOut.sampledOut).toBe(800 - 2 * traces.size)
    expect([...traces.keys()].every((id) => isSampled(id, 0.25) && isSampled(id, 0.5))).toBe(true)
  })

  it('of 0 keeps nothing, of 1 everything', () => {
    expect([isSampled('0'.repeat(32), 0), isSampled('f'.repeat(32), 1)]).toEqual([false, true])
  })
})

describe('mask', () => {
  it('sees every text of a span, and what it throws on is not sent', async () => {
    const { server, exporter, tracer } = await start({
      mask: (value, key) => {
        if (key === 'secret') throw new Error('cannot')
        if (key === 'gone') return undefined
        return typeof value === 'string' ? value.replaceAll('4111', '****') : value
      },
    })
    const attributes = { 'gen_ai.input.messages': 'card 4111', secret: 'x', gone: 1, n: 7 }
    const span = tracer.startSpan('masked', { attributes })
    span.recordException(new Error('4111 refused'))
    span.setStatus({ code: 2, message: '4111 refused' })
    span.end()
    await exporter.forceFlush()
    expect(server.span('masked')).toMatchObject({
      attributes: { 'gen_ai.input.messages': 'card ****', secret: '[mask failed]', n: 7 },
      statusMessage: '**** refused',
    })
    expect(JSON.stringify(server.requests[0]?.body)).not.toContain('4111')
  })
})

describe('environment and release', () => {
  it('win over what the resource of the app says', async () => {
    const { server, exporter, tracer } = await start({ environment: 'staging', release: '1.2.3' })
    tracer.startSpan('x').end()
    await exporter.forceFlush()
    const attributes = server.requests[0]?.body.resourceSpans[0]?.resource?.attributes ?? []
    expect(Object.fromEntries(attributes.map((it) => [it.key, it.value?.stringValue]))).toMatchObject({
      'service.name': 'shop',
      'deployment.environment.name': 'staging',
      'service.version': '1.2.3',
    })
  })
})

describe('names', () => {
  it('are those of the conventions', () => {
    const ours: Record<string, string> = GEN_AI
    for (const [name, key] of Object.entries(CONVENTIONS)) {
      if (name in ours) expect(ours[name]).toBe(key)
    }
  })
})
