// One row a form: what an instrumentation writes, and the messages that it means.
import { describe, expect, it } from 'vitest'
import { toConversation } from './conversation.ts'
import type { Side } from './list.ts'

const text = (content: string) => ({ type: 'text', content })
const said = (role: string, ...parts: object[]) => ({ role, parts })
const asked = (...texts: string[]) => said('user', ...texts.map(text))
const call = { type: 'tool_call', id: 'c1', name: 'find_train', arguments: { to: 'Bern' } }
const answer = { type: 'tool_call_response', id: 'c1', response: '10:32' }

type Row = readonly [form: string, side: Side, value: unknown, messages: readonly unknown[]]

const OPENAI: readonly Row[] = [
  [
    'OpenAI Chat messages',
    'input',
    [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', name: 'Ann', content: [{ type: 'text', text: 'When?' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find_train', arguments: '{"to":"Bern"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '10:32' },
    ],
    [
      said('system', text('Be brief.')),
      { role: 'user', parts: [text('When?')], name: 'Ann' },
      said('assistant', call),
      said('tool', answer),
    ],
  ],
  [
    'OpenAI media parts',
    'input',
    [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'https://a.test/b.png', detail: 'low' } },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } },
          { type: 'input_audio', input_audio: { data: 'UklG', format: 'wav' } },
          { type: 'file', file: { file_id: 'file-9' } },
          { type: 'input_image', image_url: 'https://a.test/c.png' },
        ],
      },
    ],
    [
      said(
        'user',
        { type: 'uri', modality: 'image', uri: 'https://a.test/b.png', detail: 'low' },
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBO' },
        { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: 'UklG' },
        { type: 'file', modality: 'document', file_id: 'file-9' },
        { type: 'uri', modality: 'image', uri: 'https://a.test/c.png' },
      ),
    ],
  ],
  [
    'legacy function_call',
    'output',
    { role: 'assistant', content: null, function_call: { name: 'find_train', arguments: '{"to":"Bern"}' } },
    [said('assistant', { type: 'tool_call', name: 'find_train', arguments: { to: 'Bern' } })],
  ],
  [
    'a refusal',
    'output',
    { role: 'assistant', content: null, refusal: 'I cannot.' },
    [said('assistant', text('I cannot.'))],
  ],
  [
    'a Chat response',
    'output',
    {
      id: 'x',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'At ten.' }, finish_reason: 'stop', logprobs: null },
        { index: 1, message: { role: 'assistant', content: 'Later.' }, finish_reason: 'length' },
      ],
    },
    [
      { ...said('assistant', text('At ten.')), finish_reason: 'stop' },
      { ...said('assistant', text('Later.')), finish_reason: 'length' },
    ],
  ],
  [
    'the chunks of a streamed reply',
    'output',
    [
      { choices: [{ index: 0, delta: { role: 'assistant', content: 'At ' } }] },
      { choices: [{ index: 0, delta: { content: 'ten.' } }] },
      {
        choices: [
          {
            index: 0,
            delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'find_train', arguments: '{"to":' } }] },
          },
        ],
      },
      { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '"Bern"}' } }] } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ],
    [{ role: 'assistant', parts: [text('At ten.'), call], finish_reason: 'stop' }],
  ],
  [
    'text with a finish reason',
    'output',
    { text: 'At ten.', finish_reason: 'stop' },
    [{ role: 'assistant', parts: [text('At ten.')], finish_reason: 'stop' }],
  ],
  ['Responses input as text', 'input', { model: 'gpt-5', input: 'When?' }, [asked('When?')]],
  [
    'Responses items',
    'input',
    [
      { role: 'user', content: 'When?' },
      { type: 'reasoning', id: 'r1', summary: [{ type: 'summary_text', text: 'They travel.' }] },
      { type: 'function_call', id: 'f1', call_id: 'c1', name: 'find_train', arguments: '{"to":"Bern"}' },
      { type: 'function_call_output', call_id: 'c1', output: '10:32' },
    ],
    [
      asked('When?'),
      said('assistant', { type: 'reasoning', content: 'They travel.', id: 'r1' }, { ...call, source_id: 'f1' }),
      said('tool', answer),
    ],
  ],
  [
    'a Responses response',
    'output',
    {
      object: 'response',
      output: [
        { type: 'web_search_call', id: 'w1', status: 'completed', action: { query: 'trains' } },
        { type: 'message', id: 'm1', role: 'assistant', content: [{ type: 'output_text', text: 'At ten.' }] },
      ],
    },
    [
      said(
        'assistant',
        {
          type: 'server_tool_call',
          id: 'w1',
          name: 'web_search',
          server_tool_call: { type: 'web_search_call', status: 'completed', action: { query: 'trains' } },
        },
        { type: 'text', content: 'At ten.', id: 'm1' },
      ),
    ],
  ],
]

const OTHERS: readonly Row[] = [
  [
    'Anthropic messages',
    'input',
    {
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'They travel.', signature: 'sig' },
            { type: 'tool_use', id: 'c1', name: 'find_train', input: { to: 'Bern' } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: '10:32' }] }],
        },
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
            { type: 'document', source: { type: 'url', url: 'https://a.test/d.pdf' }, title: 'Fares' },
          ],
        },
      ],
    },
    [
      said('assistant', { type: 'reasoning', content: 'They travel.', signature: 'sig' }, call),
      said('user', answer),
      said(
        'user',
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBO' },
        { type: 'uri', modality: 'document', uri: 'https://a.test/d.pdf', title: 'Fares' },
      ),
    ],
  ],
  [
    'Gemini contents',
    'input',
    {
      contents: [
        { role: 'user', parts: [{ text: 'When?' }, { inlineData: { mimeType: 'image/png', data: 'iVBO' } }] },
        {
          role: 'model',
          parts: [
            { text: 'They travel.', thought: true },
            { functionCall: { id: 'c1', name: 'find_train', args: { to: 'Bern' } } },
          ],
        },
        { role: 'user', parts: [{ functionResponse: { id: 'c1', name: 'find_train', response: { at: '10:32' } } }] },
      ],
    },
    [
      said('user', text('When?'), { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBO' }),
      said('assistant', { type: 'reasoning', content: 'They travel.' }, call),
      said('user', { type: 'tool_call_response', id: 'c1', name: 'find_train', response: { at: '10:32' } }),
    ],
  ],
  [
    'Bedrock Converse',
    'input',
    [
      { role: 'user', content: [{ text: 'When?' }, { image: { format: 'png', source: { bytes: 'iVBO' } } }] },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'They travel.', signature: 's' } } },
          { toolUse: { toolUseId: 'c1', name: 'find_train', input: { to: 'Bern' } } },
        ],
      },
      { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ text: '10:32' }] } }] },
    ],
    [
      said('user', text('When?'), { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBO' }),
      said('assistant', { type: 'reasoning', content: 'They travel.', signature: 's' }, call),
      said('user', answer),
    ],
  ],
  [
    'AI SDK messages',
    'input',
    [
      { role: 'user', content: [{ type: 'file', data: 'https://a.test/d.pdf', mediaType: 'application/pdf' }] },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'They travel.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'find_train', input: { to: 'Bern' } },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'find_train', output: { type: 'text', value: '10:32' } },
        ],
      },
    ],
    [
      said('user', { type: 'uri', modality: 'document', mime_type: 'application/pdf', uri: 'https://a.test/d.pdf' }),
      said('assistant', { type: 'reasoning', content: 'They travel.' }, call),
      said('tool', { ...answer, name: 'find_train' }),
    ],
  ],
  [
    'serialised LangChain messages',
    'input',
    {
      messages: [
        [
          {
            lc: 1,
            type: 'constructor',
            id: ['langchain_core', 'messages', 'HumanMessage'],
            kwargs: { content: 'When?', additional_kwargs: {} },
          },
          {
            lc: 1,
            type: 'constructor',
            id: ['langchain_core', 'messages', 'AIMessage'],
            kwargs: {
              content: '',
              tool_calls: [{ name: 'find_train', args: { to: 'Bern' }, id: 'c1', type: 'tool_call' }],
            },
          },
          {
            lc: 1,
            type: 'constructor',
            id: ['langchain_core', 'messages', 'ToolMessage'],
            kwargs: { content: '10:32', tool_call_id: 'c1' },
          },
        ],
      ],
    },
    [asked('When?'), said('assistant', call), said('tool', answer)],
  ],
  [
    'Genkit',
    'output',
    {
      message: {
        role: 'model',
        content: [{ text: 'At ten.' }, { toolRequest: { name: 'find_train', ref: 'c1', input: { to: 'Bern' } } }],
      },
      finishReason: 'stop',
    },
    [{ role: 'assistant', parts: [text('At ten.'), call], finish_reason: 'stop' }],
  ],
  [
    'Haystack replies',
    'output',
    { replies: [{ role: 'assistant', content: [{ text: 'At ten.' }] }] },
    [said('assistant', text('At ten.'))],
  ],
  [
    'Strands event content',
    'input',
    '[{"toolResult":{"toolUseId":"c1","content":[{"text":"10:32"}]}}]',
    [said('tool', answer)],
  ],
  ['texts to embed', 'input', ['one', 'two'], [asked('one'), asked('two')]],
  ['a bare text', 'output', 'At ten.', [said('assistant', text('At ten.'))]],
  ['double-encoded JSON', 'input', '[{"role":"user","content":"When?"}]', [asked('When?')]],
  ['a placeholder', 'input', {}, []],
]

describe('forms of messages', () => {
  it.each([...OPENAI, ...OTHERS])('%s becomes canonical messages', (_, side, value, messages) => {
    expect(toConversation(value, side)?.messages).toEqual(messages)
  })

  it.each([
    ['arguments of a tool', { city: 'Bern', days: [1, 2] }],
    ['the input of a chain', { question: 'When?' }],
    ['a chain that names its text', { input: 'When?' }],
    ['definitions of tools', [{ type: 'function', function: { name: 'find_train', parameters: {} } }]],
    ['a list of numbers', [1, 2]],
    ['documents', [{ id: 'd1', text: 'Fares', score: 0.4 }]],
    ['a number', 7],
  ])('%s are no conversation', (_, value) => {
    expect(toConversation(value, 'input')).toBeUndefined()
  })
})
