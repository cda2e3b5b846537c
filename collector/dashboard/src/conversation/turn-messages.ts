// A trace and its last call in; the messages before and the answer out. Where there is no content, the previews of the trace say what was said.
import type { SpanRow, TraceRow } from '../api/rows.ts'
import { type Message, readContent } from '../content/messages.ts'

export interface TurnContent {
  input: readonly Message[]
  answer: readonly Message[]
}

/** @param isCut the input is too long to be here: what was new in it stands at its end, which is not there */
export function contentOf(trace: TraceRow, call: SpanRow | undefined, isCut: boolean): TurnContent {
  const told = isCut ? [] : messagesIn(call?.input, 'user')
  const input = told.length > 0 ? told : plain('user', trace.input_preview ?? call?.input_preview)
  const output = messagesIn(call?.output, 'assistant')
  return {
    input: [...messagesIn(call?.system_instructions, 'system'), ...input],
    answer: output.length > 0 ? output : plain('assistant', trace.output_preview),
  }
}

function messagesIn(text: string | null | undefined, role: string): readonly Message[] {
  if (text === null || text === undefined || text === '') return []
  const read = readContent(text)
  if (read.form === 'messages') return read.messages
  if (read.form === 'text') return plain(role, read.text)
  return [{ role, parts: [{ kind: 'other', value: read.value }], finish: undefined }]
}

const plain = (role: string, text: string | null | undefined): readonly Message[] =>
  text === null || text === undefined || text === ''
    ? []
    : [{ role, parts: [{ kind: 'text', text }], finish: undefined }]
