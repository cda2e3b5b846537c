import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSdk, type TestSdk } from '../test/sdk.ts'
import { sha1, uuidOf } from './uuid.ts'

let sdk: TestSdk

beforeEach(async () => {
  sdk = await openSdk({ apiKey: 'hz_test' })
})

afterEach(() => sdk.close())

const traceId = 'ab'.repeat(16)

describe('feedback', () => {
  it.each([
    ['thumbs up', { rating: 'positive' }, 1],
    ['thumbs down', { rating: 'negative' }, 0],
    ['stars', { stars: 4 }, 4],
    ['yes or no', { value: false }, false],
    ['a number', { value: 0.25 }, 0.25],
    ['a category', { value: 'too long' }, 'too long'],
    ['only text', { comment: 'Hm.' }, undefined],
  ] as const)('sends %s', async (_, said, value) => {
    expect(await sdk.insights.feedback({ traceId, ...said })).toBe(true)
    const [request] = sdk.server.requests
    expect(request?.path).toBe('/batch/')
    expect(request?.json?.api_key).toBe('hz_test')
    expect(request?.json?.batch[0]?.properties['$ai_metric_value']).toBe(value)
  })

  it('is one for the same user, target and name, and another for any other', async () => {
    const same = { traceId, userId: 'u-1', rating: 'positive' } as const
    await sdk.insights.feedback(same)
    await sdk.insights.feedback({ ...same, rating: 'negative', comment: 'On second thought' })
    await sdk.insights.feedback({ ...same, userId: 'u-2' })
    await sdk.insights.feedback({ ...same, name: 'tone' })
    await sdk.insights.feedback({ ...same, spanId: '12'.repeat(8) })
    const [first, again, ...others] = sdk.server.events().map((event) => event.uuid)
    expect(again).toBe(first)
    expect(new Set([first, ...others]).size).toBe(4)
  })

  it('is refused without a target, and never rejects when nobody answers', async () => {
    expect(await sdk.insights.feedback({ rating: 'positive' })).toBe(false)
    const down = await openSdk({ retryForMs: 1 }, (response) => response.destroy())
    expect(await down.insights.feedback({ traceId, rating: 'positive' })).toBe(false)
    expect(down.insights.dropped).toBe(1)
    await down.close()
  })
})

describe('score', () => {
  it('sends a judgement of a span with its source, author and comment', async () => {
    const step = sdk.insights.trace({ name: 'answer' })
    const facts = {
      name: 'faithful',
      value: 0.9,
      source: 'evaluator',
      author: 'judge-2',
      comment: 'cites both',
    } as const
    expect(await step.score(facts)).toBe(true)
    expect(sdk.server.events()[0]).toMatchObject({
      event: '$ai_metric',
      properties: {
        $ai_trace_id: step.traceId,
        $ai_span_id: step.spanId,
        $ai_metric_name: 'faithful',
        $ai_metric_value: 0.9,
        $ai_feedback_text: 'cites both',
        source: 'evaluator',
        author: 'judge-2',
      },
    })
  })

  it('shares a request with what is said in the same moment', async () => {
    await Promise.all(
      Array.from({ length: 250 }, (_, i) => sdk.insights.score({ sessionId: 's', name: `n${i}`, value: i })),
    )
    expect(sdk.server.requests.map((it) => it.json?.batch.length)).toEqual([100, 100, 50])
  })
})

describe('uuidOf', () => {
  it('hashes as SHA-1 does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(sha1(bytes)).toString('hex')).toBe(createHash('sha1').update(bytes).digest('hex'))
      }),
    )
  })

  it('writes version 5', () => {
    expect(uuidOf('a')).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(uuidOf('a')).toBe(uuidOf('a'))
  })
})
