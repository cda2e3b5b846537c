// Recorded spans, and what their content must yield: each fact must be found by at least one of the ways to read a span's content.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Message } from '../model.ts'
import { type Attribute, textOfValue, type Value } from '../value.ts'
import { assembleOutput } from './assemble.ts'
import { canonicalSystem, canonicalText } from './canonical.ts'
import { messageOfEvent } from './event-message.ts'
import { indexedContent } from './indexed.ts'
import type { Side } from './list.ts'
import { textOfMessages, toolCallsOf } from './read.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const LIVE = join(ROOT, 'collector/test/fixtures/live')
const DIALECTS = ['../shared', '../../shared'].map((path) => resolve(ROOT, path, 'fixtures/dialects')).find(existsSync)

const KEYS: Readonly<Record<Side, readonly string[]>> = {
  input: [
    'gen_ai.input.messages',
    'input.value',
    'traceloop.entity.input',
    'genkit:input',
    'ai.prompt.messages',
    'ai.prompt',
    'llm.messages',
    'gen_ai.prompt',
    'mlflow.spanInputs',
    'haystack.component.input',
    'gcp.vertex.agent.llm_request',
    'pydantic_ai.all_messages',
    'request_data',
    'events',
    'input',
    'lmnr.span.input',
    'langfuse.observation.input',
  ],
  output: [
    'gen_ai.output.messages',
    'output.value',
    'traceloop.entity.output',
    'genkit:output',
    'gen_ai.completion',
    'mlflow.spanOutputs',
    'haystack.component.output',
    'gcp.vertex.agent.llm_response',
    'pydantic_ai.all_messages',
    'response_data',
    'events',
    'output',
    'lmnr.span.output',
    'langfuse.observation.output',
  ],
}
const EVENT_SIDES: ReadonlyMap<string, readonly [side: Side, role: string]> = new Map([
  ['gen_ai.system.message', ['input', 'system']],
  ['gen_ai.user.message', ['input', 'user']],
  ['gen_ai.assistant.message', ['input', 'assistant']],
  ['gen_ai.tool.message', ['input', 'tool']],
  ['gen_ai.choice', ['output', 'assistant']],
])

interface Facts {
  inputTextContains?: string
  outputText?: string | null
  outputTextContains?: string
  systemContains?: string
  toolCalls?: readonly { name?: string; id?: string; args?: unknown }[]
}
interface Span {
  name: string
  attributes: readonly Attribute[]
  events: readonly { name: string; attributes: readonly Attribute[] }[]
}
interface Case {
  title: string
  span: Span
  facts: Facts
}
/** One way to read one side of a span. */
interface Reading {
  messages: readonly Message[]
  system: string
}

function readings({ attributes, events }: Span, side: Side): Reading[] {
  const text = (key: string): string => textOfValue(attributes.findLast(([name]) => name === key)?.[1])
  const whole = KEYS[side].filter((key) => text(key) !== '').map((key) => readText(text(key), side))
  const indexed = indexedContent(attributes)[side]
  const spoken = events.filter(({ name }) => EVENT_SIDES.get(name)?.[0] === side)
  const ofEvents = spoken.map(({ name, attributes: members }) => messageOfEvent(members, EVENT_SIDES.get(name)![1]))
  const reply = assembleOutput({
    text: text('ai.response.text'),
    toolCalls: text('ai.response.toolCalls'),
    object: text('ai.response.object'),
  })
  const given = canonicalSystem(text('gen_ai.system_instructions'))
  return [
    ...whole,
    ...(indexed ? [{ messages: indexed, system: '' }] : []),
    ...(ofEvents.length > 0 ? [{ messages: ofEvents, system: '' }] : []),
    ...(reply !== undefined && side === 'output' ? [{ messages: JSON.parse(reply), system: '' }] : []),
    ...(given !== undefined && side === 'input' ? [{ messages: [], system: given }] : []),
  ]
}

function readText(text: string, side: Side): Reading {
  const found = canonicalText(text, side)
  const messages = found ? (found.text ?? '[]') : text
  const parsed: unknown = messages.startsWith('[') ? JSON.parse(messages) : []
  return {
    messages: (parsed as Message[]).filter((message) => Array.isArray(message.parts)),
    system: found?.system ?? '',
  }
}

const anyOf = (fact: string): string[] => fact.split('|')
const asks = (messages: readonly Message[], fact: string): boolean =>
  anyOf(fact).some((one) => JSON.stringify(messages).includes(JSON.stringify(one).slice(1, -1)))

function missing({ span, facts }: Case): string[] {
  const [input, output] = [readings(span, 'input'), readings(span, 'output')]
  const {
    inputTextContains: asked,
    outputText: told,
    outputTextContains: says,
    systemContains: system,
    toolCalls,
  } = facts
  const has: Record<string, boolean> = {}
  if (asked !== undefined) has['inputTextContains'] = input.some(({ messages }) => asks(messages, asked))
  if (typeof told === 'string')
    has['outputText'] = output.some(({ messages }) => anyOf(told).includes(textOfMessages(messages)))
  if (says !== undefined)
    has['outputTextContains'] = output.some(({ messages }) => textOfMessages(messages).includes(says))
  if (system !== undefined) {
    const ofRole = (messages: readonly Message[]) => messages.filter(({ role }) => role === 'system')
    has['systemContains'] = input.some((one) => one.system.includes(system) || asks(ofRole(one.messages), system))
  }
  for (const call of toolCalls ?? []) {
    const calls = output.flatMap(({ messages }) => toolCallsOf(messages))
    const wanted = {
      name: call.name,
      ...(call.id === undefined ? {} : { id: call.id }),
      ...(call.args === undefined ? {} : { arguments: call.args }),
    }
    has[`toolCalls ${call.name}`] = calls.some((one) => matches(one, wanted))
  }
  return Object.entries(has)
    .filter(([, isFound]) => !isFound)
    .map(([fact]) => fact)
}

function matches(call: object, wanted: object): boolean {
  try {
    expect(call).toMatchObject(wanted)
    return true
  } catch {
    return false
  }
}

type Json = Readonly<Record<string, never>>

function valueIn(any: Json | undefined): Value {
  if (!any) return undefined
  if ('arrayValue' in any) return ((any['arrayValue'] as Json)['values'] ?? ([] as readonly Json[])).map(valueIn)
  if ('kvlistValue' in any) return new Map(pairs((any['kvlistValue'] as Json)['values']))
  return 'intValue' in any ? BigInt(any['intValue']!) : Object.values(any)[0]
}
const pairs = (list: readonly Json[] | undefined): Attribute[] =>
  (list ?? []).map(({ key, value }) => [key!, valueIn(value)])

/** All records of one kind in a request: `resourceSpans` / `scopeSpans` / `spans`, `resourceLogs` / `scopeLogs` / `logRecords`. */
function recordsOf(path: string, [resource, scope, list]: readonly [string, string, string]): Json[] {
  const request = JSON.parse(readFileSync(path, 'utf8')) as Record<string, readonly Json[]>
  return (request[resource] ?? []).flatMap((one) =>
    ((one[scope] ?? []) as readonly Json[]).flatMap((inner) => (inner[list] ?? []) as readonly Json[]),
  )
}

/** What was logged while a span ran counts as its events; a body's members are the event's. */
function loggedEvents(path: string, spanId: string): Span['events'] {
  const files = readdirSync(path).filter((file) => file.endsWith('-logs.json'))
  return files
    .flatMap((file) => recordsOf(join(path, file), ['resourceLogs', 'scopeLogs', 'logRecords']))
    .filter((record) => record['spanId'] === spanId)
    .map((record) => {
      const attributes = pairs(record['attributes'])
      const body = valueIn(record['body'])
      const name = record['eventName'] ?? attributes.find(([key]) => key === 'event.name')?.[1]
      return { name: String(name), attributes: body instanceof Map ? [...attributes, ...body] : attributes }
    })
}

function liveCases(folder: string): Case[] {
  const path = join(LIVE, folder)
  const { cases } = JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')) as {
    cases: { file: string; spanId: string; expected: Facts }[]
  }
  return cases.flatMap(({ file, spanId, expected }) => {
    const spans = recordsOf(join(path, file.replace(/\.pb$/, '.json')), ['resourceSpans', 'scopeSpans', 'spans'])
    const span = spans.find((one) => one['spanId'] === spanId)
    if (!span) return []
    const own = ((span['events'] ?? []) as readonly Json[]).map((event) => ({
      name: String(event['name']),
      attributes: pairs(event['attributes']),
    }))
    const events = [...own, ...loggedEvents(path, spanId)]
    const details = events.filter(({ name }) => name === DETAILS).flatMap(({ attributes }) => attributes)
    const name = String(span['name'])
    const attributes = [...pairs(span['attributes']), ...details]
    return [{ title: `${folder} ${name} ${spanId}`, span: { name, attributes, events }, facts: expected }]
  })
}
const DETAILS = 'gen_ai.client.inference.operation.details'

/** Values are plain JSON there. */
function plainValue(value: unknown): Value {
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value === 'object')
    return value === null ? undefined : new Map(Object.entries(value).map(([key, item]) => [key, plainValue(item)]))
  return value as Value
}
const flat = (attributes: object | undefined): Attribute[] =>
  Object.entries(attributes ?? {}).map(([key, value]) => [key, plainValue(value)])

function dialectCases(folder: string, file: string): Case[] {
  const { spans, expected } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return (expected ?? []).flatMap((facts: Facts & { span?: number }) => {
    const span = facts.span === undefined ? undefined : spans?.[facts.span]
    if (!span) return []
    const events = (span.events ?? []).map((event: { name: string; attributes: object }) => ({
      name: event.name,
      attributes: flat(event.attributes),
    }))
    return [
      { title: `${file} ${span.name}`, span: { name: span.name, attributes: flat(span.attributes), events }, facts },
    ]
  })
}

const FACTS = ['inputTextContains', 'outputText', 'outputTextContains', 'systemContains', 'toolCalls'] as const
const CASES = [
  ...(existsSync(LIVE) ? readdirSync(LIVE).flatMap(liveCases) : []),
  ...(DIALECTS === undefined ? [] : readdirSync(DIALECTS).flatMap((file) => dialectCases(DIALECTS, file))),
].filter(({ facts }) => FACTS.some((fact) => facts[fact] !== undefined && facts[fact] !== null))

describe('recorded content', () => {
  it.each(CASES.map((one) => [one.title, one] as const))('%s yields what was said', (_, one) => {
    expect(missing(one)).toEqual([])
  })
})
