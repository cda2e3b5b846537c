// The text of a content attribute in any dialect -> canonical JSON text; text that is canonical already is not touched.
import { toConversation } from './conversation.ts'
import type { Side } from './list.ts'
import { looksCanonical } from './looks-canonical.ts'
import { parsePython } from './python.ts'
import { systemParts } from './remainder.ts'
import { parseJson } from './values.ts'

/** What the text of one attribute holds; JSON texts, but for `params`. */
export interface CanonicalContent {
  /** The messages; undefined when the attribute held a placeholder for nothing. */
  text?: string
  system?: string
  tools?: string
  model?: string
  finishReasons?: string[]
  /** All other members of the body that the messages were found in. */
  params?: Record<string, unknown>
}

/**
 * Content as it came (JSON, python-ish or plain) as canonical JSON text. Never throws; time is linear in the text.
 * @returns undefined when the text may be kept byte for byte: it is canonical, or structured but no conversation
 */
export function canonicalText(text: string, side: Side): CanonicalContent | undefined {
  if (looksCanonical(text) && !needsRename(text)) return undefined
  const first = /\S/.exec(text)?.[0]
  if (first === undefined || text.trim() === 'null') return {}
  const parsed = first === '[' || first === '{' || first === '"' ? parsedOf(text) : undefined
  const found = toConversation(parsed ?? text, side)
  if (!found || isUntouched(found.messages, parsed)) return undefined
  const { messages, system, tools, ...rest } = found
  try {
    return {
      ...rest,
      ...(messages.length > 0 ? { text: JSON.stringify(messages) } : {}),
      ...(system ? { system: JSON.stringify(system) } : {}),
      ...(tools === undefined ? {} : { tools: JSON.stringify(tools) }),
    }
  } catch {
    // Nested deeper than the stack of the serialiser: the text stays what it is.
    return undefined
  }
}

/**
 * System instructions as they came (a text, parts, blocks, messages) as the JSON text of canonical parts.
 * @returns undefined when there are none
 */
export function canonicalSystem(text: string): string | undefined {
  const first = /\S/.exec(text)?.[0]
  const parsed = first === '[' || first === '{' || first === '"' ? parsedOf(text) : undefined
  const parts = systemParts(parsed ?? text)
  return parts.length > 0 ? JSON.stringify(parts) : undefined
}

/** pydantic-ai calls a tool's answer `result`. */
const needsRename = (text: string): boolean => text.includes('"tool_call_response"') && text.includes('"result"')

function isUntouched(messages: readonly unknown[], parsed: unknown): boolean {
  return (
    Array.isArray(parsed) && parsed.length === messages.length && messages.every((message, i) => message === parsed[i])
  )
}

function parsedOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    // Python's repr, or JSON that was cut off: then the text is all there is.
    return parsePython(text)
  }
}
