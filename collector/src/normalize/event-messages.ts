// Per-message events (gen_ai.user.message, gen_ai.choice …) of one span or log record -> canonical messages, by side.
// A deprecated form, so this path may use strings and objects.
import { type EventRule, own, toMessage } from '@hanzo/insights-semconv'
import { Out } from './columns/out.ts'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'
import { ARRAY, KVLIST, STRING } from './wire/value-reader.ts'

/** The attribute or body keys that hold the parts of a message, by what they are. */
const KEYS = {
  content: ['content', 'gen_ai.event.content'],
  message: ['message'],
  role: ['role'],
  toolCalls: ['tool_calls'],
  toolCallId: ['id'],
  finishReason: ['finish_reason'],
} as const
type Part = keyof typeof KEYS
const PART_OF_KEY = new Map<string, Part>(
  (Object.keys(KEYS) as Part[]).flatMap((part) => KEYS[part].map((key) => [key, part] as const)),
)

/** JSON of the messages, one entry a message. */
export class EventMessages {
  input: string[] = []
  output: string[] = []
  system: string[] = []

  clear(): void {
    if (this.input.length > 0) this.input = []
    if (this.output.length > 0) this.output = []
    if (this.system.length > 0) this.system = []
  }

  push(rule: EventRule, source: Source, list: Attributes, renderer: Renderer): void {
    const side = rule.field === 'output' ? this.output : rule.field === 'input' ? this.input : this.system
    side.push(messageJson(rule, source, list, renderer))
  }
}

/** One event's attributes or body members as the JSON of one canonical message. */
export function messageJson(rule: EventRule, source: Source, list: Attributes, renderer: Renderer): string {
  const parts = readParts(source, list, renderer)
  const inner = parts.message
  const role = typeof parts.role === 'string' ? parts.role : own(inner, 'role')
  return JSON.stringify(
    toMessage({
      role: typeof role === 'string' ? role : (rule.role ?? 'user'),
      content: parts.content ?? (typeof inner === 'string' ? inner : own(inner, 'content')),
      toolCalls: parts.toolCalls ?? own(inner, 'tool_calls'),
      finishReason: parts.finishReason,
      ...(rule.role === 'tool' ? { toolCallId: parts.toolCallId } : {}),
    }),
  )
}

function readParts(source: Source, list: Attributes, renderer: Renderer): Partial<Record<Part, unknown>> {
  const parts: Partial<Record<Part, unknown>> = {}
  for (let i = 0; i < list.count; i++) {
    const part = PART_OF_KEY.get(source.bytes.toString('utf8', list.keyStart[i]!, list.keyEnd[i]!))
    if (part) parts[part] = valueAt(source, list, i, renderer)
  }
  return parts
}

function valueAt(source: Source, list: Attributes, i: number, renderer: Renderer): unknown {
  renderer.value(source, list, i)
  const text = renderer.source.bytes.toString('utf8', renderer.start, renderer.end)
  const kind = list.kind[i]
  return kind === ARRAY || kind === KVLIST || (kind === STRING && looksStructured(text)) ? parseOr(text) : text
}

const looksStructured = (text: string): boolean => text.startsWith('{') || text.startsWith('[')

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A JSON array of messages as bytes for a column; undefined when there are none. */
export function joinMessages(messages: readonly string[]): Out | undefined {
  if (messages.length === 0) return undefined
  const text = Buffer.from(`[${messages.join(',')}]`)
  const out = new Out(text.length)
  out.slice(text, 0, text.length)
  return out
}
