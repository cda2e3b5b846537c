// Parts of one reply that are told apart (Vercel AI SDK, Sentry) -> the canonical output message as JSON text.
import { toCanonical } from './message.ts'
import { isObj, unwrapJson } from './values.ts'

/** What a reply is told in; every text as the attribute has it. */
export interface ReplyParts {
  text?: string
  /** Plain text, or JSON: a list of reasoning blocks. */
  reasoning?: string
  /** JSON: a list of calls. */
  toolCalls?: string
  /** JSON of a structured answer. */
  object?: string
  finishReason?: string
}

/** @returns undefined when nothing was said */
export function assembleOutput({ text, reasoning, toolCalls, object, finishReason }: ReplyParts): string | undefined {
  const message = toCanonical(
    { content: [...reasoningBlocks(reasoning), text, object], toolCalls, finish_reason: finishReason },
    'assistant',
  )
  return message.parts.length > 0 ? JSON.stringify([message]) : undefined
}

function reasoningBlocks(reasoning: string | undefined): unknown[] {
  const parsed = unwrapJson(reasoning)
  const list = Array.isArray(parsed) ? parsed : parsed === undefined || parsed === '' ? [] : [parsed]
  return list.map((one) => (isObj(one) ? { ...one, type: 'reasoning' } : { type: 'reasoning', content: String(one) }))
}
