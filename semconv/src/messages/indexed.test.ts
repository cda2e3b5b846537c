import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../value.ts'
import { INDEXED_PREFIXES, indexedContent } from './indexed.ts'

const read = (attributes: Record<string, Value>) => indexedContent(Object.entries(attributes))
const text = (content: string) => ({ type: 'text', content })

describe('indexedContent', () => {
  it('reads messages of OpenInference', () => {
    const found = read({
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.contents.0.message_content.text': 'When?',
      'llm.input_messages.1.message.contents.1.message_content.type': 'image',
      'llm.input_messages.1.message.contents.1.message_content.image.image.url': 'https://a.test/b.png',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.2.message.role': 'assistant',
      'llm.input_messages.2.message.function_call_name': 'find_train',
      'llm.input_messages.2.message.function_call_arguments_json': '{"to":"Bern"}',
      'llm.input_messages.3.message.role': 'tool',
      'llm.input_messages.3.message.tool_call_id': 'c1',
      'llm.input_messages.3.message.content': '10:32',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c2',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'book',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"seat":4}',
    })
    expect(found.input).toEqual([
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('When?'), { type: 'uri', modality: 'image', uri: 'https://a.test/b.png' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', name: 'find_train', arguments: { to: 'Bern' } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: '10:32' }] },
    ])
    expect(found.output).toEqual([
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c2', name: 'book', arguments: { seat: 4 } }] },
    ])
    expect(found.prefixes).toEqual(['llm.input_messages.', 'llm.output_messages.'])
  })

  it('takes a call that stands among the contents and in the list of calls once', () => {
    const call = (at: string) => ({
      [`llm.output_messages.0.message.${at}.tool_call.id`]: 'c2',
      [`llm.output_messages.0.message.${at}.tool_call.function.name`]: 'book',
      [`llm.output_messages.0.message.${at}.tool_call.function.arguments`]: '{"seat":4}',
    })
    const found = read({
      'llm.output_messages.0.message.contents.0.message_content.type': 'tool_use',
      ...call('contents.0'),
      ...call('tool_calls.0'),
    })
    expect(found.output).toEqual([
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c2', name: 'book', arguments: { seat: 4 } }] },
    ])
  })

  it('reads messages of Traceloop, with content that is JSON of blocks', () => {
    const found = read({
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': '[{"type":"text","text":"When?"}]',
      'gen_ai.prompt.1.role': 'assistant',
      'gen_ai.prompt.1.content': 'null',
      'gen_ai.prompt.1.tool_calls.0.id': 'c1',
      'gen_ai.prompt.1.tool_calls.0.name': 'find_train',
      'gen_ai.prompt.1.tool_calls.0.arguments': '{"to":"Bern"}',
      'gen_ai.prompt.2.role': 'user',
      'gen_ai.prompt.2.content': '["is this JSON?"]',
      'gen_ai.completion.0.role': 'model',
      'gen_ai.completion.0.content': 'At ten.',
      'gen_ai.completion.0.finish_reason': 'stop',
      'gen_ai.completion.1.function_call.name': 'book',
      'gen_ai.completion.1.function_call.arguments': '{"seat":4}',
    })
    expect(found.input).toEqual([
      { role: 'user', parts: [text('When?')] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'find_train', arguments: { to: 'Bern' } }] },
      { role: 'user', parts: [text('["is this JSON?"]')] },
    ])
    expect(found.output).toEqual([
      { role: 'assistant', parts: [text('At ten.')], finish_reason: 'stop' },
      { role: 'assistant', parts: [{ type: 'tool_call', name: 'book', arguments: { seat: 4 } }] },
    ])
    expect(found.finishReasons).toEqual(['stop'])
  })

  it('reads prompts, completions, tools and documents', () => {
    const found = read({
      'llm.prompts.0.prompt.text': 'When?',
      'llm.choices.0.completion.text': 'At ten.',
      'llm.tools.0.tool.json_schema': '{"name":"book","input_schema":{"type":"object"}}',
      'retrieval.documents.0.document.id': 'd1',
      'retrieval.documents.0.document.content': 'Fares',
      'retrieval.documents.0.document.score': 0.5,
      'retrieval.documents.0.document.metadata': '{"page":3}',
      'reranker.input_documents.0.document.content': 'Seats',
    })
    expect(found).toMatchObject({
      input: [{ role: 'user', parts: [text('When?')] }],
      output: [{ role: 'assistant', parts: [text('At ten.')] }],
      tools: [{ name: 'book', input_schema: { type: 'object' } }],
      documents: [{ id: 'd1', content: 'Fares', score: 0.5, metadata: { page: 3 } }],
      inputDocuments: [{ content: 'Seats' }],
    })
  })

  it.each(['parameters', 'arguments'])('reads a function whose schema is under %s', (name) => {
    const found = read({
      'llm.request.functions.0.name': 'book',
      'llm.request.functions.0.description': 'Books a seat',
      [`llm.request.functions.0.${name}`]: '{"type":"object"}',
    })
    expect(found.tools).toEqual([
      { type: 'function', name: 'book', description: 'Books a seat', parameters: { type: 'object' } },
    ])
  })

  it('only sorts by the numbers, and leaves out what is no number or too large', () => {
    const found = read({
      'gen_ai.prompt.999999999.content': 'last',
      'gen_ai.prompt.2.content': 'first',
      'gen_ai.prompt.9999999999.content': 'too large',
      'gen_ai.prompt.name': 'greeting',
      'gen_ai.prompt.1.__proto__.polluted': 'yes',
      'gen_ai.prompt.1.constructor.name': 'yes',
    })
    expect(found.input?.map(({ parts }) => parts)).toEqual([[text('first')], [text('last')]])
  })

  it('trusts one source of messages and says which', () => {
    const found = read({ 'gen_ai.prompt.0.content': 'second', 'llm.input_messages.0.message.content': 'first' })
    expect(found.input?.map(({ parts }) => parts)).toEqual([[text('first')]])
    expect(found.prefixes).toEqual(['llm.input_messages.'])
  })

  it('never throws and loses no text below a prefix that it reads', () => {
    const segment = fc.constantFrom(
      '0',
      '1',
      '07',
      'message',
      'role',
      'content',
      'contents',
      'tool_calls',
      'tool_call',
      'message_content',
      'text',
      'type',
      'id',
      'name',
      'function',
      'arguments',
      'document',
      'metadata',
      'tool',
      'x',
    )
    const key = fc.tuple(
      fc.constantFrom(...INDEXED_PREFIXES.map(({ prefix }) => prefix)),
      fc.constantFrom('0', '3'),
      fc.array(segment, { minLength: 1, maxLength: 5 }),
    )
    let count = 0
    const value = fc.oneof(
      fc.constant(0).map(() => `<${count++}>`),
      fc.double(),
      fc.boolean(),
      fc.bigInt(),
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(
            key.map(([prefix, n, path]) => [prefix, n, '.', path.join('.')].join('')),
            value,
          ),
          { selector: ([name]) => name, maxLength: 12 },
        ),
        (entries) => {
          const found = indexedContent(entries)
          const kept = JSON.stringify(found)
          for (const [name, said] of entries) {
            const isRead = found.prefixes.some((prefix) => name.startsWith(prefix)) && typeof said === 'string'
            // A type is what the part that it makes tells, and a role may be named otherwise.
            if (isRead && !/\.(type|role)$/.test(name)) expect(kept).toContain(said)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
