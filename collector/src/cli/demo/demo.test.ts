import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OtlpServer, startOtlpServer } from '../../../../exporter/test/otlp-server.ts'
import { type DemoResult, runDemo } from './demo.ts'

const TRACES = 400
const SPAN_MINUTES = 120

interface Seen {
  service: string
  name: string
  traceId: string
  spanId: string
  parentId: string
  startMs: number
  endMs: number
  isError: boolean
  eventNames: string[]
  attributes: Record<string, unknown>
}

let server: OtlpServer
let result: DemoResult
let spans: Seen[]

beforeAll(async () => {
  server = await startOtlpServer()
  result = await runDemo({ host: server.url, traces: TRACES, seed: 7, spanMinutes: SPAN_MINUTES })
  spans = readSpans(server)
})
afterAll(() => server.close())

describe('runDemo', () => {
  it('delivers every span that it made', () => {
    expect(result.traces).toBe(TRACES)
    expect(spans).toHaveLength(result.spans)
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(TRACES)
    expect(new Set(spans.map((span) => span.service))).toEqual(new Set(result.services))
  })

  it('puts every trace whole into the past that was asked for', () => {
    const nowMs = Date.now()
    for (const span of spans) {
      expect(span.startMs).toBeGreaterThanOrEqual(nowMs - SPAN_MINUTES * 60_000 - 60_000)
      expect(span.endMs).toBeLessThanOrEqual(nowMs)
      expect(span.endMs).toBeGreaterThanOrEqual(span.startMs)
    }
  })

  it('keeps each child inside its parent', () => {
    const byId = new Map(spans.map((span) => [span.spanId, span]))
    const children = spans.filter((span) => span.parentId !== '')
    expect(children.length).toBeGreaterThan(TRACES)
    for (const child of children) {
      const parent = byId.get(child.parentId)
      expect(parent?.traceId).toBe(child.traceId)
      expect(child.startMs).toBeGreaterThanOrEqual(parent?.startMs ?? Infinity)
      expect(child.endMs).toBeLessThanOrEqual(parent?.endMs ?? 0)
    }
  })

  it('counts cached tokens inside the input and reasoning tokens inside the output', () => {
    const usage = (span: Seen, name: string) => Number(span.attributes[`gen_ai.usage.${name}_tokens`] ?? 0)
    const answered = spans.filter((span) => span.attributes['gen_ai.response.finish_reasons'] !== undefined)
    expect(answered.length).toBeGreaterThan(TRACES)
    for (const span of answered) {
      const cached = usage(span, 'cache_read.input') + usage(span, 'cache_creation.input')
      expect(usage(span, 'input')).toBeGreaterThan(cached)
      expect(usage(span, 'output')).toBeGreaterThan(usage(span, 'reasoning.output'))
    }
  })

  it('covers what the product shows: models, caches, streams, tools, retrieval, errors, languages, old names', () => {
    const values = (key: string) => new Set(spans.map((span) => span.attributes[key]).filter((it) => it !== undefined))
    expect(values('gen_ai.operation.name')).toEqual(
      new Set(['chat', 'embeddings', 'retrieval', 'rerank', 'execute_tool', 'invoke_agent', 'invoke_workflow']),
    )
    expect(values('gen_ai.request.model').size).toBeGreaterThanOrEqual(9)
    expect([...values('gen_ai.provider.name')]).toEqual(
      expect.arrayContaining(['openai', 'anthropic', 'gcp.gemini', 'aws.bedrock', 'vllm', 'cohere']),
    )
    expect([...values('error.type')]).toEqual(expect.arrayContaining(['429', 'timeout', 'ToolTimeoutError']))
    for (const key of [
      'gen_ai.usage.cache_read.input_tokens',
      'gen_ai.usage.cache_creation.input_tokens.ephemeral_5m',
      'gen_ai.usage.cache_creation.input_tokens.ephemeral_1h',
      'gen_ai.usage.reasoning.output_tokens',
      'gen_ai.response.time_to_first_chunk',
      'gen_ai.usage.prompt_tokens',
      'gen_ai.prompt.version',
    ]) {
      expect(values(key).size, key).toBeGreaterThan(0)
    }
    const texts = [...values('gen_ai.output.messages')].join()
    for (const script of [/\p{Script=Hiragana}/u, /\p{Script=Arabic}/u, /[¿ñ]/]) expect(texts).toMatch(script)
  })

  it('records a failure as status, error type and exception', () => {
    const failed = spans.filter((span) => span.isError)
    expect(failed.length).toBeGreaterThan(10)
    for (const span of failed) {
      expect(span.attributes['error.type']).toBeTypeOf('string')
      expect(span.eventNames).toEqual(['exception'])
    }
  })

  it('has answers judged by an evaluator, and traces by the users who asked', () => {
    const judged = spans.filter((span) => span.eventNames.includes('gen_ai.evaluation.result'))
    expect(judged.length).toBeGreaterThan(TRACES / 10)
    const traces = new Set(spans.map((span) => span.traceId))
    const said = server.events()
    expect(said.length).toBeGreaterThan(TRACES / 10)
    expect(said.map(({ event }) => event)).toEqual(said.map(() => 'llm_feedback'))
    for (const { properties } of said) expect(traces).toContain(properties?.['$ai_trace_id'])
    expect(new Set(said.map(({ properties }) => properties?.['$ai_metric_value']))).toEqual(new Set([0, 1]))
  })

  it('gives each response an id of its own', () => {
    const ids = spans.map((span) => span.attributes['gen_ai.response.id']).filter((id) => id !== undefined)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tells the same story for the same seed and another for another', async () => {
    const story = async (seed: number) => {
      const own = await startOtlpServer()
      await runDemo({ host: own.url, traces: 30, seed, spanMinutes: 60 })
      await own.close()
      return readSpans(own).map((span) => [
        span.name,
        span.attributes['gen_ai.input.messages'],
        span.attributes['user.id'],
      ])
    }
    const first = await story(1)
    expect(await story(1)).toEqual(first)
    expect(await story(2)).not.toEqual(first)
  })

  it('reports progress up to the last trace', async () => {
    const progress: [number, number][] = []
    const options = { host: server.url, traces: 20, seed: 3, spanMinutes: 30 }
    await runDemo({ ...options, onProgress: (sent, total) => progress.push([sent, total]) })
    expect(progress.at(-1)).toEqual([20, 20])
  })

  it('fails with the reason when the collector refuses', async () => {
    const closed = await startOtlpServer((response) => response.writeHead(401).end())
    await expect(runDemo({ host: closed.url, traces: 5, seed: 1, spanMinutes: 5 })).rejects.toThrow('refused')
    await closed.close()
  })
})

function readSpans(from: OtlpServer): Seen[] {
  return from.requests.flatMap((request) =>
    request.body.resourceSpans.flatMap((resource) => {
      const service = String(plainAttributes(resource.resource?.attributes)['service.name'])
      return (resource.scopeSpans ?? []).flatMap((scope) => scope.spans ?? []).map((span) => toSeen(service, span))
    }),
  )
}

function toSeen(service: string, span: OtlpServer['requests'][number]['spans'][number]): Seen {
  const hex = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('hex')
  return {
    service,
    name: span.name ?? '',
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentId: hex(span.parentSpanId),
    startMs: Number(span.startTimeUnixNano) / 1e6,
    endMs: Number(span.endTimeUnixNano) / 1e6,
    isError: span.status?.code === 2,
    eventNames: (span.events ?? []).map((event) => event.name ?? ''),
    attributes: plainAttributes(span.attributes),
  }
}

function plainAttributes(list: OtlpServer['requests'][number]['spans'][number]['attributes']): Record<string, unknown> {
  return Object.fromEntries(
    (list ?? []).map(({ key, value }) => {
      const number = value?.intValue == null ? undefined : Number(value.intValue)
      return [key ?? '', value?.stringValue ?? number ?? value?.doubleValue ?? value?.boolValue ?? value?.arrayValue]
    }),
  )
}
