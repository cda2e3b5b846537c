// Spans that no client should send, through a running collector: each is stored or refused with a reason, in bounded time and memory, and the next
// good span is stored as if nothing had been.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deepJson, deepMessages, EVERY_KEY, HOSTILE_KEYS } from '../../../semconv/test/hostile.ts'
import { useCollector } from '../collector-process.ts'
import { any, keyValue, NOW_NANO, request, span, spanIdOf, traceIdOf, wire } from '../otlp-bytes.ts'
import { partialSuccess, type Row, storedSpan, storedSpans } from '../stored.ts'

const collector = useCollector()

/** The slowest of these takes two seconds on two cores that others use as well. */
const PATIENCE_MS = 20_000
/** Of the collector's process; the engine has a limit of its own. */
const MAX_MEMORY_BYTES = 1_500_000_000

function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Number(kilobytes) * 1024
}

const attribute = (key: string, value: Uint8Array): Buffer => wire.message(9, keyValue(key, value))
const chat = attribute('gen_ai.operation.name', any.string('chat'))

interface Outcome {
  status: number
  /** Why spans were refused; '' = none was. */
  reason: string
}

/** Sends a body, and is answered in time. */
async function send(body: Uint8Array | string): Promise<Outcome> {
  const start = performance.now()
  const response = await collector().post(body)
  const { status } = response
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const text = isJson ? '' : await response.text()
  const told = isJson && status === 200 ? ((await partialSuccess(response))?.errorMessage ?? '') : text
  expect(performance.now() - start).toBeLessThan(PATIENCE_MS)
  return { status, reason: told }
}

/** A span of these attributes is stored; a good one after it too. */
async function stored(name: string, ...attributes: readonly Uint8Array[]): Promise<Row> {
  const traceId = traceIdOf(name)
  expect(await send(request(span({ traceId, spanId: spanIdOf(1), name }, ...attributes)))).toMatchObject({
    status: 200,
    reason: '',
  })
  const row = await storedSpan(collector(), traceId)
  await goodSpan(`${name}, and then`)
  return row
}

async function goodSpan(name: string): Promise<void> {
  const traceId = traceIdOf(name)
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 7 }
  await collector().post(request(span({ traceId, spanId: spanIdOf(1), name, attributes })))
  expect(await storedSpan(collector(), traceId)).toMatchObject({ kind: 'generation', input_tokens: 7 })
  expect(memoryOf(collector().process.pid)).toBeLessThan(MAX_MEMORY_BYTES)
}

describe('names', () => {
  test('keys of prototypes are keys like any other, in attributes, maps, JSON, metadata and indexes', async () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    const row = await stored(
      'prototypes',
      chat,
      ...HOSTILE_KEYS.map((key) => attribute(key, any.string(`of ${key}`))),
      ...HOSTILE_KEYS.map((key) => attribute(`langfuse.trace.metadata.${key}`, any.string('x'))),
      ...HOSTILE_KEYS.map((key) => attribute(`gen_ai.prompt.${key}.${key}`, any.string('x'))),
      ...HOSTILE_KEYS.map((key) => attribute(`gen_ai.prompt.0.${key}`, any.string('x'))),
      attribute('map', any.map(['__proto__', any.string('x')], ['constructor', any.map(['prototype', any.int(1)])])),
      attribute('langfuse.observation.metadata', any.string(text)),
      attribute('langfuse.observation.usage_details', any.string(text)),
      attribute('ai.response.providerMetadata', any.string(text)),
    )
    expect(row['attributes']).toMatchObject({ map: '{"__proto__":"x","constructor":{"prototype":1}}' })
    expect(Object.keys(row['attributes'] as object)).toEqual(expect.arrayContaining(['constructor', 'toString']))
    expect(row['kind']).toBe('generation')
  })

  test('an index of billions makes no list of billions', async () => {
    const far = ['999999999', '4294967296', '99999999999999999999', '-1', '0x10', '1e9']
    const row = await stored(
      'indexes',
      chat,
      attribute('gen_ai.prompt.0.content', any.string('near')),
      ...far.map((index) => attribute(`gen_ai.prompt.${index}.content`, any.string('far'))),
      ...far.map((index) =>
        attribute(`llm.output_messages.0.message.tool_calls.${index}.tool_call.id`, any.string('c')),
      ),
    )
    expect(row['input']).toContain('near')
  })
})

describe('sizes', () => {
  test('of a million attributes the first are kept and the others counted', async () => {
    const many = Array.from({ length: 1_000_000 }, (_, i) => attribute(`k${i}`, any.int(1)))
    const row = await stored('a million attributes', chat, Buffer.concat(many))
    expect(Number(row['dropped_attributes'])).toBeGreaterThan(990_000)
    expect(row['operation']).toBe('chat')
  })

  test.each([
    ['canonical', '[{"role":"user","parts":[{"type":"text","content":"', '"}]}]'],
    ['of OpenAI', '[{"role":"user","content":"', '"}]'],
    ['plain', '', ''],
    ['cut off', '[{"role":"user","content":"', ''],
    ['of Python', "[{'role': 'user', 'content': '", "'}]"],
  ])('a message of 10 MB, %s, is kept whole', async (form, before, after) => {
    const text = 'All work and no play. '.repeat(10_000_000 / 22)
    const row = await stored(
      `10 MB ${form}`,
      chat,
      attribute('gen_ai.input.messages', any.string(before + text + after)),
    )
    expect(String(row['input']).length).toBeGreaterThan(text.length)
    expect(String(row['input_preview']).length).toBeLessThan(300)
  })

  test('texts of a megabyte where a name belongs are kept, and counted as no name', async () => {
    const long = 'anthropic/'.repeat(100_000)
    const keys = [
      'gen_ai.provider.name',
      'gen_ai.request.model',
      'gen_ai.conversation.id',
      'user.id',
      'error.type',
      'gen_ai.tool.name',
      'langsmith.span.tags',
    ]
    const row = await stored('long names', chat, ...keys.map((key) => attribute(key, any.string(long))))
    expect(row).toMatchObject({ kind: 'generation', cost_usd: null })
    expect(row['session_id']).toBe(long)
  })

  test('ten thousand events that each hold a message are one conversation', async () => {
    const event = wire.message(
      11,
      wire.message(2, 'gen_ai.user.message'),
      wire.message(3, keyValue('content', any.string('again'))),
    )
    const row = await stored('events', chat, Buffer.concat(Array.from({ length: 10_000 }, () => event)))
    expect((JSON.parse(String(row['input'])) as unknown[]).length).toBe(10_000)
  })
})

describe('depth', () => {
  test.each([
    ['brackets', deepJson(500_000)],
    ['messages in messages', deepMessages(100_000)],
  ])('%s in a text are kept as they are', async (name, text) => {
    const row = await stored(`deep ${name}`, chat, attribute('gen_ai.input.messages', any.string(text)))
    expect(String(row['input']).length).toBeGreaterThan(text.length * 0.9)
  })

  test('lists in lists as values are stored or refused with a reason', async () => {
    let value = any.string('bottom')
    for (let depth = 0; depth < 5_000; depth++) value = any.array(value)
    const traceId = traceIdOf('deep values')
    const bad = span({ traceId, spanId: spanIdOf(1), name: 'deep' }, chat, attribute('deep', value))
    const good = span({ traceId, spanId: spanIdOf(2), name: 'beside it' }, chat)
    const { status, reason } = await send(request(bad, good))
    const rows = await storedSpans(collector(), traceId)
    expect(status).toBe(200)
    expect([rows.length, reason !== '']).toEqual(rows.length === 2 ? [2, false] : [1, true])
    await goodSpan('deep values, and then')
  })

  test('a request of JSON nested beyond measure is refused with a reason', async () => {
    const nested = `${'{"arrayValue":{"values":['.repeat(100_000)}${']}}'.repeat(100_000)}`
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${traceIdOf('deep JSON')}","spanId":"${spanIdOf(1)}","attributes":[{"key":"k","value":${nested}}]}]}]}]}`
    const response = await collector().post(body)
    expect([200, 400]).toContain(response.status)
    expect((await response.text()).length).toBeGreaterThan(2)
    await goodSpan('deep JSON, and then')
  })
})

describe('types', () => {
  const VALUES: readonly (readonly [name: string, value: Uint8Array])[] = [
    ['no value', any.none],
    ['text', any.string('words')],
    ['JSON', any.string('{"a":[1,{"b":null}]}')],
    ['a number', any.int(-(1n << 63n))],
    ['not a number', any.double(Number.NaN)],
    ['infinity', any.double(Number.POSITIVE_INFINITY)],
    ['true', any.bool(true)],
    ['bytes', any.bytes(Buffer.from([0, 255, 254]))],
    ['a list', any.array(any.int(1), any.none, any.array(any.string('x')))],
    ['a map', any.map(['__proto__', any.string('x')], ['usage', any.map(['input_tokens', any.string('x')])])],
    ['no UTF-8', any.string(Buffer.from([0xc3, 0x28, 0xff]))],
  ]

  test.each(VALUES)('%s for every key that has a meaning', async (name, value) => {
    const keys = [...new Set(EVERY_KEY)].filter((key) => key !== '')
    const row = await stored(`types ${name}`, ...keys.map((key) => attribute(key, value)))
    expect(Number(row['counts_usage'])).toBeLessThanOrEqual(1)
  })

  test.each(VALUES)('%s for each key alone', async (name, value) => {
    const traceId = traceIdOf(`alone ${name}`)
    const keys = [...new Set(EVERY_KEY)].filter((key) => key !== '')
    const spans = keys.map((key, i) => span({ traceId, spanId: spanIdOf(i + 1), name: key }, attribute(key, value)))
    expect(await send(request(...spans))).toMatchObject({ status: 200, reason: '' })
    expect((await storedSpans(collector(), traceId, keys.length)).length).toBe(keys.length)
  })
})

describe('log records', () => {
  const EVENTS = [
    'gen_ai.client.inference.operation.details',
    'gen_ai.evaluation.result',
    'gen_ai.choice',
    'claude_code.api_request',
    'codex.sse_event',
    'gemini_cli.api_response',
  ]
  const ODD: readonly Uint8Array[] = [
    any.none,
    any.string('{"__proto__":{"polluted":1}}'),
    any.string(deepMessages(500)),
    any.int(-1),
    any.double(Number.NaN),
    any.bytes(Buffer.from([0, 255])),
    any.array(any.none, any.map(['__proto__', any.int(1)])),
  ]

  test('of every event with odd values under every key are stored or refused, and harm nothing', async () => {
    const keys = [...new Set(EVERY_KEY)].filter((key) => key !== '')
    for (const value of ODD) {
      const records = EVENTS.map((event) =>
        wire.message(
          2,
          wire.fixed64(1, NOW_NANO),
          wire.message(5, value),
          wire.message(6, keyValue('event.name', any.string(event))),
          ...keys.slice(0, 200).map((key) => wire.message(6, keyValue(key, value))),
          wire.message(12, event),
        ),
      )
      const body = wire.message(1, wire.message(2, ...records))
      const response = await collector().post(body, { signal: 'logs' })
      expect(response.status).toBe(200)
    }
    await goodSpan('log records, and then')
  })
})
