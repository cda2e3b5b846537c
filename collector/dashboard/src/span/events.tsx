// The events and links of a span in; events with how long after its start they were, and ways to other traces, out.
import { Link } from '@tanstack/react-router'
import type { SpanRow } from '../api/rows.ts'
import { LongText } from '../content/long-text.tsx'
import { duration } from '../format/numbers.ts'
import { msOf } from '../trace/span-table.ts'

const MAX_SHOWN = 200

export function Events({ span }: { span: SpanRow }) {
  const times = span.event_times ?? []
  const links = span.link_trace_ids ?? []
  if (times.length === 0 && links.length === 0) return <p className="muted">This span has no events and no links.</p>
  const startMs = msOf(span.start_time)
  return (
    <div className="stack">
      {times.length > 0 && (
        <section aria-label="Events">
          <h3>Events</h3>
          <ol className="events">
            {times.slice(0, MAX_SHOWN).map((time, index) => (
              <li key={index}>
                <p>
                  <b>{span.event_names?.[index] || '(no name)'}</b>{' '}
                  <span className="muted" title={time}>
                    +{duration(Math.max(0, msOf(time) - startMs))}
                  </span>
                </p>
                <Values map={span.event_attributes?.[index]} />
              </li>
            ))}
          </ol>
          {times.length > MAX_SHOWN && <p className="muted">{times.length - MAX_SHOWN} more are in the JSON.</p>}
        </section>
      )}
      {links.length > 0 && (
        <section aria-label="Links">
          <h3>Links</h3>
          <ul className="events">
            {links.slice(0, MAX_SHOWN).map((traceId, index) => {
              const spanId = span.link_span_ids?.[index] ?? ''
              return (
                <li key={index}>
                  <Link to="/traces/$traceId" params={{ traceId }} search={spanId === '' ? {} : { span: spanId }}>
                    Trace <code>{traceId.slice(0, 12)}</code>
                    {spanId !== '' && (
                      <>
                        , span <code>{spanId}</code>
                      </>
                    )}
                  </Link>
                  <Values map={span.link_attributes?.[index]} />
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </div>
  )
}

function Values({ map }: { map: Readonly<Record<string, string>> | undefined }) {
  const entries = Object.entries(map ?? {})
  if (entries.length === 0) return null
  return (
    <table className="plain-table attribute-table">
      <tbody>
        {entries.map(([key, value]) => (
          <tr key={key}>
            <th scope="row">
              <code>{key}</code>
            </th>
            <td>
              <LongText text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
