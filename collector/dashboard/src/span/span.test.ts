import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownOf } from '../content/messages-out.ts'
import { closedJson } from '../content/partial-json.ts'
import { nanosOf, otlpOf } from './otlp.ts'
import { usageLines } from './usage-lines.ts'

describe('JSON that was cut off', () => {
  it('is closed where it ends', () => {
    expect(closedJson('[{"role":"user","parts":[{"type":"text","content":"one tw')).toBe(
      '[{"role":"user","parts":[{"type":"text","content":"one tw"}]}]',
    )
    expect(closedJson('{"a":1,"b')).toBe('{"a":1}')
    expect(closedJson('["x\\u00')).toBe('["x"]')
    expect(closedJson('["x\\')).toBe('["x"]')
    expect(closedJson('no json')).toBeUndefined()
  })

  it('can be read wherever it is cut once the first element is there', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 2, maxLength: 4 }), fc.nat(), (values, seed) => {
        const text = JSON.stringify(values.map((value) => JSON.parse(value)))
        const first = JSON.stringify(JSON.parse(values[0] ?? '0')).length + 3
        const cut = first + (seed % Math.max(1, text.length - first))
        const closed = closedJson(text.slice(0, cut))
        expect(closed).toBeDefined()
        expect(JSON.parse(closed ?? '')[0]).toEqual(JSON.parse(text)[0])
      }),
    )
  })
})

describe('a span taken elsewhere', () => {
  it('is OTLP again, with its content and every nanosecond', () => {
    const request = otlpOf({
      trace_id: 'a'.repeat(32),
      span_id: 'b'.repeat(16),
      parent_span_id: null,
      name: 'chat',
      span_kind: 'client',
      start_time: '2026-01-31T12:00:00.123456789Z',
      end_time: '2026-01-31T12:00:01Z',
      status: 'error',
      status_message: 'too slow',
      input: '[]',
      attributes: { 'gen_ai.request.model': 'gpt-4o' },
      event_times: ['2026-01-31T12:00:00.5Z'],
      event_names: ['exception'],
      event_attributes: [{ 'exception.type': 'E' }],
    })
    expect(request).toMatchObject({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  kind: 3,
                  startTimeUnixNano: '1769860800123456789',
                  endTimeUnixNano: '1769860801000000000',
                  status: { code: 2, message: 'too slow' },
                  attributes: [
                    { key: 'gen_ai.input.messages', value: { stringValue: '[]' } },
                    { key: 'gen_ai.request.model', value: { stringValue: 'gpt-4o' } },
                  ],
                  events: [{ name: 'exception', timeUnixNano: '1769860800500000000' }],
                },
              ],
            },
          ],
        },
      ],
    })
    expect(nanosOf('no time')).toBe('0')
  })

  it('is Markdown in which a fence of the content ends nothing', () => {
    const text = JSON.stringify([
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', response: 'a ``` b' }] },
    ])
    expect(markdownOf(['Be brief.', text, null])).toBe('Be brief.\n\n## user\n\nHi\n\n## tool\n\n````\na ``` b\n````')
  })
})

describe('the usage of a span', () => {
  it('is split so that the parts add up', () => {
    const lines = usageLines({
      input_tokens: 100,
      cache_read_tokens: 60,
      cache_write_tokens: 10,
      output_tokens: 50,
      reasoning_tokens: 20,
      total_tokens: 150,
    })
    const tokens = Object.fromEntries(lines.map((line) => [line.name, line.tokens]))
    expect(tokens).toMatchObject({ 'not cached': 30, said: 30, reasoning: 20, Total: 150 })
    expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })

  it('that is not known is not 0', () => {
    expect(usageLines({ input_tokens: null }).every(({ tokens }) => tokens === undefined)).toBe(true)
  })
})
