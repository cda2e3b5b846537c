// Test help: fast-check arbitraries of attributes: every kind of value, known keys with right and wrong values, hostile names.
import { DIALECTS, FIELDS, type FieldType } from '@hanzo/insights-semconv'
import fc from 'fast-check'

/** Plain objects in the shape of the .proto messages; 64-bit numbers are bigints. */
export type Plain = Record<string, unknown>

const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'none',
  'None',
  'null',
  '"content"',
  '\\"content\\":"',
  '{',
  '[',
  '[]',
  '["a","b"]',
  '[1,"x",null]',
  '{"content":"hi"}',
  '\u0000',
  '\uFEFFbom',
  '👩‍👩‍👧‍👦',
  'a\nb\tc"d\\e/f',
  '\u2028',
  'é'.repeat(30),
  'true',
  'False',
  '0x10',
  ' 5',
]
export const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 30 }) },
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(...HOSTILE),
)

const int64 = fc.oneof(fc.bigInt({ min: -10n, max: 300n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
const double = fc.oneof(
  fc.double(),
  fc.constantFrom(0.7, -0, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, 12, 0.1 + 0.2),
)

export const { any: anyValue } = fc.letrec<{ any: Plain; leaf: Plain; list: Plain; map: Plain }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: text.map((stringValue) => ({ stringValue })) },
    fc.boolean().map((boolValue) => ({ boolValue })),
    int64.map((intValue) => ({ intValue })),
    double.map((doubleValue) => ({ doubleValue })),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => ({ bytesValue: Buffer.from(bytes) })),
    fc.constantFrom<Plain>({}, { stringValueStrindex: 7 }),
  ),
  list: fc.array(tie('any'), { maxLength: 3, depthIdentifier: 'value' }).map((values) => ({ arrayValue: { values } })),
  map: fc
    .uniqueArray(fc.tuple(text, tie('any')), { maxLength: 3, selector: ([key]) => key, depthIdentifier: 'value' })
    .map((pairs) => ({ kvlistValue: { values: pairs.map(([key, value]) => ({ key, value })) } })),
  any: fc.oneof({ maxDepth: 3, depthIdentifier: 'value' }, tie('leaf'), tie('list'), tie('map')),
}))

export const ofText = (arbitrary: fc.Arbitrary<string>) => arbitrary.map((stringValue) => ({ stringValue }))
const ofInt = (arbitrary: fc.Arbitrary<bigint>) => arbitrary.map((intValue) => ({ intValue }))
const ofDouble = (arbitrary: fc.Arbitrary<number>) => arbitrary.map((doubleValue) => ({ doubleValue }))
const listOf = (arbitrary: fc.Arbitrary<string>) =>
  fc.array(ofText(arbitrary), { maxLength: 3 }).map((values) => ({ arrayValue: { values } }))

const MESSAGES = [
  '[{"role":"user","parts":[{"type":"text","content":"Where is my \\u00e9 \\ud83d\\ude00 order?"}]}]',
  '[{"role":"assistant","parts":[{"type":"tool_call","id":"1","name":"look_up","arguments":{"name":"Ada","content":"x"}}],"finish_reason":"stop"}]',
  '[{"role":"assistant","parts":[{"arguments":{"a":{"b":[1]}},"id":"2","name":"weather","type":"tool_call"}]}]',
  '[{"role":"user","parts":[{"type":"text","content":"one"}]},{"role":"user","parts":[{"type":"text","content":""}]}]',
  '[{"role":"user","parts":[{"type":"text","content":"cut off he',
  '[ {"role": "tool", "name":"x", "parts": [ {"type": "tool_call_response", "id": "1", "response": {"result": 1}} ]} ]',
  '[{"role":"user","parts":[]}]',
  '[{"role":"model","parts":[{"text":"Gemini"}]}]',
  '[{"role":"user","content":"OpenAI"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}]',
  '[{"type":"text","content":"Be brief."}]',
  '[{"type":"text","text":"Be brief."}]',
  '["{\\"type\\":\\"function\\",\\"name\\":\\"f\\"}"]',
  '"quoted"',
  'just text',
]

const VALUES: Readonly<Record<FieldType, fc.Arbitrary<Plain>>> = {
  name: ofText(
    fc.constantFrom(
      'chat',
      'openai',
      'gpt-4o',
      'claude-sonnet-4-5',
      'Azure',
      'langchain',
      'none',
      '',
      'invoke_agent',
      'text_completion',
    ),
  ),
  model: ofText(
    fc.constantFrom(
      'gpt-4o',
      'claude-sonnet-4-5',
      'unknown',
      ' Default',
      'none',
      'n/a',
      'nova-lite',
      'unknown\u00a0',
      '\ufeffnull',
      '',
    ),
  ),
  text: ofText(text),
  count: fc.oneof(
    { weight: 3, arbitrary: ofInt(fc.bigInt({ min: 0n, max: 4000n })) },
    ofInt(fc.constantFrom(-1n, 4294967295n, 4294967296n)),
    ofDouble(fc.constantFrom(12, 12.5, Number.NaN, -3)),
    ofText(fc.constantFrom('17', '17.0', '-1', '', 'none', '1e3', '00012', '12345678901234567890', '+5', '5 ', 'NaN')),
  ),
  number: fc.oneof(ofDouble(double), ofInt(int64), ofText(fc.constantFrom('0.7', '.5', '-1e-3', 'abc', '42'))),
  flag: fc.oneof(
    fc.boolean().map((boolValue) => ({ boolValue })),
    ofText(fc.constantFrom('true', 'True', 'False', 'tree', 'x', '')),
  ),
  seconds: fc.oneof(
    ofDouble(fc.double({ min: 0, max: 3, noNaN: true })),
    ofInt(fc.constantFrom(0n, 1n, -1n)),
    ofText(fc.constant('0.25')),
  ),
  milliseconds: ofInt(fc.bigInt({ min: 0n, max: 3000n })),
  usd: fc.oneof(
    ofDouble(fc.constantFrom(0, 0.0012, 1e-13, -1, 1e7, Number.NaN)),
    ofText(fc.constantFrom('0.5', 'free')),
  ),
  names: fc.oneof(listOf(text), ofText(fc.constantFrom('["stop","length"]', 'stop', '[broken', '[]', '[""]'))),
  auto_latency: fc.oneof(ofInt(fc.bigInt({ min: -1n, max: 900n })), ofDouble(fc.constantFrom(0.4, 2.5, -1))),
  time: ofText(fc.constantFrom('2026-09-21T12:26:40.200Z', '"2026-09-21T12:26:41Z"', 'soon')),
  not_flag: fc.boolean().map((boolValue) => ({ boolValue })),
  quoted: ofText(fc.constantFrom('"gpt-4o"', 'gpt-4o', '"', '""', '"none"')),
  comma_names: ofText(fc.constantFrom('a, b', ' ,', '["x"]', 'one')),
  content: fc.oneof({ weight: 3, arbitrary: ofText(fc.constantFrom(...MESSAGES)) }, anyValue),
}

const keysOf = (isBase: boolean) =>
  DIALECTS.filter((dialect) => (dialect.isBase ?? false) === isBase).flatMap((dialect) => dialect.keys)
const ofKeys = (isBase: boolean) =>
  fc
    .constantFrom(...keysOf(isBase))
    .chain(({ key, field, type = FIELDS[field] }) =>
      fc.oneof({ weight: 5, arbitrary: VALUES[type] }, anyValue).map((value) => ({ key, value })),
    )
/** An attribute of the conventions: a span of such alone is copied. */
export const knownAttribute = ofKeys(true)

const BLOBS = [
  '{}',
  '{"input":10,"output":5,"input_cached_tokens":7}',
  '{"usage":{"inputTokens":10,"outputTokens":3,"totalTokens":20,"thoughtsTokens":7},"finishReason":"stop"}',
  '{"anthropic":{"usage":{"input_tokens":7,"cache_read_input_tokens":9,"output_tokens":4}}}',
  '{"temperature":0.5,"max_tokens":100,"model":"gpt-4o"}',
  '{"messages":[{"role":"user","content":"hi"}]}',
  '{"__proto__":{"x":1},"constructor":2}',
  '[1]',
  '{broken',
]
const words = DIALECTS.flatMap(({ kindKeys = [] }) =>
  kindKeys.flatMap(({ key, kinds }) => Object.keys(kinds).map((word) => ({ key, value: { stringValue: word } }))),
)
const blobKeys = DIALECTS.flatMap(({ blobs = [] }) => blobs.map(({ key }) => key))
const metadataKeys = DIALECTS.flatMap(({ metadata = [] }) => metadata.map((prefix) => `${prefix}tier`))
/** What other dialects say: their keys, kinds, JSON in attributes, metadata. */
const foreignAttribute = fc.oneof(
  ofKeys(false),
  fc.constantFrom(...words),
  fc.record({ key: fc.constantFrom(...blobKeys), value: ofText(fc.constantFrom(...BLOBS)) }),
  fc.record({ key: fc.constantFrom(...metadataKeys), value: anyValue }),
)

const indexedKey = fc
  .tuple(
    fc.constantFrom('gen_ai.prompt.', 'gen_ai.completion.', 'llm.input_messages.', 'retrieval.documents.'),
    fc.constantFrom('0', '1', '2', '10', '999999999', '9999999999', '', 'x'),
    fc.constantFrom(
      'role',
      'content',
      'finish_reason',
      'tool_call_id',
      'tool_calls.0.id',
      'tool_calls.0.name',
      'tool_calls.1.arguments',
      'tool_calls.*.name',
      'tool_calls.0x.name',
      'tool_calls.0/.name',
      '__proto__',
      'content.0',
      'message.role',
      'message.content',
      'document.content',
      '',
    ),
  )
  .map(([prefix, index, suffix]) => `${prefix}${index}.${suffix}`)
const indexedAttribute = fc.record({
  key: indexedKey,
  value: fc.oneof(
    ofText(fc.constantFrom('user', 'assistant', 'hi "you"', '{"city":"Rome"}', '[1, 2]', '{broken', '')),
    anyValue,
  ),
})

export const anyAttribute = fc.record({ key: text, value: anyValue }, { requiredKeys: ['key'] })
/** Keys of the conventions and of dialects that no table lists; some are asked for all the same. */
const UNMAPPED = ['gen_ai.', 'gen_ai.request.no_such', 'gen_ai.é', 'ai.no_such', 'langfuse.no_such.0', 'executor.x']
const ASKED = ['code.function.parameters.x', 'langsmith.metadata.LANGSMITH_X', 'agentlightning.reward.0.name']
const unmappedAttribute = fc.record({ key: fc.constantFrom(...UNMAPPED.slice(0, 3)), value: anyValue })
const foreignUnmapped = fc.record({ key: fc.constantFrom(...UNMAPPED, ...ASKED), value: anyValue })
const plainAttribute = fc.oneof(
  { weight: 5, arbitrary: knownAttribute },
  { weight: 2, arbitrary: anyAttribute },
  { weight: 1, arbitrary: unmappedAttribute },
)
const attribute = fc.oneof(
  { weight: 4, arbitrary: knownAttribute },
  { weight: 4, arbitrary: foreignAttribute },
  { weight: 2, arbitrary: indexedAttribute },
  { weight: 2, arbitrary: anyAttribute },
  { weight: 1, arbitrary: foreignUnmapped },
)

/** A call as a current instrumentation writes it, so that usage, prices and previews are reached often. */
const callAttributes = fc
  .record({
    provider: fc.constantFrom('openai', 'anthropic', 'acme'),
    model: fc.constantFrom('gpt-4o', 'claude-sonnet-4-5', 'no-such-model'),
    counts: fc.tuple(...Array.from({ length: 4 }, () => fc.nat(3000))),
    tier: fc.constantFrom('', 'flex', 'priority'),
  })
  .map(({ provider, model, counts, tier }) => [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.provider.name', value: { stringValue: provider } },
    { key: 'gen_ai.request.model', value: { stringValue: model } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: counts[0] } },
    { key: 'gen_ai.usage.output_tokens', value: { intValue: counts[1] } },
    { key: 'gen_ai.usage.cache_read.input_tokens', value: { intValue: counts[2] } },
    { key: 'gen_ai.usage.total_tokens', value: { intValue: counts[0]! + counts[1]! + (counts[3]! % 2) * counts[2]! } },
    { key: 'openai.response.service_tier', value: { stringValue: tier } },
  ])

// A repeated key is deliberate: some SDKs do not deduplicate. Indexed keys stay unique, since their parts would be written twice.
export const attributes = fc
  .tuple(
    fc.oneof(fc.constant([]), callAttributes),
    fc.oneof(
      { weight: 3, arbitrary: fc.array(plainAttribute, { maxLength: 8 }) },
      fc.array(attribute, { maxLength: 8 }),
    ),
  )
  .map(([call, others]) => [...call, ...others.filter(isFirstIndexed)])

function isFirstIndexed({ key }: { key: string }, i: number, all: { key: string }[]): boolean {
  return (
    !/^(?:gen_ai\.(?:prompt|completion)|llm\.input_messages|retrieval\.documents)\./.test(key) ||
    all.findIndex((other) => other.key === key) === i
  )
}
