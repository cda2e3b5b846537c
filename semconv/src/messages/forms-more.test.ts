// Forms of frameworks, gateways and smaller providers: one row each, as in forms.test.ts.
import { describe, expect, it } from 'vitest'
import { toConversation } from './conversation.ts'
import type { Side } from './list.ts'

const text = (content: string) => ({ type: 'text', content })
const said = (role: string, ...parts: object[]) => ({ role, parts })
const asked = said('user', text('When?'))
const told = said('assistant', text('At ten.'))
const stopped = { ...told, finish_reason: 'stop' }
const call = { type: 'tool_call', id: 'c1', name: 'find_train', arguments: { to: 'Bern' } }
const answer = { type: 'tool_call_response', id: 'c1', response: '10:32' }

type Row = readonly [form: string, side: Side, value: unknown, messages: readonly unknown[]]

const ROWS: readonly Row[] = [
  [
    'LlamaIndex blocks',
    'input',
    { messages: [{ role: 'user', blocks: [{ block_type: 'text', text: 'When?' }] }] },
    [asked],
  ],
  [
    'AutoGen messages',
    'input',
    { messages: [{ content: 'When?', source: 'ann', type: 'UserMessage' }] },
    [{ ...asked, source: 'ann' }],
  ],
  [
    'LangChain dictionaries',
    'input',
    [
      [
        { type: 'human', data: { content: 'When?' } },
        { type: 'ai', content: 'At ten.' },
      ],
    ],
    [asked, told],
  ],
  [
    'LangChain pairs',
    'input',
    {
      messages: [
        ['human', 'When?'],
        ['ai', 'At ten.'],
      ],
    },
    [asked, told],
  ],
  [
    'LangChain generations',
    'output',
    {
      generations: [
        [{ text: 'At ten.', message: { type: 'ai', content: 'At ten.' }, generation_info: { finish_reason: 'stop' } }],
      ],
      llm_output: { n: 1 },
    },
    [{ ...stopped, generation_info: { finish_reason: 'stop' } }],
  ],
  [
    'the inputs of a traced step',
    'input',
    { inputs: { messages: [{ role: 'user', content: 'When?' }] }, tags: ['a'] },
    [asked],
  ],
  [
    'Haystack messages',
    'output',
    {
      replies: [
        {
          _role: 'assistant',
          _content: [{ tool_call: { tool_name: 'find_train', arguments: { to: 'Bern' }, id: 'c1' } }],
          _meta: { finish_reason: 'tool_calls' },
        },
      ],
    },
    [{ role: 'assistant', parts: [call], finish_reason: 'tool_calls', _meta: { finish_reason: 'tool_calls' } }],
  ],
  [
    "a tool's answer in Haystack",
    'input',
    [{ role: 'tool', content: [{ tool_call_result: { result: '10:32', error: false, origin: { id: 'c1' } } }] }],
    [said('tool', { ...answer, error: false, origin: { id: 'c1' } })],
  ],
  [
    'Cohere with a history',
    'input',
    {
      model: 'command',
      message: 'When?',
      chat_history: [
        { role: 'USER', message: 'Hello' },
        { role: 'CHATBOT', message: 'At ten.' },
      ],
    },
    [said('user', text('Hello')), told, asked],
  ],
  [
    'a response of Cohere 1',
    'output',
    {
      text: 'At ten.',
      generation_id: 'g',
      finish_reason: 'stop',
      tool_calls: [{ name: 'find_train', parameters: { to: 'Bern' } }],
    },
    [
      {
        role: 'assistant',
        parts: [text('At ten.'), { type: 'tool_call', name: 'find_train', arguments: { to: 'Bern' } }],
        finish_reason: 'stop',
      },
    ],
  ],
  [
    'a response of Cohere 2',
    'output',
    {
      id: 'x',
      message: { role: 'assistant', tool_plan: 'I look.', content: [{ type: 'text', text: 'At ten.' }] },
      finish_reason: 'stop',
    },
    [{ role: 'assistant', parts: [{ type: 'reasoning', content: 'I look.' }, text('At ten.')], finish_reason: 'stop' }],
  ],
  [
    'Ollama chat',
    'output',
    {
      model: 'm',
      message: { role: 'assistant', content: 'At ten.', thinking: 'Hm.' },
      done: true,
      done_reason: 'stop',
    },
    [{ role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, text('At ten.')], finish_reason: 'stop' }],
  ],
  ['Ollama generate', 'output', { model: 'm', response: 'At ten.', done: true, done_reason: 'stop' }, [stopped]],
  [
    'images of Ollama',
    'input',
    [{ role: 'user', content: 'When?', images: ['iVBO'] }],
    [said('user', text('When?'), { type: 'blob', modality: 'image', content: 'iVBO' })],
  ],
  [
    'Titan',
    'output',
    { inputTextTokenCount: 3, results: [{ outputText: 'At ten.', completionReason: 'stop' }] },
    [stopped],
  ],
  ['Mistral on Bedrock', 'output', { outputs: [{ text: 'At ten.', stop_reason: 'stop' }] }, [stopped]],
  ['AI21', 'output', { completions: [{ data: { text: 'At ten.' } }] }, [told]],
  ['Llama on Bedrock', 'output', { generation: 'At ten.', stop_reason: 'stop' }, [stopped]],
  ['a text generation server', 'output', { generated_text: 'At ten.' }, [told]],
  ['a legacy completion of Anthropic', 'output', { completion: 'At ten.', stop_reason: 'stop' }, [stopped]],
  ['a logged stream', 'output', { combined_chunk_content: 'At ten.', chunk_count: 3 }, [told]],
  [
    'a logged response',
    'output',
    { message: { role: 'assistant', content: 'At ten.', tool_calls: null }, usage: { total_tokens: 9 } },
    [told],
  ],
  [
    'Bedrock Converse response',
    'output',
    { output: { message: { role: 'assistant', content: [{ text: 'At ten.' }] } }, stopReason: 'stop', usage: {} },
    [stopped],
  ],
  [
    'Gemini response',
    'output',
    { candidates: [{ content: { role: 'model', parts: [{ text: 'At ten.' }] }, finishReason: 'stop' }] },
    [stopped],
  ],
  [
    'a stream of Gemini responses',
    'output',
    [
      { candidates: [{ content: { role: 'model', parts: [{ text: 'At ' }] } }] },
      {
        candidates: [{ content: { role: 'model', parts: [{ text: 'ten.' }] }, finishReason: 'stop' }],
        usageMetadata: { totalTokenCount: 9 },
      },
    ],
    [stopped],
  ],
  [
    'chunks of Gemini CLI',
    'output',
    [
      { role: 'model', parts: [{ text: 'At ' }] },
      {
        role: 'model',
        parts: [{ text: 'ten.' }, { functionCall: { id: 'c1', name: 'find_train', args: { to: 'Bern' } } }],
      },
    ],
    [said('assistant', text('At ten.'), call)],
  ],
  [
    'replies of Gemini that each came to an end',
    'output',
    [
      { role: 'model', parts: [{ text: 'a' }], finish_reason: 'stop' },
      { role: 'model', parts: [{ text: 'b' }], finish_reason: 'stop' },
    ],
    [
      { ...said('assistant', text('a')), finish_reason: 'stop' },
      { ...said('assistant', text('b')), finish_reason: 'stop' },
    ],
  ],
  [
    'ADK responses in snake_case',
    'output',
    {
      content: {
        parts: [{ text: 'At ten.' }, { function_call: { id: 'c1', name: 'find_train', args: { to: 'Bern' } } }],
        role: 'model',
      },
      partial: false,
      finish_reason: 'stop',
    },
    [{ role: 'assistant', parts: [text('At ten.'), call], finish_reason: 'stop' }],
  ],
  [
    'messages of the AI SDK user interface',
    'input',
    [
      { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'When?' }] },
      {
        id: 'm2',
        role: 'assistant',
        parts: [
          { type: 'step-start' },
          {
            type: 'tool-find_train',
            toolCallId: 'c1',
            state: 'output-available',
            input: { to: 'Bern' },
            output: '10:32',
          },
        ],
      },
    ],
    [
      { ...asked, id: 'm1' },
      { role: 'assistant', parts: [{ type: 'step-start' }, { ...call, state: 'output-available' }, answer], id: 'm2' },
    ],
  ],
  [
    'tool invocations of AI SDK 4',
    'input',
    [
      {
        role: 'assistant',
        content: '',
        toolInvocations: [
          { state: 'result', toolCallId: 'c1', toolName: 'find_train', args: { to: 'Bern' }, result: '10:32' },
        ],
      },
    ],
    [said('assistant', { ...call, state: 'result' }, answer)],
  ],
  [
    'a result of the AI SDK',
    'output',
    {
      text: 'At ten.',
      toolCalls: [{ toolCallId: 'c1', toolName: 'find_train', input: { to: 'Bern' } }],
      finishReason: 'stop',
      usage: {},
    },
    [{ role: 'assistant', parts: [text('At ten.'), call], finish_reason: 'stop' }],
  ],
  ['a prompt of the AI SDK', 'input', { system: 'Be brief.', prompt: 'When?' }, [asked]],
  [
    "pydantic-ai's own messages",
    'input',
    [
      {
        kind: 'request',
        parts: [
          { part_kind: 'system-prompt', content: 'Be brief.' },
          { part_kind: 'user-prompt', content: ['When?', { kind: 'image-url', url: 'https://a.test/b.png' }] },
        ],
      },
      {
        kind: 'response',
        parts: [
          { part_kind: 'thinking', content: 'Hm.' },
          { part_kind: 'tool-call', tool_name: 'find_train', args: '{"to":"Bern"}', tool_call_id: 'c1' },
        ],
      },
      {
        kind: 'request',
        parts: [{ part_kind: 'tool-return', tool_name: 'find_train', content: '10:32', tool_call_id: 'c1' }],
      },
    ],
    [
      said('user', text('Be brief.'), text('When?'), { type: 'uri', modality: 'image', uri: 'https://a.test/b.png' }),
      said('assistant', { type: 'reasoning', content: 'Hm.' }, call),
      said('user', { ...answer, name: 'find_train' }),
    ],
  ],
  [
    'events in one attribute',
    'output',
    [
      { 'event.name': 'gen_ai.user.message', content: 'When?', role: 'user' },
      {
        'event.name': 'gen_ai.choice',
        index: 0,
        message: { role: 'assistant', content: 'At ten.' },
        finish_reason: 'stop',
      },
    ],
    [{ ...stopped, index: 0 }],
  ],
  [
    'messages of the Agent SDK for Claude',
    'output',
    [
      {
        type: 'assistant',
        message: { role: 'assistant', content: [{ type: 'text', text: 'At ten.' }] },
        session_id: 's',
      },
    ],
    [{ ...told, session_id: 's' }],
  ],
  [
    'the context of LiveKit',
    'input',
    {
      items: [
        { type: 'message', role: 'user', content: ['When?'] },
        { type: 'function_call', call_id: 'c1', name: 'find_train', arguments: '{"to":"Bern"}' },
        { type: 'function_call_output', call_id: 'c1', output: '10:32' },
      ],
    },
    [asked, said('assistant', call), said('tool', answer)],
  ],
  [
    'bodies of AgentCore',
    'output',
    {
      output: {
        messages: [{ role: 'assistant', content: { message: '[{"text":"At ten."}]', finish_reason: 'stop' } }],
      },
    },
    [stopped],
  ],
  [
    'content that is JSON text of blocks',
    'input',
    [{ role: 'user', content: '[{"type":"text","text":"When?"}]' }],
    [asked],
  ],
  [
    'hosted tools of Anthropic',
    'output',
    [
      { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'x' } },
      { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ url: 'u' }] },
      { type: 'text', text: 'At ten.' },
    ],
    [
      said(
        'assistant',
        {
          type: 'server_tool_call',
          id: 's1',
          name: 'web_search',
          server_tool_call: { type: 'server_tool_use', input: { query: 'x' } },
        },
        {
          type: 'server_tool_call_response',
          id: 's1',
          server_tool_call_response: { type: 'web_search_tool_result', content: [{ url: 'u' }] },
        },
        text('At ten.'),
      ),
    ],
  ],
  [
    'a spoken reply',
    'output',
    { role: 'assistant', content: null, audio: { id: 'a1', data: 'UklG', transcript: 'At ten.' } },
    [said('assistant', text('At ten.'), { type: 'blob', modality: 'audio', content: 'UklG', id: 'a1' })],
  ],
]

describe('forms of messages', () => {
  it.each(ROWS)('%s becomes canonical messages', (_, side, value, messages) => {
    expect(toConversation(value, side)?.messages).toEqual(messages)
  })

  it('finds system instructions, tools, model and settings in a body', () => {
    const tools = [{ name: 'find_train' }]
    const messages = [{ role: 'user', content: 'When?' }]
    const found = { messages: [asked], system: [text('Be brief.')], tools, model: 'm', params: { temperature: 0.2 } }
    expect(toConversation({ model: 'm', system: 'Be brief.', messages, tools, temperature: 0.2 }, 'input')).toEqual(
      found,
    )
    expect(
      toConversation({ model: 'm', instructions: 'Be brief.', input: messages, tools, temperature: 0.2 }, 'input'),
    ).toEqual(found)
    expect(
      toConversation(
        {
          model: 'm',
          contents: messages,
          config: { systemInstruction: { parts: [{ text: 'Be brief.' }] }, tools, topP: 1 },
        },
        'input',
      ),
    ).toEqual({ ...found, params: { config: { topP: 1 } } })
    expect(
      toConversation({ system: [{ text: 'Be brief.' }], messages, toolConfig: { tools }, modelId: 'm' }, 'input'),
    ).toEqual({
      messages: [asked],
      system: [text('Be brief.')],
      tools,
      params: { modelId: 'm' },
    })
  })

  it('keeps apart what a response says of itself', () => {
    const response = {
      id: 'r',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'At ten.' }],
      stop_reason: 'stop',
      usage: { input_tokens: 3 },
    }
    expect(toConversation(response, 'output')).toEqual({
      messages: [stopped],
      model: 'm',
      finishReasons: ['stop'],
      params: { id: 'r', usage: { input_tokens: 3 } },
    })
  })

  it('keeps apart the raw response that a framework shows beside its message', () => {
    const shown = { role: 'assistant', content: 'At ten.', raw: { choices: [] }, token_usage: { input_tokens: 3 } }
    expect(toConversation(shown, 'output')).toEqual({
      messages: [told],
      params: { raw: { choices: [] }, token_usage: { input_tokens: 3 } },
    })
  })

  it('tells the asking from the reply among events', () => {
    const events = [
      { 'event.name': 'gen_ai.system.message', content: 'Be brief.', role: 'system' },
      { 'event.name': 'gen_ai.user.message', content: 'When?', role: 'user' },
      { 'event.name': 'gen_ai.tool.message', content: '10:32', id: 'c1', role: 'tool' },
      { 'event.name': 'gen_ai.assistant.message', content: 'At ten.', role: 'assistant' },
    ]
    expect(toConversation(events, 'input')).toEqual({
      messages: [asked, said('tool', answer)],
      system: [text('Be brief.')],
    })
    expect(toConversation(events, 'output')).toEqual({ messages: [told] })
  })

  it.each([
    ['a list of results', { results: [{ text: 'Fares', score: 1 }] }],
    ['files to write', { path: 'a.txt', contents: 'Fares' }],
    ['a picture to draw', { prompt: 'a train', size: '512' }],
    ['a channel to post to', { channel: 'c', messages: ['hi'] }],
    ['texts under a name', { output: [{ text: 'Fares' }, { text: 'Seats' }] }],
    ['a person with a role', [{ role: 'admin', name: 'Ann' }]],
    ['a listing', [{ type: 'file', name: 'a.txt' }]],
  ])('%s are no conversation', (_, value) => {
    expect([toConversation(value, 'input'), toConversation(value, 'output')]).toEqual([undefined, undefined])
  })
})
