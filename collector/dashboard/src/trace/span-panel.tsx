// One span of a trace in; all that is known of it out.
import { useQuery } from '@tanstack/react-query'
import { SPAN_COLUMNS } from '../../../src/query/columns.ts'
import { apiPath } from '../api/client.ts'
import { jsonQuery } from '../api/queries.ts'
import type { Page, SpanRow } from '../api/rows.ts'
import { ContentView } from '../content/content.tsx'
import { cellOf } from '../list/cells.tsx'
import { headerOf } from '../list/lists.ts'
import { ErrorState } from '../ui/error-state.tsx'

const TOP = [
  'status',
  'kind',
  'model',
  'provider',
  'start_time',
  'latency_ms',
  'time_to_first_token_ms',
  'tokens',
  'cost_usd',
  'error_message',
  'service_name',
]

const CONTENT = [
  ['system_instructions', 'System'],
  ['input', 'Input'],
  ['output', 'Output'],
  ['tool_definitions', 'Tools'],
] as const

export function SpanPanel({ traceId, spanId, from }: { traceId: string; spanId: string; from: string }) {
  const path = apiPath('/api/v1/spans', { trace_id: traceId, span_id: spanId, from, limit: 1 })
  const query = useQuery(jsonQuery<Page<SpanRow>>(path))
  if (query.error !== null) return <ErrorState problem={query.error} />
  const span = query.data?.data[0]
  if (query.data !== undefined && span === undefined)
    return <p className="muted loading">There is no such span in this trace.</p>
  if (span === undefined) return <p className="muted loading">Loading …</p>
  const row = { ...span }
  return (
    <section className="card span-panel" aria-label="Span">
      <h2>{span.name ?? '(no name)'}</h2>
      <table className="plain-table">
        <tbody>
          {TOP.map((name) => (
            <tr key={name}>
              <th scope="row">{headerOf(name)}</th>
              <td>{cellOf(name, SPAN_COLUMNS)(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {CONTENT.map(([name, title]) => {
        const text = span[name]
        return typeof text === 'string' && text !== '' ? <ContentView key={name} title={title} text={text} /> : null
      })}
    </section>
  )
}
