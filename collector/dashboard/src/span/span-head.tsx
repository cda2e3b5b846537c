// A span in; its name, what became of it and its main figures out.
import { SPAN_COLUMNS } from '../../../src/query/columns.ts'
import { LongText } from '../content/long-text.tsx'
import { cellOf, Time } from '../list/cells.tsx'
import { Kind } from '../list/marks.tsx'
import { CopySpan } from './copy-span.tsx'
import type { SpanAnswer } from './use-span.ts'

/** Name, column. What is not known is left out. */
const FACTS = [
  ['Model', 'model'],
  ['Provider', 'provider'],
  ['Agent', 'agent_name'],
  ['Tool', 'tool_name'],
  ['Latency', 'latency_ms'],
  ['First token', 'time_to_first_token_ms'],
  ['Tokens', 'tokens'],
  ['Cost', 'cost_usd'],
  ['Finish', 'finish_reasons'],
  ['Prompt', 'prompt_name'],
  ['Version', 'prompt_version'],
  ['Temperature', 'temperature'],
  ['Service', 'service_name'],
  ['Environment', 'environment'],
] as const

interface SpanHeadProps {
  answer: SpanAnswer
  onClose: () => void
}

export function SpanHead({ answer, onClose }: SpanHeadProps) {
  const { span } = answer
  const row = { ...span }
  const isThere = (name: string): boolean => {
    if (name === 'tokens') return span.input_tokens != null || span.output_tokens != null
    if (name === 'cost_usd') return span.cost_usd != null || Boolean(span.cost_reason)
    const value = row[name as keyof typeof row]
    return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  }
  return (
    <header className="span-head">
      <div className="span-title">
        <Kind kind={span.kind ?? 'span'} />
        <h2 className="clip" title={span.name ?? ''}>
          {span.name ?? '(no name)'}
        </h2>
        <span className="muted">{span.kind}</span>
        <div className="end row">
          <CopySpan answer={answer} />
          <button
            type="button"
            className="button icon-button"
            aria-label="Close the span"
            title="Close (Esc)"
            onClick={onClose}
          >
            ✕
          </button>
        </div>
      </div>
      {span.status === 'error' && <Failure answer={answer} />}
      <dl className="span-facts">
        <div>
          <dt>Start</dt>
          <dd>
            <Time iso={span.start_time ?? ''} />
          </dd>
        </div>
        {FACTS.filter(([, name]) => isThere(name)).map(([title, name]) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{cellOf(name, SPAN_COLUMNS)(row)}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}

/** The class that we gave it, and what the sender said. */
function Failure({ answer: { span } }: { answer: SpanAnswer }) {
  const message = span.error_message ?? span.status_message
  return (
    <div className="failure">
      <p>
        <span aria-hidden="true">✕</span> <b>{span.error_class?.replaceAll('_', ' ') ?? 'error'}</b>
        {span.error_type && span.error_type !== span.error_class && (
          <>
            {' '}
            <span className="muted">sent as</span> <code>{span.error_type}</code>
          </>
        )}
      </p>
      {message && <LongText text={message} />}
    </div>
  )
}
