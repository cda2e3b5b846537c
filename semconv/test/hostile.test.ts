// `interpret` never throws, changes nothing outside of its answer, and takes time in proportion to what it is given.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attribute, interpret, type Value } from '../src/index.ts'
import { deepJson, deepMessages, EVERY_KEY, encodedAgain, HOSTILE_KEYS, ODD_VALUES } from './hostile.ts'

const of = (attributes: readonly Attribute[], more: object = {}) => interpret({ attributes, ...more })

describe('any attributes', () => {
  it.each(ODD_VALUES.map((value, i) => ({ i, value })))('value $i under every key at once', ({ value }) => {
    const meaning = of(EVERY_KEY.map((key) => [key, value] as const))
    expect(typeof meaning.kind).toBe('string')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('every key alone with every value', () => {
    for (const key of EVERY_KEY) for (const value of ODD_VALUES) expect(of([[key, value]]).kind).not.toBe('')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('drawn at random', () => {
    const value: fc.Arbitrary<Value> = fc.oneof(
      fc.constantFrom(...ODD_VALUES),
      fc.string(),
      fc.json(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.double(),
    )
    const attribute = fc.tuple(fc.oneof(fc.constantFrom(...EVERY_KEY, ...HOSTILE_KEYS), fc.string()), value)
    const event = fc.record({
      name: fc.constantFrom('gen_ai.choice', 'gen_ai.user.message', 'exception', 'tool.output', 'db.query.result', 'x'),
      attributes: fc.array(attribute, { maxLength: 5 }),
      offsetNs: fc.double(),
    })
    fc.assert(
      fc.property(fc.array(attribute, { maxLength: 12 }), fc.array(event, { maxLength: 3 }), (attributes, events) => {
        const meaning = of(attributes, { events, statusCode: 2, startMs: 0, durationNs: 1e9 })
        for (const count of Object.values(meaning.usage)) expect(count).toBeGreaterThanOrEqual(0)
        expect(meaning.sources().size).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })

  it('nested as deeply as bytes allow', () => {
    const keys = [
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'genkit:output',
      'langfuse.observation.usage_details',
    ]
    const texts = [deepJson(200_000), deepMessages(100_000), encodedAgain('[{"role":"user","content":"x"}]', 12)]
    for (const key of keys) {
      for (const text of texts) {
        const { input, output } = of([
          ['gen_ai.operation.name', 'chat'],
          [key, text],
        ])
        // Nothing is lost: it is shown in one form or the other.
        if (key === 'gen_ai.input.messages') expect(input?.length).toBeGreaterThan(0)
        if (key === 'gen_ai.output.messages') expect(output?.length).toBeGreaterThan(0)
      }
    }
  })
})

/** Milliseconds of CPU of the quickest of three: other work on the machine is not this one's. */
function quickest(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

/** Twenty times as much takes four hundred times as long where time is quadratic; caches and collections make it some more than twenty. */
const MORE = 20
const LINEAR = 150
const FLOOR_MS = 2

interface Growing {
  what: string
  of: (size: number) => readonly Attribute[]
}

const numbered = (size: number, key: (i: number) => string, value: (i: number) => Value = () => 'x'): Attribute[] =>
  Array.from({ length: size }, (_, i) => [key(i), value(i)] as const)

const message = '{"role":"user","content":"Where is the ferry, and when does it leave?"}'
const list = (size: number): string => `[${Array.from({ length: size }, () => message).join(',')}]`

const MANY: readonly Growing[] = [
  { what: 'attributes of no meaning', of: (size) => numbered(size, (i) => `app.key.${i}`) },
  { what: 'one key again and again', of: (size) => numbered(size, () => 'gen_ai.request.model') },
  {
    what: 'metadata',
    of: (size) =>
      numbered(
        size,
        (i) => `langfuse.trace.metadata.k${i}`,
        () => '"v"',
      ),
  },
  { what: 'indexed messages', of: (size) => numbered(size, (i) => `gen_ai.prompt.${i}.content`) },
  {
    what: 'tool calls of one message',
    of: (size) => numbered(size, (i) => `llm.output_messages.0.message.tool_calls.${i}.tool_call.id`),
  },
  { what: 'documents', of: (size) => numbered(size, (i) => `retrieval.documents.${i}.document.content`) },
  { what: 'annotations', of: (size) => numbered(size, (i) => `annotations.${i}.annotation.name`) },
  { what: 'rewards', of: (size) => numbered(size, (i) => `agentlightning.reward.${i}.name`) },
  { what: 'arguments', of: (size) => numbered(size, (i) => `code.function.parameters.p${i}.value`) },
  { what: 'every key', of: (size) => numbered(size, (i) => EVERY_KEY[i % EVERY_KEY.length]!) },
]

describe('time grows with the number of attributes', () => {
  it.each(MANY)('$what', ({ of: make }) => {
    const [few, many] = [make(2_000), make(2_000 * MORE)]
    of(few)
    expect(quickest(() => of(many))).toBeLessThan(
      LINEAR *
        Math.max(
          quickest(() => of(few)),
          FLOOR_MS,
        ),
    )
  })
})

const LONG: readonly { key: string; what: string; of: (bytes: number) => string }[] = [
  { key: 'gen_ai.input.messages', what: 'messages', of: (bytes) => list(bytes / message.length) },
  { key: 'gen_ai.output.messages', what: 'a text', of: (bytes) => 'word '.repeat(bytes / 5) },
  {
    key: 'gen_ai.output.messages',
    what: "Python's repr",
    of: (bytes) => `[${"{'a': None, 'b': 'c'}, ".repeat(bytes / 23)}]`,
  },
  { key: 'gen_ai.output.messages', what: 'brackets', of: (bytes) => '['.repeat(bytes) },
  { key: 'gen_ai.output.messages', what: 'quotes', of: (bytes) => `"${'\\"'.repeat(bytes / 2)}` },
  {
    key: 'genkit:output',
    what: 'a body',
    of: (bytes) => `{"message":{"role":"model","content":[${'{"text":"x"},'.repeat(bytes / 13)}{}]}}`,
  },
  {
    key: 'ai.response.providerMetadata',
    what: 'a blob',
    of: (bytes) => `{${Array.from({ length: bytes / 12 }, (_, i) => `"k${i}":1`).join(',')}}`,
  },
  {
    key: 'langfuse.observation.usage_details',
    what: 'buckets',
    of: (bytes) => `{${Array.from({ length: bytes / 20 }, (_, i) => `"input_${i}":1`).join(',')}}`,
  },
  { key: 'langsmith.span.tags', what: 'tags', of: (bytes) => 'a, '.repeat(bytes / 3) },
  { key: 'gen_ai.request.model', what: 'a model name', of: (bytes) => 'anthropic/'.repeat(bytes / 10) },
  { key: 'gen_ai.provider.name', what: 'a provider name', of: (bytes) => 'x'.repeat(bytes) },
  { key: 'error.type', what: 'an error type', of: (bytes) => 'time out 429 '.repeat(bytes / 13) },
]

describe('time grows with the length of a value', () => {
  it.each(LONG)('$key: $what', ({ key, of: make }) => {
    const one = (text: string): readonly Attribute[] => [
      ['gen_ai.operation.name', 'chat'],
      [key, text],
    ]
    const [short, long] = [one(make(100_000)), one(make(100_000 * MORE))]
    of(short)
    expect(quickest(() => of(long))).toBeLessThan(
      LINEAR *
        Math.max(
          quickest(() => of(short)),
          FLOOR_MS,
        ),
    )
  })
})
