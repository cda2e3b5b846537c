// Messages of a span in; the same as OpenAI's and as Anthropic's requests have them out.
import type { Json } from '../api/rows.ts'
import type { MediaPart, Message, Part, ToolPart } from '../content/messages.ts'

export type Body = Record<string, unknown>

const jsonText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null)
const dataUrl = ({ mimeType, data }: MediaPart): string => `data:${mimeType};base64,${data ?? ''}`
const isImage = (part: MediaPart): boolean =>
  part.mimeType.startsWith('image') && (part.data !== undefined || part.uri !== undefined)
/** What the form has no place for is said where it was. */
const said = (part: MediaPart): string => `[${part.mimeType}${part.uri === undefined ? '' : ` ${part.uri}`}]`

/** Thoughts are left out: providers take back their own only, signed. */
const isSpoken = (part: Part): boolean => part.kind !== 'reasoning'

export function openaiMessages(messages: readonly Message[]): Body[] {
  return messages.flatMap(({ role, parts }) => {
    const results = parts.flatMap((part): Body[] =>
      part.kind === 'result' ? [{ role: 'tool', tool_call_id: part.id ?? '', content: jsonText(part.result) }] : [],
    )
    const calls = parts.filter((part): part is ToolPart => part.kind === 'tool')
    const content = parts.filter(isSpoken).flatMap(openaiPart)
    if (content.length === 0 && calls.length === 0) return results
    const texts = content.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []))
    const message: Body = {
      role: role === 'model' ? 'assistant' : role,
      content: texts.length < content.length ? content : texts.length === 0 ? null : texts.join('\n\n'),
    }
    if (calls.length > 0) {
      message['tool_calls'] = calls.map(({ id, name, given }) => ({
        id: id ?? name,
        type: 'function',
        function: { name, arguments: jsonText(given) },
      }))
    }
    return [...results, message]
  })
}

function openaiPart(part: Part): Body[] {
  if (part.kind === 'text') return [{ type: 'text', text: part.text }]
  if (part.kind === 'media')
    return isImage(part)
      ? [{ type: 'image_url', image_url: { url: part.data === undefined ? part.uri : dataUrl(part) } }]
      : [{ type: 'text', text: said(part) }]
  return part.kind === 'other' ? [{ type: 'text', text: jsonText(part.value) }] : []
}

/** Its system prompt is beside the messages, and results of tools are the user's. */
export function anthropicMessages(messages: readonly Message[]): { system: string[]; messages: Body[] } {
  const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer'
  const system = messages
    .filter(isSystem)
    .map(({ parts }) => parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n'))
  const spoken = messages
    .filter((message) => !isSystem(message))
    .map(({ role, parts }) => ({
      role: role === 'assistant' || role === 'model' ? 'assistant' : 'user',
      content: parts.filter(isSpoken).map(anthropicPart),
    }))
    .filter(({ content }) => content.length > 0)
  return { system, messages: spoken }
}

function anthropicPart(part: Part): Body {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
      return { type: 'text', text: part.text }
    case 'tool':
      return { type: 'tool_use', id: part.id ?? part.name, name: part.name, input: objectOf(part.given) }
    case 'result':
      return { type: 'tool_result', tool_use_id: part.id ?? '', content: jsonText(part.result) }
    case 'media':
      if (!isImage(part)) return { type: 'text', text: said(part) }
      return part.data === undefined
        ? { type: 'image', source: { type: 'url', url: part.uri } }
        : { type: 'image', source: { type: 'base64', media_type: part.mimeType, data: part.data } }
    case 'other':
      return { type: 'text', text: jsonText(part.value) }
    default:
      return part satisfies never
  }
}

/** Arguments may have been sent as a text of JSON. */
function objectOf(given: Json): Json {
  if (typeof given !== 'string') return given ?? {}
  try {
    return JSON.parse(given) as Json
  } catch {
    return { arguments: given }
  }
}
