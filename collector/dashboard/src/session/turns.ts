// A trace and its calls in; the messages of one turn of the conversation out: the last that the user said, and the last answer.
import type { SpanRow, TraceRow } from '../api/rows.ts'
import { type Message, readContent } from '../content/messages.ts'

export function turnsOf(trace: TraceRow, calls: readonly SpanRow[]): readonly Message[] {
  const inOrder = [...calls].filter(({ kind }) => kind === 'generation').reverse()
  const asked = inOrder.map(({ input }) => lastOf(input, 'user')).find((message) => message !== undefined)
  const answered = inOrder
    .toReversed()
    .map(({ output }) => lastOf(output, 'assistant'))
    .find((message) => message !== undefined)
  const given = asked ?? plain('user', trace.input_preview)
  const answer = answered ?? plain('assistant', trace.output_preview)
  return [given, answer].filter((message) => message !== undefined)
}

function lastOf(content: string | null | undefined, role: string): Message | undefined {
  if (content === null || content === undefined || content === '') return undefined
  const read = readContent(content)
  if (read.form === 'text') return plain(role, read.text)
  if (read.form === 'json') return { role, parts: [{ kind: 'other', value: read.value }], finish: undefined }
  return read.messages.findLast((message) => message.role === role) ?? read.messages.at(-1)
}

const plain = (role: string, text: string | null | undefined): Message | undefined =>
  text === null || text === undefined || text === ''
    ? undefined
    : { role, parts: [{ kind: 'text', text }], finish: undefined }
