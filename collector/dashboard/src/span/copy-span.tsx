// A span in; a menu to take it elsewhere out: its id, OTLP/JSON, messages, and the request that answers it.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAbout } from '../api/queries.ts'
import { markdownOf } from '../content/messages-out.ts'
import { getKey } from '../state/key.ts'
import { copyText, curlOf } from '../ui/copy.ts'
import { Popover } from '../ui/popover.tsx'
import { otlpOf } from './otlp.ts'
import { providerCurl } from './provider-call.ts'
import { type SpanAnswer, spanPath, type WideField, wholeQuery } from './use-span.ts'

const WIDE: readonly WideField[] = ['input', 'output', 'system_instructions', 'tool_definitions', 'attributes']

type Entry = readonly [what: string, text: () => string | Promise<string>]

export function CopySpan({ answer }: { answer: SpanAnswer }) {
  const { span, cut } = answer
  const client = useQueryClient()
  const about = useAbout()
  const [done, setDone] = useState('')
  const [traceId, spanId] = [span.trace_id ?? '', span.span_id ?? '']
  const needsKey = getKey() !== undefined || about.data?.caller === null
  /** What is copied is whole, whatever is shown. */
  const whole = async () => {
    const fields = WIDE.filter((field) =>
      Object.keys(cut).some((name) => name === field || name.startsWith(`${field}.`)),
    )
    const parts = await Promise.all(fields.map((field) => client.fetchQuery(wholeQuery(traceId, spanId, field))))
    return {
      ...span,
      ...Object.assign(
        {},
        ...parts.map((part, index) => ({ [fields[index] ?? '']: part.span[fields[index] ?? 'input'] })),
      ),
    } as typeof span
  }
  const isCall = span.kind === 'generation' && Boolean(span.input)
  const again: Entry = ['cURL of the call itself', async () => providerCurl(await whole()) ?? '']
  const entries: readonly Entry[] = [
    ['Span id', () => spanId],
    ['Trace id', () => traceId],
    ['Link', () => `${location.origin}/traces/${traceId}?span=${spanId}`],
    [
      'Messages as Markdown',
      async () => await whole().then((it) => markdownOf([it.system_instructions, it.input, it.output])),
    ],
    ['Messages as JSON', async () => JSON.stringify(messagesOf(await whole()), null, 2)],
    ['OTLP JSON', async () => JSON.stringify(otlpOf(await whole()), null, 2)],
    ['cURL of this span', () => curlOf(spanPath(traceId, spanId), { needsKey })],
    ...(isCall ? [again] : []),
  ]
  const copy = (what: string, text: () => string | Promise<string>, close: () => void) => {
    void Promise.resolve(text())
      .then(copyText)
      .then(
        () => setDone(`${what} copied`),
        () => setDone(`${what} could not be copied`),
      )
    close()
  }
  return (
    <div className="copy-menu">
      <span role="status" className="muted">
        {done}
      </span>
      <Popover
        align="end"
        label={
          <>
            Copy<span className="sr-only"> of the span</span>
          </>
        }
      >
        {(close) => (
          <ul className="menu">
            {entries.map(([what, text]) => (
              <li key={what}>
                <button type="button" onClick={() => copy(what, text, close)}>
                  {what}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Popover>
    </div>
  )
}

function messagesOf(span: SpanAnswer['span']): unknown {
  const read = (text: string | null | undefined): unknown => {
    if (typeof text !== 'string') return undefined
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
  return {
    system_instructions: read(span.system_instructions),
    input: read(span.input),
    output: read(span.output),
    tool_definitions: read(span.tool_definitions),
  }
}
