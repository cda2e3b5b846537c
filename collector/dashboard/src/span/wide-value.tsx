// A field of a span that may be cut in; its content out, the rest of a cut one on demand.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ContentView } from '../content/content.tsx'
import { closedJson } from '../content/partial-json.ts'
import { bytes } from '../format/numbers.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { type WideField, wholeQuery } from './use-span.ts'

interface WideValueProps {
  traceId: string
  spanId: string
  field: Exclude<WideField, 'attributes'>
  title: string
  text: string
  /** Characters of the whole; undefined: the text is whole. */
  length: number | undefined
}

export function WideValue({ traceId, spanId, field, title, text, length }: WideValueProps) {
  const [isAsked, setAsked] = useState(false)
  const isCut = length !== undefined
  const query = useQuery({
    ...wholeQuery(traceId, spanId, field),
    enabled: isCut && isAsked,
  })
  const whole = query.data?.span[field]
  const beginning = useMemo(() => (isCut ? (closedJson(text) ?? text) : text), [isCut, text])
  if (!isCut) return <ContentView title={title} text={text} />
  if (typeof whole === 'string') return <ContentView title={title} text={whole} />
  return (
    <>
      <ContentView title={title} text={beginning} />
      {query.error === null ? (
        <p className="cut-note">
          <span>
            The first {bytes(text.length)} of {bytes(length)}.
          </span>
          <button type="button" className="button" disabled={query.isFetching} onClick={() => setAsked(true)}>
            {query.isFetching ? 'Loading …' : `Load all ${bytes(length)}`}
            <span className="sr-only"> of {title}</span>
          </button>
        </p>
      ) : (
        <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
      )}
    </>
  )
}
