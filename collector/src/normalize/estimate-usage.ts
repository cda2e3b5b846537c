// A call that was answered but whose usage nobody told -> usage estimated from its content. Off unless a tokenizer is given.
import type { Interpretation, Usage } from '@hanzo/insights-semconv'

/** Text -> about how many tokens it is. */
export type CountTokens = (text: string) => number

/** What a chat form adds to each message and to the whole, in OpenAI's models; others add about as much. */
const TOKENS_PER_MESSAGE = 4
const TOKENS_PER_CALL = 3
/** Strings deeper than this are no text that a model was given. */
const MAX_DEPTH = 16
const WORDS_BESIDE: ReadonlySet<string> = new Set([
  'role',
  'type',
  'id',
  'finish_reason',
  'mime_type',
  'modality',
  'uri',
  'file_id',
])
/** A model reads these with their braces and keys. */
const READ_AS_JSON: ReadonlySet<string> = new Set(['arguments', 'response', 'result', 'parameters'])
/** Parts whose content is no text: its tokens cannot be told from its length. */
const MEDIA: ReadonlySet<unknown> = new Set([
  'blob',
  'file',
  'uri',
  'image',
  'image_url',
  'audio',
  'input_audio',
  'video',
])

/** The usage with what was missing estimated; undefined when nothing could be. A call that failed or gave no answer is left unknown. */
export function estimateUsage(meaning: Interpretation, count: CountTokens): Usage | undefined {
  const { usage, kind, input, output, systemInstructions, toolDefinitions, errorType } = meaning
  const isAnswered = kind === 'embedding' ? errorType === '' : output !== undefined
  if (!meaning.countsUsage || !isAnswered) return undefined
  const estimated: Usage = { ...usage }
  if (usage.input === undefined && input !== undefined) {
    estimated.input = [input, systemInstructions, toolDefinitions].reduce(
      (sum, text) => sum + (text === undefined ? 0 : tokensOf(text, count, TOKENS_PER_MESSAGE)),
      kind === 'embedding' ? 0 : TOKENS_PER_CALL,
    )
  }
  if (usage.output === undefined && output !== undefined && kind !== 'embedding')
    estimated.output = tokensOf(output, count, 0)
  return estimated.input === usage.input && estimated.output === usage.output ? undefined : estimated
}

function tokensOf(text: string, count: CountTokens, perMessage: number): number {
  const content = parseOrText(text)
  if (!Array.isArray(content)) return count(textIn(content, 0))
  return content.reduce<number>((sum, message) => sum + count(textIn(message, 0)) + perMessage, 0)
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // no JSON: the text itself is what the model saw
  }
}

/** All text below a value that is for the model to read. */
function textIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return ''
  if ('type' in value && MEDIA.has(value.type)) return ''
  return Object.entries(value)
    .filter(([key]) => !WORDS_BESIDE.has(key))
    .map(([key, inner]) =>
      READ_AS_JSON.has(key) && typeof inner === 'object' ? JSON.stringify(inner) : textIn(inner, depth + 1),
    )
    .join(' ')
}
