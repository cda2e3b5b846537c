// What was found of a span's content -> its four texts: conversations in canonical form, everything else as it was sent.
import { DIALECTS } from './dialects/all.ts'
import type { Findings } from './findings.ts'
import { assembleOutput } from './messages/assemble.ts'
import { type CanonicalContent, canonicalSystem, canonicalText } from './messages/canonical.ts'
import { INDEXED_PREFIXES, type IndexedContent, type IndexedTarget, indexedContent } from './messages/indexed.ts'
import { looksCanonical } from './messages/looks-canonical.ts'
import { scalarText } from './messages/values.ts'
import type { Field, Kind, Message } from './model.ts'
import { FALLBACK_RANK } from './rules.ts'
import type { ContentField } from './span-facts.ts'
import type { Winner } from './winner.ts'

export interface Contents {
  input?: string
  output?: string
  systemInstructions?: string
  toolDefinitions?: string
  finishReasons: readonly string[]
  /** Positions of attributes whose whole value is in one of the texts. */
  moved: Set<number>
  /** field -> the key it came from. */
  keys: Map<ContentField, { key: string; dialect: number }>
}

/** Kinds whose input and output are a conversation even where they are plain text. */
const TALKING: ReadonlySet<Kind> = new Set(['generation', 'agent'])
/** Kinds whose input and output are data: arguments, results, documents, texts to embed. */
const DATA: ReadonlySet<Kind> = new Set(['tool', 'retrieval', 'rerank', 'embedding'])

const NOTHING: IndexedContent = { prefixes: [] }

/** A whole attribute, else indexed keys, else per-message events, else parts told apart, else a fallback attribute. */
export function contentsOf(found: Findings, kind: Kind): Contents {
  const contents: Contents = { finishReasons: [], moved: new Set(), keys: new Map() }
  const indexed =
    found.indexed.length === 0 ? NOTHING : indexedContent(found.indexed.map(({ key, value }) => [key, value] as const))
  const input = sideOf(found, 'input', { ...indexed, list: indexed.input ?? indexed.inputDocuments })
  const { documents } = found.events
  const list = indexed.output ?? indexed.documents ?? (documents.length > 0 ? documents : undefined)
  const output = sideOf(found, 'output', { ...indexed, list }, assembled(found))
  put(contents, found, 'input', input, kind)
  put(contents, found, 'output', output, kind)
  system(contents, found)
  tools(contents, found, indexed)
  if (indexed.finishReasons) contents.finishReasons = indexed.finishReasons
  if (kind === 'generation' && contents.finishReasons.length === 0 && !found.has('finish_reasons'))
    contents.finishReasons = finishReasonsIn(contents.output ?? '')
  return contents
}

interface Side {
  text: string
  /** The attribute that holds just this text. */
  winner?: Winner
  key: string
  dialect: number
  /** Already canonical, being made here. */
  isMade: boolean
  /** Positions of the attributes that it was put together from. */
  positions: readonly number[]
  /** What the text was made of. */
  messages?: readonly Message[]
}

function sideOf(
  found: Findings,
  side: 'input' | 'output',
  { list, prefixes }: { list: readonly unknown[] | undefined; prefixes: readonly string[] },
  parts?: string,
): Side | undefined {
  const winner = found.winner(side)
  const whole = winner && whole_(winner)
  const dialect = found.dialects[0] ?? 0
  if (whole && winner.rank < FALLBACK_RANK) return whole
  if (list && list.length > 0) {
    const read = INDEXED_PREFIXES.filter(({ prefix, target }) => SIDE_OF[target] === side && prefixes.includes(prefix))
    const from = found.indexed.filter(({ key }) => read.some(({ prefix }) => key.startsWith(prefix)))
    const positions = from.map(({ position }) => position)
    return {
      text: JSON.stringify(list),
      key: read[0] ? `${read[0].prefix}*` : 'events',
      dialect,
      isMade: true,
      positions,
    }
  }
  const messages = found.events.messages[side]
  if (messages.length > 0)
    return { text: JSON.stringify(messages), key: 'events', dialect, isMade: true, positions: [], messages }
  if (parts === undefined) return whole
  const told = OUTPUT_PARTS.flatMap((field) => found.winner(field) ?? [])
  const positions = told.map(({ position }) => position)
  return { text: parts, key: told[0]?.key ?? '', dialect: told[0]?.dialect ?? dialect, isMade: true, positions }
}

const SIDE_OF: Readonly<Record<IndexedTarget, 'input' | 'output' | 'tools'>> = {
  input: 'input',
  inputDocuments: 'input',
  output: 'output',
  documents: 'output',
  tools: 'tools',
}

const whole_ = (winner: Winner): Side => ({
  text: String(winner.value),
  winner,
  key: winner.key,
  dialect: winner.dialect,
  isMade: false,
  positions: [winner.position],
})

const OUTPUT_PARTS = [
  'output_text',
  'output_reasoning',
  'output_tool_calls',
  'output_object',
] as const satisfies Field[]

function assembled(found: Findings): string | undefined {
  const text = (field: Field): string | undefined => found.get(field) as string | undefined
  const finish = found.get('finish_reasons') as readonly string[] | undefined
  if (!OUTPUT_PARTS.some((field) => found.has(field))) return undefined
  const parts = {
    text: text('output_text'),
    reasoning: text('output_reasoning'),
    toolCalls: text('output_tool_calls'),
    object: text('output_object'),
    finishReason: finish?.[0],
  }
  return assembleOutput(Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)))
}

function put(contents: Contents, found: Findings, side: 'input' | 'output', from: Side | undefined, kind: Kind): void {
  if (from === undefined) return
  const { key, dialect, positions } = from
  const converted = from.isMade || DATA.has(kind) ? undefined : convert(found, from.text, side, kind)
  const { text, system, tools, finishReasons, params = {} } = converted ?? { text: from.text }
  // A body that held more than what has a column stays an attribute; so does one that held nothing.
  let isWhole = text !== undefined && Object.keys(params).length === 0
  const also = (field: 'system_instructions' | 'tool_definitions', value: string | undefined): string | undefined => {
    if (value === undefined) return undefined
    if (found.has(field)) isWhole = false
    if (found.has(field) || contents.keys.has(field)) return undefined
    contents.keys.set(field, { key, dialect })
    return value
  }
  const [ownSystem, ownTools] = [also('system_instructions', system), also('tool_definitions', tools)]
  if (ownSystem !== undefined) contents.systemInstructions = ownSystem
  if (ownTools !== undefined) contents.toolDefinitions = ownTools
  if (finishReasons && side === 'output') contents.finishReasons = finishReasons
  if (text === undefined) return
  contents[side] = (kind === 'tool' ? dataOf(from.messages) : undefined) ?? text
  contents.keys.set(side, { key, dialect })
  if (isWhole) for (const position of positions) if (position >= 0) contents.moved.add(position)
}

/** What a tool was given or gave is data, also where it travels as a message. */
function dataOf(messages: readonly Message[] = []): string | undefined {
  const [message, ...others] = messages
  const [part, ...more] = message?.parts ?? []
  if (part === undefined || others.length + more.length > 0) return undefined
  const said: unknown =
    part.type === 'tool_call_response' ? Reflect.get(part, 'response') : Reflect.get(part, 'content')
  return typeof said === 'string' || said === undefined ? said : JSON.stringify(said)
}

function convert(found: Findings, text: string, side: 'input' | 'output', kind: Kind): CanonicalContent | undefined {
  // What the conventions' own emitters begin right is kept; only frameworks are known to end it in names of their own.
  if (looksCanonical(text) && found.dialects.every((dialect) => DIALECTS[dialect]!.isBase)) return undefined
  if (TALKING.has(kind)) return canonicalText(text, side)
  const first = text.trimStart()[0]
  if (first === '"') return unquoted(text)
  // Elsewhere plain text is data of the app's own.
  return first === '[' || first === '{' ? canonicalText(text, side) : undefined
}

/** A text in JSON quotes, as frameworks write what a step returned. */
function unquoted(text: string): CanonicalContent | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'string' && parsed !== '' ? { text: parsed } : undefined
  } catch {
    return undefined
  }
}

/** Why the model stopped, as its own messages say. */
function finishReasonsIn(output: string): readonly string[] {
  if (!output.includes('"finish_reason"')) return []
  try {
    const messages: unknown = JSON.parse(output)
    if (!Array.isArray(messages)) return []
    return messages.flatMap((message: { finish_reason?: unknown } | null) => scalarText(message?.finish_reason) ?? [])
  } catch {
    return []
  }
}

/** System instructions that begin as a list of text parts (gen_ai conventions 1.37) are kept as they are. */
export const CANONICAL_PARTS =
  /^[ \t\n\r]*\[[ \t\n\r]*\{[ \t\n\r]*"type"[ \t\n\r]*:[ \t\n\r]*"text"[ \t\n\r]*,[ \t\n\r]*"content"/

function system(contents: Contents, found: Findings): void {
  const winner = found.winner('system_instructions')
  const messages = found.events.messages.system_instructions
  if (winner) {
    const told = String(winner.value)
    const text = CANONICAL_PARTS.test(told) ? told : canonicalSystem(told)
    if (text !== undefined) contents.systemInstructions = text
    if (winner.position >= 0) contents.moved.add(winner.position)
    contents.keys.set('system_instructions', { key: winner.key, dialect: winner.dialect })
  } else if (messages.length > 0) {
    contents.systemInstructions = JSON.stringify(messages.flatMap(({ parts }) => parts))
    contents.keys.set('system_instructions', { key: 'events', dialect: found.dialects[0] ?? 0 })
  }
}

const TOOL_PREFIXES: ReadonlySet<string> = new Set(
  INDEXED_PREFIXES.filter(({ target }) => target === 'tools').map(({ prefix }) => prefix),
)

function tools(contents: Contents, found: Findings, { tools: indexed, prefixes }: IndexedContent): void {
  const winner = found.winner('tool_definitions')
  if (winner) {
    contents.toolDefinitions = toolList(String(winner.value))
    if (winner.position >= 0) contents.moved.add(winner.position)
    contents.keys.set('tool_definitions', { key: winner.key, dialect: winner.dialect })
  } else if (indexed && indexed.length > 0) {
    contents.toolDefinitions = JSON.stringify(indexed)
    contents.keys.set('tool_definitions', {
      key: `${prefixes.find((prefix) => TOOL_PREFIXES.has(prefix))}*`,
      dialect: found.dialects[0] ?? 0,
    })
    for (const { key, position } of found.indexed)
      if ([...TOOL_PREFIXES].some((prefix) => key.startsWith(prefix))) contents.moved.add(position)
  }
}

/** A list of definitions that are each JSON in a string (Vercel AI SDK) -> a list of definitions. */
function toolList(text: string): string {
  if (!text.startsWith('["{')) return text
  try {
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list)) return text
    return JSON.stringify(list.map((item) => (typeof item === 'string' ? JSON.parse(item) : item)))
  } catch {
    return text
  }
}
