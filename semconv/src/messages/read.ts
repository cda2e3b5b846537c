// Canonical messages -> what a reader asks of them: the text, the tool calls.
import type { Message } from '../model.ts'
import { type Obj, scalarText, unwrapJson } from './values.ts'

/** All text parts, a line each. */
export function textOfMessages(messages: readonly Message[]): string {
  return messages
    .flatMap(({ parts }) => parts as readonly Obj[])
    .filter((part) => part['type'] === 'text' && typeof part['content'] === 'string')
    .map((part) => part['content'])
    .join('\n')
}

export interface ToolCall {
  id?: string
  name?: string
  arguments?: unknown
}

/** The calls of tools, with their arguments as a structure where they are one. */
export function toolCallsOf(messages: readonly Message[]): ToolCall[] {
  return messages
    .flatMap(({ parts }) => parts as readonly Obj[])
    .filter(({ type }) => type === 'tool_call')
    .map((part) => {
      const [id, name] = [scalarText(part['id']), scalarText(part['name'])]
      return {
        ...(id === undefined ? {} : { id }),
        ...(name === undefined ? {} : { name }),
        ...(part['arguments'] === undefined ? {} : { arguments: unwrapJson(part['arguments']) }),
      }
    })
}
