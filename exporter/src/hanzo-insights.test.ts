import { context, trace } from '@opentelemetry/api'
import { BatchSpanProcessor, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSdk, type TestSdk } from '../test/sdk.ts'
import { provider2, provider3 } from '../test/spans.ts'
import { HanzoSpanExporter } from './index.ts'

let sdk: TestSdk

beforeEach(async () => {
  sdk = await openSdk({ apiKey: 'hz_test', serviceName: 'shop' })
})

afterEach(() => sdk.close())

async function sent() {
  await sdk.insights.flush()
  return sdk.server
}

/** What an auto-instrumentation does: a span of its own in whatever context it is called. */
async function instrumentedCall(name: string): Promise<void> {
  await Promise.resolve()
  trace.getTracer('auto').startSpan(name).end()
}

describe('HanzoInsights', () => {
  it('runs the first example of the documentation', async () => {
    const { insights } = sdk
    const openai = {
      chat: {
        completions: {
          create: async (_body: unknown) => ({
            choices: [{ message: { content: 'Hello!' } }],
            usage: { prompt_tokens: 12, completion_tokens: 3 },
          }),
        },
      },
    }
    const messages = [{ role: 'user', content: 'Hi' }]
    const traceId = await insights.trace(
      { name: 'chat-response', userId: 'user_123', sessionId: 's-1' },
      async (trace) => {
        const span = trace.span({ name: 'generate', input: { messages } })
        const response = await openai.chat.completions.create({ model: 'gpt-4o', messages })
        span.end({
          output: response.choices[0]?.message.content,
          usage: { input: response.usage.prompt_tokens, output: response.usage.completion_tokens },
          model: 'gpt-4o',
          latency: span.elapsedMs,
        })
        return trace.traceId
      },
    )
    expect(await insights.feedback({ traceId, rating: 'positive', comment: 'Great answer!' })).toBe(true)
    const server = await sent()
    const [root, step] = [server.span('chat-response'), server.span('generate')]
    expect(root).toMatchObject({ traceId, parentId: '', attributes: { 'user.id': 'user_123', 'session.id': 's-1' } })
    expect(step).toMatchObject({ traceId, parentId: root.spanId, scope: '@hanzo/insights' })
    expect(step.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 3,
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Hello!"}]}]',
      'user.id': 'user_123',
      'session.id': 's-1',
    })
    const [event] = server.events()
    expect(event).toMatchObject({
      event: 'llm_feedback',
      properties: { $ai_trace_id: traceId, $ai_metric_value: 1, $ai_feedback_text: 'Great answer!' },
    })
  })

  it('lets calls of other instrumentations find the step they belong to', async () => {
    await sdk.insights.trace({ name: 'outer', userId: 'u-1' }, async (outer) => {
      await outer.span({ name: 'inner' }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        await instrumentedCall('auto')
      })
    })
    const server = await sent()
    expect(server.span('auto')).toMatchObject({
      parentId: server.span('inner').spanId,
      traceId: server.span('outer').traceId,
      attributes: { 'user.id': 'u-1' },
    })
  })

  it('keeps the context of traces that run at the same time apart', async () => {
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        sdk.insights.trace({ name, userId: name }, async () => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          await instrumentedCall(`auto ${name}`)
        }),
      ),
    )
    const server = await sent()
    for (const name of ['a', 'b', 'c']) {
      expect(server.span(`auto ${name}`)).toMatchObject({
        traceId: server.span(name).traceId,
        attributes: { 'user.id': name },
      })
    }
  })

  it('records an error and throws it on, from a promise and from a plain function', async () => {
    const { insights } = sdk
    const failure = new TypeError('no such city')
    await expect(insights.trace({ name: 'later' }, () => Promise.reject(failure))).rejects.toBe(failure)
    expect(() =>
      insights.trace({ name: 'now' }, () => {
        throw failure
      }),
    ).toThrow(failure)
    const server = await sent()
    for (const name of ['later', 'now']) {
      expect(server.span(name)).toMatchObject({
        statusCode: 2,
        statusMessage: 'no such city',
        attributes: { 'error.type': 'TypeError' },
        events: ['exception'],
      })
    }
  })

  it('ends a step that was declared with using, at the end of its block', async () => {
    {
      using trace = sdk.insights.trace({ name: 'block' })
      await using step = trace.span({ name: 'inner', kind: 'retrieval', input: 'where?' })
      step.update({ output: ['here'], metadata: { index: 'docs' } })
    }
    const server = await sent()
    expect(server.span('inner')).toMatchObject({
      parentId: server.span('block').spanId,
      attributes: {
        'gen_ai.operation.name': 'retrieval',
        'gen_ai.retrieval.query.text': 'where?',
        'gen_ai.retrieval.documents': '["here"]',
        'hanzo.metadata.index': 'docs',
      },
    })
  })

  it('takes a start and an end that are told', async () => {
    const startTime = new Date('2026-11-20T10:00:00.000Z')
    const step = sdk.insights.trace({ name: 'told', startTime })
    step.end({ latency: 1500 })
    step.end({ latency: 9000 })
    const span = (await sent()).span('told')
    expect([span.startMs, span.endMs - span.startMs]).toEqual([startTime.getTime(), 1500])
  })

  it('makes a trace of its own inside another when asked', async () => {
    await sdk.insights.trace({ name: 'outer' }, async () => {
      sdk.insights.trace({ name: 'root', root: true }).end()
      sdk.insights.span({ name: 'child' }).end()
    })
    const server = await sent()
    expect(server.span('root').traceId).not.toBe(server.span('outer').traceId)
    expect(server.span('child').parentId).toBe(server.span('outer').spanId)
  })

  it('observes a function: arguments, result, this, errors', async () => {
    const { insights } = sdk
    const search = insights.observe(
      async function search(this: { top: number }, query: string) {
        await instrumentedCall('db')
        return [query, this.top]
      },
      { kind: 'tool' },
    )
    expect(await search.call({ top: 3 }, 'otter')).toEqual(['otter', 3])
    const fails = insights.observe(
      () => {
        throw new RangeError('too far')
      },
      { name: 'fails', captureInput: false },
    )
    expect(fails).toThrow('too far')
    const server = await sent()
    expect(server.span('search').attributes).toMatchObject({
      'gen_ai.tool.name': 'search',
      'gen_ai.tool.call.arguments': 'otter',
      'gen_ai.tool.call.result': '["otter",3]',
    })
    expect(server.span('db').parentId).toBe(server.span('search').spanId)
    expect(server.span('fails')).toMatchObject({ statusCode: 2, attributes: { 'error.type': 'RangeError' } })
  })

  it('observes a generator until its last item, and measures the first', async () => {
    const words = sdk.insights.observe(
      async function* words() {
        await new Promise((resolve) => setTimeout(resolve, 20))
        yield 'so '
        yield 'long'
      },
      { kind: 'generation' },
    )
    const got: string[] = []
    for await (const word of words()) got.push(word)
    expect(got).toEqual(['so ', 'long'])
    const { attributes } = (await sent()).span('words')
    expect(attributes['gen_ai.response.time_to_first_chunk']).toBeGreaterThanOrEqual(0.015)
    expect(attributes['gen_ai.output.messages']).toContain('so long')
  })

  it('passes a stream on as it comes, and ends its step when the app leaves early', async () => {
    const step = sdk.insights.generation({ name: 'stream', model: 'gpt-4o' })
    async function* chunks() {
      for (const text of ['a', 'b', 'c']) yield { text }
    }
    for await (const { text } of step.stream(chunks(), (seen) => ({ output: seen.map((it) => it.text).join('') }))) {
      if (text === 'b') break
    }
    expect((await sent()).span('stream').attributes['gen_ai.output.messages']).toContain('"content":"ab"')
  })

  it('survives input that has no JSON', async () => {
    const cycle: Record<string, unknown> = { big: 10n }
    cycle['self'] = cycle
    Object.defineProperty(cycle, 'trap', {
      enumerable: true,
      get() {
        throw new Error('no')
      },
    })
    sdk.insights.trace({ name: 'odd', input: cycle }).end()
    const { attributes } = (await sent()).span('odd')
    expect(attributes['hanzo.input']).toBe('{"big":"10","self":"[cycle]","trap":"[unreadable]"}')
  })
})

describe('HanzoInsights beside an OpenTelemetry set-up of the app', () => {
  it.each([
    ['3', () => provider3({ spanProcessors: [] })],
    ['2', () => provider2({ spanProcessors: [] })],
  ])('makes its spans with the provider of the app, SDK %s, and delivers them', async (_, provider) => {
    const theirs = provider()
    trace.setGlobalTracerProvider(theirs)
    sdk.insights.trace({ name: 'ours' }).end({ output: 'x' })
    const server = await sent()
    expect(server.span('ours').attributes).toEqual({ 'hanzo.output': 'x' })
    const service = server.requests[0]?.body.resourceSpans[0]?.resource?.attributes?.find(
      (it) => it.key === 'service.name',
    )
    expect(service?.value?.stringValue).toBe('shop')
  })

  it('lets the spans of the app and ours be one trace in both places', async () => {
    const seen = new InMemorySpanExporter()
    trace.setGlobalTracerProvider(
      provider3({ spanProcessors: [new SimpleSpanProcessor({ exporter: seen }), sdk.insights.exporter] }),
    )
    await sdk.insights.trace({ name: 'ours' }, () => instrumentedCall('theirs'))
    const server = await sent()
    expect(server.spanNames().sort()).toEqual(['ours', 'theirs'])
    expect(seen.getFinishedSpans().map((span) => span.name)).toEqual(['theirs', 'ours'])
  })

  it('does not send twice what an exporter behind a batching processor will bring', async () => {
    const exporter = new HanzoSpanExporter({ host: sdk.server.url })
    const provider = provider3({ spanProcessors: [new BatchSpanProcessor({ exporter })] })
    trace.setGlobalTracerProvider(provider)
    sdk.insights.trace({ name: 'once' }).end()
    await provider.shutdown()
    expect((await sent()).spanNames()).toEqual(['once'])
  })

  it('belongs to the request of the app that is under way', async () => {
    const provider = provider3({ spanProcessors: [sdk.insights.exporter] })
    trace.setGlobalTracerProvider(provider)
    sdk.insights.trace({ name: 'warm up, context manager' }).end()
    const request = provider.getTracer('http').startSpan('POST /chat')
    context.with(trace.setSpan(context.active(), request), () => sdk.insights.trace({ name: 'answer' }).end())
    request.end()
    const server = await sent()
    expect(server.span('answer').parentId).toBe(server.span('POST /chat').spanId)
  })
})
