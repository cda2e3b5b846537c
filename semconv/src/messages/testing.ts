// Test help: fast-check arbitraries of content in every form, whose texts are marked so that a test can look for them.
import fc from 'fast-check'

let count = 0
/** A text that occurs once. */
const word = fc.string({ maxLength: 6 }).map((text) => `<${count++}>${text}`)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const args = fc.dictionary(fc.constantFrom('city', 'day', '__proto__', 'constructor'), word, { maxKeys: 2 })
const extra = fc.dictionary(
  fc.constantFrom('id', 'status', 'metadata', 'name', 'type2', 'source_id', 'result', '__proto__', 'index', 'content2'),
  fc.oneof(word, fc.record({ a: word }), fc.nat(), fc.constant(null), fc.constant([])),
  { maxKeys: 2 },
)
const withExtra = <T extends object>(arbitrary: fc.Arbitrary<T>) =>
  fc.tuple(extra, arbitrary).map(([more, value]) => ({ ...more, ...value }))

const call = fc.oneof(
  fc.record({
    id: word,
    type: fc.constant('function'),
    function: fc.record({ name: word, arguments: args.map((a) => JSON.stringify(a)) }),
  }),
  fc.record({ id: word, name: word, args, type: fc.constant('tool_call') }),
  fc.record({ toolCallId: word, toolName: word, args }),
  fc.record({ name: word, parameters: args }),
)

const block = withExtra(
  fc.oneof<fc.Arbitrary<object>[]>(
    fc.record({ type: fc.constantFrom('text', 'input_text', 'output_text'), text: word }),
    fc.record({ type: fc.constantFrom('text', 'reasoning'), content: word }),
    fc.record({ text: word, thought: maybe(fc.boolean()) }),
    fc.record({
      type: fc.constant('text'),
      text: fc.record({ value: word, annotations: fc.array(word, { maxLength: 2 }) }),
    }),
    fc.record({ type: fc.constant('thinking'), thinking: word, signature: word }),
    fc.record({ type: fc.constant('reasoning'), text: word }),
    fc.record({
      type: fc.constant('reasoning'),
      summary: fc.array(fc.record({ type: fc.constant('summary_text'), text: word }), { maxLength: 2 }),
    }),
    fc.record({ reasoningContent: fc.record({ reasoningText: fc.record({ text: word, signature: word }) }) }),
    fc.record({ type: fc.constant('tool_use'), id: word, name: word, input: args }),
    fc.record({
      type: fc.constant('tool_result'),
      tool_use_id: word,
      content: fc.oneof(word, fc.array(fc.record({ type: fc.constant('text'), text: word }), { maxLength: 2 })),
    }),
    fc.record({ type: fc.constant('tool-call'), toolCallId: word, toolName: word, input: args }),
    fc.record({
      type: fc.constant('tool-result'),
      toolCallId: word,
      toolName: word,
      output: fc.record({ type: fc.constant('json'), value: args }),
    }),
    fc.record({ type: fc.constant('tool_call_response'), id: word, result: word }),
    fc.record({ type: fc.constant('tool_call'), id: word, name: word, arguments: args }),
    fc.record({ toolUse: fc.record({ toolUseId: word, name: word, input: args }) }),
    fc.record({
      toolResult: fc.record({
        toolUseId: word,
        content: fc.array(fc.oneof(fc.record({ text: word }), fc.record({ json: args })), { maxLength: 2 }),
      }),
    }),
    fc.record({ functionCall: withExtra(fc.record({ name: word, args })), thoughtSignature: word }),
    fc.record({ function_response: fc.record({ name: word, response: args }) }),
    fc.record({ toolRequest: fc.record({ name: word, ref: word, input: args }) }),
    fc.record({
      tool_call_result: fc.record({
        result: word,
        error: fc.boolean(),
        origin: fc.record({ id: word, tool_name: word }),
      }),
    }),
    fc.record({ inlineData: fc.record({ mimeType: word, data: word }) }),
    fc.record({ media: fc.record({ url: word, contentType: word }) }),
    fc.record({ image: fc.record({ format: word, source: fc.record({ bytes: word }) }) }),
    fc.record({ type: fc.constant('image_url'), image_url: fc.record({ url: word, detail: word }) }),
    fc.record({
      type: fc.constant('image'),
      source: fc.record({ type: fc.constant('base64'), media_type: word, data: word }),
    }),
    fc.record({
      type: fc.constant('document'),
      source: fc.record({ type: fc.constant('text'), media_type: word, data: word }),
      title: word,
    }),
    fc.record({ type: fc.constant('file'), file: fc.record({ file_id: word, filename: word }) }),
    fc.record({ type: fc.constant('file'), data: word, mediaType: word }),
    fc.record({ type: fc.constant('server_tool_use'), id: word, name: word, input: args }),
    fc.record({
      type: fc.constant('web_search_tool_result'),
      tool_use_id: word,
      content: fc.array(args, { maxLength: 2 }),
    }),
    fc.record({ type: fc.constant('web_search_call'), id: word, action: args }),
    fc.record({ type: fc.constant('refusal'), refusal: word }),
    fc.record({
      type: fc.constantFrom('tool-look', 'dynamic-tool'),
      toolCallId: word,
      toolName: word,
      state: word,
      input: args,
      output: maybe(word),
      errorText: maybe(word),
    }),
    fc.record({
      part_kind: fc.constant('user-prompt'),
      content: fc.oneof(word, fc.array(word, { maxLength: 2 })),
      timestamp: word,
    }),
    fc.record({
      part_kind: fc.constantFrom('tool-call', 'tool-return'),
      tool_name: word,
      tool_call_id: word,
      args: word,
      content: word,
    }),
    fc.record({ block_type: fc.constant('text'), text: word }),
    fc.record({ kind: fc.constantFrom('image-url', 'binary'), url: word, media_type: word }),
    fc.record({ type: word, payload: args }),
    fc.record({ unknown: word }),
  ),
)

const content = fc.oneof<fc.Arbitrary<unknown>[]>(word, fc.constant(null), fc.array(block, { maxLength: 3 }), block)

const message = withExtra(
  fc.oneof<fc.Arbitrary<object>[]>(
    fc.record({
      role: fc.constantFrom('user', 'assistant', 'system', 'tool', 'model', 'human', 'developer'),
      content,
      tool_calls: maybe(fc.array(call, { maxLength: 2 })),
      tool_call_id: maybe(word),
      name: maybe(word),
      finish_reason: maybe(word),
      reasoning_content: maybe(word),
      refusal: maybe(word),
      text: maybe(word),
      audio: maybe(fc.record({ id: word, data: word, transcript: word })),
      images: maybe(fc.array(word, { maxLength: 2 })),
      toolInvocations: maybe(
        fc.array(fc.record({ toolCallId: word, toolName: word, args, result: maybe(word) }), { maxLength: 2 }),
      ),
    }),
    fc.record({ role: fc.constantFrom('user', 'model'), parts: fc.array(block, { maxLength: 3 }) }),
    fc.record({
      lc: fc.constant(1),
      type: fc.constant('constructor'),
      id: fc.constantFrom(
        ...['HumanMessage', 'AIMessage', 'ToolMessage'].map((name) => ['langchain_core', 'messages', name]),
      ),
      kwargs: withExtra(
        fc.record({
          content,
          additional_kwargs: fc.oneof(args, fc.record({ reasoning_content: word })),
          tool_calls: maybe(fc.array(call, { maxLength: 2 })),
          tool_call_id: maybe(word),
          response_metadata: fc.record({ finish_reason: word, model_name: word }),
        }),
      ),
    }),
    fc.record({
      message: fc.record({ role: fc.constant('model'), content }),
      finishReason: maybe(word),
      index: fc.nat(2),
    }),
    fc.record({
      type: fc.constant('function_call'),
      call_id: word,
      id: word,
      name: word,
      arguments: args.map((a) => JSON.stringify(a)),
    }),
    fc.record({
      role: fc.constant('assistant'),
      content: fc.record({ message: fc.oneof(word, fc.constant('[{"text":"x"}]')), finish_reason: word }),
    }),
    fc.record({ type: fc.constantFrom('human', 'ai'), data: withExtra(fc.record({ content: word })) }),
    fc.record({
      'event.name': fc.constantFrom('gen_ai.user.message', 'gen_ai.tool.message'),
      content,
      role: maybe(fc.constantFrom('user', 'tool')),
    }),
    fc.record({ type: fc.constant('function_call_output'), call_id: word, output: word }),
    fc.record({ type: fc.constant('message'), id: word, status: word, role: fc.constant('assistant'), content }),
  ),
)

const messages = fc.array(message, { maxLength: 4 })
const delta = withExtra(
  fc.record({
    content: maybe(word),
    tool_calls: maybe(
      fc.array(
        fc.record({ index: fc.nat(1), id: maybe(word), function: fc.record({ name: maybe(word), arguments: word }) }),
        { maxLength: 2 },
      ),
    ),
  }),
)
const stream = fc.array(
  withExtra(
    fc.record({
      choices: fc.array(fc.record({ index: fc.nat(1), delta, finish_reason: maybe(word) }), {
        minLength: 1,
        maxLength: 2,
      }),
      model: word,
    }),
  ),
  { maxLength: 3 },
)
const geminiStream = fc.array(
  withExtra(
    fc.record({
      candidates: fc.array(
        withExtra(
          fc.record({
            content: fc.record({ role: fc.constant('model'), parts: fc.array(block, { maxLength: 2 }) }),
            finishReason: maybe(word),
          }),
        ),
        { minLength: 1, maxLength: 1 },
      ),
    }),
  ),
  { maxLength: 3 },
)
const geminiChunks = fc.array(
  withExtra(fc.record({ role: fc.constant('model'), parts: fc.array(block, { maxLength: 2 }) })),
  { minLength: 2, maxLength: 3 },
)

const wrapper = withExtra(
  fc.oneof<fc.Arbitrary<object>[]>(
    fc.record({
      model: word,
      messages,
      system: maybe(fc.oneof(word, content)),
      tools: maybe(fc.array(args, { maxLength: 2 })),
      temperature: fc.nat(),
    }),
    fc.record({ messages: fc.array(messages, { maxLength: 2 }) }),
    fc.record({
      contents: messages,
      config: fc.record({ system_instruction: word, tools: fc.array(args, { maxLength: 1 }), topK: fc.nat() }),
    }),
    fc.record({ model: word, instructions: word, input: fc.oneof(word, messages) }),
    fc.record({ system: word, prompt: fc.oneof(word, messages) }),
    fc.record({ choices: fc.array(message, { maxLength: 2 }), usage: args, id: word }),
    fc.record({
      candidates: fc.array(
        fc.record({
          content: fc.record({ role: fc.constant('model'), parts: fc.array(block, { maxLength: 2 }) }),
          finishReason: word,
        }),
        { maxLength: 2 },
      ),
    }),
    fc.record({
      generations: fc.array(fc.array(fc.record({ text: word, message }), { maxLength: 2 }), { maxLength: 2 }),
      llmOutput: args,
    }),
    fc.record({ output: messages, status: word }),
    fc.record({ output: fc.record({ message }), stopReason: word }),
    fc.record({
      content: fc.array(block, { maxLength: 2 }),
      role: maybe(fc.constant('assistant')),
      stop_reason: word,
      usage: args,
      id: word,
      model: word,
    }),
    fc.record({
      content: fc.record({ role: fc.constant('model'), parts: fc.array(block, { maxLength: 2 }) }),
      finishReason: word,
    }),
    fc.record({ text: word, finish_reason: word, toolCalls: maybe(fc.array(call, { maxLength: 2 })) }),
    fc.record({ inputs: fc.record({ messages }), tags: fc.array(word, { maxLength: 2 }) }),
    fc.record({
      message: word,
      chat_history: fc.array(fc.record({ role: fc.constantFrom('USER', 'CHATBOT'), message: word }), { maxLength: 2 }),
      preamble: word,
    }),
    fc.record({ results: fc.array(fc.record({ outputText: word, completionReason: word }), { maxLength: 2 }) }),
    fc.record({
      completions: fc.array(withExtra(fc.record({ data: withExtra(fc.record({ text: word })) })), { maxLength: 2 }),
    }),
    fc.record({ items: messages }),
    fc.record({ question: word }),
  ),
)

/** Content of an attribute as instrumentations may write it, more and less sound. */
export const anyContent = fc.oneof(
  { weight: 3, arbitrary: messages },
  { weight: 3, arbitrary: wrapper },
  { weight: 1, arbitrary: message },
  { weight: 1, arbitrary: stream },
  { weight: 1, arbitrary: geminiStream },
  { weight: 1, arbitrary: geminiChunks },
  { weight: 1, arbitrary: fc.array(block, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(word, { maxLength: 3 }) },
  { weight: 1, arbitrary: word },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof<fc.Arbitrary<unknown>[]>(message, block, word, fc.nat()), { maxLength: 3 }),
  },
)

/** The marks of all texts of a value, those in JSON strings too. */
export function marked(value: unknown): string[] {
  return [...new Set(JSON.stringify(value).match(/<\d+>/g) ?? [])]
}
