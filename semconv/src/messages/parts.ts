// One block of content in any dialect -> canonical parts. What no dialect knows is kept as it came, as a part of its own type.
import type { MessagePart } from '../model.ts'
import { mediaPart } from './media.ts'
import { answerPart, callPart, pushInvocation, serverAnswerPart, serverCallPart } from './tool-parts.ts'
import { asText, type Draft, isObj, keyOf, type Obj, putRest, textIn } from './values.ts'

/** Makes the part of a block, or undefined when the block lacks what its type promises. */
type Builder = (block: Obj) => MessagePart | undefined

export const textPart = (content: string): MessagePart => ({ type: 'text', content })

/** Members that hold the text of a text or reasoning block. */
const TEXT_KEYS = ['content', 'text', 'thinking', 'reasoning', 'reasoning_text', 'refusal', 'value']

const text: Builder = (block) => withText('text', block)
const reasoning: Builder = (block) => withText('reasoning', block)
const medium =
  (modality: string): Builder =>
  (block) =>
    mediaPart(block, modality)

function withText(type: 'text' | 'reasoning', block: Obj): MessagePart | undefined {
  const key = TEXT_KEYS.find((name) => typeof block[name] === 'string')
  const part: Draft = { type }
  if (key !== undefined) {
    part['content'] = block[key]
    putRest(part, block, ['type', 'part_kind', 'block_type', key])
    return part as MessagePart & Draft
  }
  // OpenAI's assistants say { text: { value, annotations } }, Bedrock { reasoningText: { text, signature } }.
  const holder = keyOf(block, ['text', 'reasoningText', 'thinking', 'reasoning'])
  const inner = holder === undefined ? undefined : block[holder]
  const content = isObj(inner) ? textIn(inner, TEXT_KEYS) : textOfBlocks(inner)
  if (content === undefined) return type === 'reasoning' ? withoutText(block) : undefined
  part['content'] = content
  if (isObj(inner)) putRest(part, inner, ['type', keyOfText(inner, content)])
  putRest(part, block, ['type', holder])
  return part as MessagePart & Draft
}

const keyOfText = (block: Obj, content: string): string | undefined => TEXT_KEYS.find((key) => block[key] === content)

/** Text of an array whose every element is a block with nothing but text. */
function textOfBlocks(blocks: unknown): string | undefined {
  if (!Array.isArray(blocks) || blocks.length === 0) return undefined
  const texts = blocks.map((block) =>
    isObj(block) && Object.keys(block).length <= 2 ? textIn(block, TEXT_KEYS) : undefined,
  )
  return texts.every((one) => one !== undefined) ? texts.join('\n') : undefined
}

/** Reasoning that the provider hides: only its summary, a signature or an encrypted form. */
function withoutText(block: Obj): MessagePart {
  const summary = textOfBlocks(block['summary'])
  const content = textOfBlocks(block['content'])
  const part: Draft = { type: 'reasoning', content: [summary, content].filter((one) => one !== undefined).join('\n') }
  putRest(part, block, [
    'type',
    summary === undefined ? undefined : 'summary',
    content === undefined ? undefined : 'content',
  ])
  return part as MessagePart & Draft
}

const TYPED: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ...[
    'text',
    'input_text',
    'output_text',
    'summary_text',
    'text_delta',
    'refusal',
    'user-prompt',
    'system-prompt',
    'retry-prompt',
  ].map((type) => [type, text] as const),
  ...['reasoning', 'reasoning_text', 'thinking', 'redacted_thinking', 'redacted-reasoning', 'thought'].map(
    (type) => [type, reasoning] as const,
  ),
  ...[
    'tool_call',
    'tool-call',
    'tool_use',
    'toolUse',
    'toolCall',
    'tool_call_chunk',
    'invalid_tool_call',
    'function',
    'function_call',
    'functionCall',
    'custom_tool_call',
    'toolRequest',
  ].map((type) => [type, callPart] as const),
  ...[
    'tool_call_response',
    'tool-result',
    'tool-error',
    'tool-return',
    'tool_result',
    'toolResult',
    'tool_call_result',
    'toolResponse',
    'function_call_output',
    'custom_tool_call_output',
    'computer_call_output',
    'local_shell_call_output',
    'function_response',
    'functionResponse',
  ].map((type) => [type, answerPart] as const),
  ...['server_tool_use', 'mcp_tool_use'].map((type) => [type, serverCallPart] as const),
  ...['image', 'image_url', 'input_image', 'image-url'].map((type) => [type, medium('image')] as const),
  ...['audio', 'input_audio', 'audio-url', 'audio_url'].map((type) => [type, medium('audio')] as const),
  ...['video', 'video_url', 'video-url'].map((type) => [type, medium('video')] as const),
  ...['file', 'input_file', 'document', 'document-url', 'media'].map((type) => [type, medium('document')] as const),
  [
    'binary',
    (block) => mediaPart({ ...block, data: block['data'] ?? block['content'], content: undefined }, 'document'),
  ],
])

/** Blocks that say by the name of a member what they are (Gemini, Bedrock, Genkit, Haystack); the builder takes the member. */
const BY_MEMBER: readonly (readonly [member: string, build: Builder])[] = [
  ['toolUse', callPart],
  ['functionCall', callPart],
  ['function_call', callPart],
  ['toolRequest', callPart],
  ['tool_call', callPart],
  ['toolResult', answerPart],
  ['functionResponse', answerPart],
  ['function_response', answerPart],
  ['toolResponse', answerPart],
  ['tool_call_result', answerPart],
  ['reasoningContent', reasoning],
  ['reasoning', reasoning],
  ['inlineData', medium('document')],
  ['inline_data', medium('document')],
  ['fileData', medium('document')],
  ['file_data', medium('document')],
  ['media', medium('document')],
  ['image', medium('image')],
  ['audio', medium('audio')],
  ['video', medium('video')],
  ['document', medium('document')],
]

/** Already canonical, so that it may stay the object that it is. */
export function isCanonicalPart(block: Obj): boolean {
  switch (block['type']) {
    case 'text':
    case 'reasoning':
    case 'blob':
      return typeof block['content'] === 'string'
    case 'tool_call':
      return block['arguments'] !== undefined || (typeof block['name'] === 'string' && !hasAny(block, CALL_ALIASES))
    case 'tool_call_response':
      return block['response'] !== undefined || !hasAny(block, ANSWER_ALIASES)
    case 'uri':
      return typeof block['uri'] === 'string'
    case 'file':
      return typeof block['file_id'] === 'string' && typeof block['modality'] === 'string'
    case 'server_tool_call':
      return block['server_tool_call'] !== undefined
    case 'server_tool_call_response':
      return block['server_tool_call_response'] !== undefined
    case 'generic':
      return true
    default:
      return false
  }
}
const CALL_ALIASES = ['args', 'input', 'parameters', 'tool_kwargs', 'toolCallId', 'tool_call_id', 'function']
const ANSWER_ALIASES = ['result', 'output', 'content']
const hasAny = (block: Obj, keys: readonly string[]): boolean => keys.some((key) => block[key] !== undefined)

/** The part of a block that some dialect knows; undefined otherwise. */
export function knownPart(block: Obj): MessagePart | undefined {
  if (isCanonicalPart(block)) return block as MessagePart & Obj
  const type = block['type'] ?? block['part_kind'] ?? block['block_type']
  if (typeof type === 'string') return TYPED.get(type)?.(block) ?? serverPart(type, block)
  // pydantic-ai's media are of a kind.
  return (typeof block['kind'] === 'string' ? ofKind(block) : undefined) ?? untypedPart(block)
}

function ofKind({ kind, ...block }: Obj): MessagePart | undefined {
  return TYPED.get(String(kind))?.(block)
}

function serverPart(type: string, block: Obj): MessagePart | undefined {
  if (type.endsWith('_tool_result')) return serverAnswerPart(block)
  // OpenAI's hosted tools: web_search_call, file_search_call, code_interpreter_call …
  return type.endsWith('_call') && typeof block['id'] === 'string' ? serverCallPart(block) : undefined
}

function untypedPart(block: Obj): MessagePart | undefined {
  for (const [member, build] of BY_MEMBER) {
    const inner = block[member]
    if (inner === undefined || inner === null) continue
    const part = isObj(inner) ? build(inner) : build({ [member]: inner })
    if (part) putRest(part as Draft, block, [member])
    return part
  }
  if (block['thought'] === true && typeof block['text'] === 'string')
    return withText('reasoning', without(block, 'thought'))
  if (typeof block['text'] === 'string' || isObj(block['text'])) return text(block)
  if (keyOf(block, ['call_id', 'tool_call_id']) !== undefined && 'content' in block) return answerPart(block)
  return typeof block['content'] === 'string' ? text(block) : undefined
}

function without(block: Obj, member: string): Obj {
  const rest: Draft = {}
  putRest(rest, block, [member])
  return rest
}

/** Appends the parts of one block, whatever it is. */
export function pushBlock(parts: MessagePart[], block: unknown): void {
  if (block === undefined || block === null || block === '') return
  if (!isObj(block)) parts.push(textPart(asText(block)))
  else if (!pushSeveral(parts, block)) parts.push(knownPart(block) ?? generic(block))
}

/** Blocks that hold more than one part. */
function pushSeveral(parts: MessagePart[], block: Obj): boolean {
  const { type, part_kind: kind, content } = block
  if (typeof type === 'string' && type.startsWith('tool-') && !TYPED.has(type)) {
    // The AI SDK's UI names the tool in the type.
    const named = { toolName: type.slice('tool-'.length), ...block }
    return pushInvocation(parts, named)
  }
  if (type === 'dynamic-tool') return pushInvocation(parts, block)
  if (type === 'tool-invocation' && isObj(block['toolInvocation']))
    return pushInvocation(parts, block['toolInvocation'])
  if (kind !== 'user-prompt' || !Array.isArray(content)) return false
  const rest: Draft = { type: 'generic' }
  putRest(rest, block, ['part_kind', 'content'])
  if (Object.keys(rest).length > 1) parts.push(rest as MessagePart & Draft)
  for (const one of content) pushBlock(parts, one)
  return true
}

/** An unknown block as it is; one without a type has its members in a generic part. */
function generic(block: Obj): MessagePart {
  if (typeof block['type'] === 'string') return block as MessagePart & Obj
  const part: Draft = { type: 'generic' }
  putRest(part, block, [])
  return part as MessagePart & Draft
}

/** Appends the parts of a message's content: text, one block or a list of them. */
export function pushContent(parts: MessagePart[], content: unknown): void {
  if (Array.isArray(content)) for (const block of content) pushBlock(parts, block)
  else pushBlock(parts, content)
}
