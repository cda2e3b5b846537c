import { describe, expect, it } from 'vitest'
import { createPricing } from '../price/pricing.ts'
import { Normalizer } from './normalizer.ts'
import { OpenBatch } from './open-batch.ts'
import type { Row } from './testing/native-reader.ts'
import { encodeRequest } from './testing/requests.ts'
import { rowsOf, takeBlocks, telemetry } from './testing/write-request.ts'

/** A word a token: sums that can be checked by eye. */
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length

const message = (role: string, text: string) => ({ role, parts: [{ type: 'text', content: text }] })
const INPUT = JSON.stringify([message('system', 'be brief'), message('user', 'what is the capital of France')])
const OUTPUT = JSON.stringify([{ ...message('assistant', 'it is Paris of course'), finish_reason: 'stop' }])

function rowOf(
  attributes: Readonly<Record<string, string | number>>,
  options: { countTokens?: typeof words; failed?: boolean } = { countTokens: words },
): Row {
  const span = {
    traceId: Buffer.alloc(16, 1),
    spanId: Buffer.alloc(8, 1),
    name: 'chat',
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000000500000000',
    status: options.failed ? { code: 2 } : {},
    attributes: Object.entries({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      ...attributes,
    }).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: value } : { stringValue: value },
    })),
  }
  const { countTokens } = options
  const normalizer = new Normalizer({
    pricing: createPricing(),
    maxAttributes: 64,
    retentionDays: () => 90,
    ...(countTokens ? { countTokens } : {}),
  })
  const batch = new OpenBatch()
  normalizer.writeTraces(telemetry(encodeRequest({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })), batch)
  return takeBlocks(batch).flatMap(rowsOf)[0]!
}

describe('usage that nobody told', () => {
  it('is estimated from what went in and came out, and marked so with its cost', () => {
    const row = rowOf({ 'gen_ai.input.messages': INPUT, 'gen_ai.output.messages': OUTPUT })
    // 2 + 6 words, 4 tokens a message and 3 a call; 5 words out: 19 x 2.5 + 5 x 10 per million
    expect(row).toMatchObject({
      input_tokens: 19,
      output_tokens: 5,
      usage_rule: 'estimated',
      cost_source: 'estimated',
      cost_usd: 97_500_000n,
    })
  })

  it('counts system instructions, tool definitions and tool calls, and no media', () => {
    const call = { type: 'tool_call', id: 'x y z', name: 'search', arguments: { query: 'two words' } }
    const image = { type: 'blob', mime_type: 'image/png', content: 'a a a a a a a a a a a a' }
    const row = rowOf({
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [image, { type: 'text', content: 'look here' }] },
      ]),
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'be very brief' }]),
      'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'search', description: 'finds things' }]),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [call] }]),
    })
    // in: 2 + 3 + 3 words in three entries; out: its name, and its arguments as JSON
    expect(row).toMatchObject({ input_tokens: 2 + 3 + 3 + 3 * 4 + 3, output_tokens: 1 + 2 })
  })

  it('is left alone where it was told, and a half that is missing is filled', () => {
    const content = { 'gen_ai.input.messages': INPUT, 'gen_ai.output.messages': OUTPUT }
    expect(rowOf({ ...content, 'gen_ai.usage.input_tokens': 7, 'gen_ai.usage.output_tokens': 3 })).toMatchObject({
      input_tokens: 7,
      output_tokens: 3,
      usage_rule: '',
      cost_source: 'computed',
    })
    expect(rowOf({ ...content, 'gen_ai.usage.input_tokens': 7 })).toMatchObject({
      input_tokens: 7,
      output_tokens: 5,
      usage_rule: 'estimated',
    })
  })

  it('does not replace what the sender says it cost', () => {
    const row = rowOf({ 'gen_ai.input.messages': INPUT, 'gen_ai.output.messages': OUTPUT, 'gen_ai.usage.cost': 1 })
    expect(row).toMatchObject({ cost_source: 'reported', usage_rule: 'estimated', cost_usd: 1_000_000_000_000n })
  })

  it('stays unknown for a call without an answer, without content, and where nobody asked for estimates', () => {
    const unknown = { input_tokens: null, output_tokens: null, cost_usd: null, cost_reason: 'no_usage', usage_rule: '' }
    expect(rowOf({ 'gen_ai.input.messages': INPUT }, { countTokens: words, failed: true })).toMatchObject(unknown)
    expect(rowOf({})).toMatchObject(unknown)
    expect(rowOf({ 'gen_ai.input.messages': INPUT, 'gen_ai.output.messages': OUTPUT }, {})).toMatchObject(unknown)
  })
})
