// The usage of a span in; its parts, and the sum that its cost came from, out.

import { useQuery } from '@tanstack/react-query'
import { jsonQuery } from '../api/queries.ts'
import type { ExplainedSpan, SpanRow } from '../api/rows.ts'
import { exactMoney, money } from '../format/money.ts'
import { exactCount } from '../format/numbers.ts'
import { costReason } from '../list/cost-reasons.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { TableHead } from '../ui/table-head.tsx'
import { type UsageLine, usageLines } from './usage-lines.ts'

export function Usage({ span }: { span: SpanRow }) {
  const lines = usageLines(span)
  const isEmpty = lines.every(({ tokens }) => tokens === undefined) && span.cost_usd == null
  if (isEmpty && !span.cost_reason) return <p className="muted">This span reports no usage of a model.</p>
  return (
    <div className="stack">
      <section aria-label="Tokens">
        <h3>Tokens</h3>
        <Parts lines={lines} />
        <table className="plain-table usage-table">
          <tbody>
            {lines.map(({ name, tokens, isPart, tone }) => (
              <tr key={name} className={isPart ? 'usage-part' : ''}>
                <th scope="row">
                  {tone !== undefined && <i className={`usage-dot bar-${tone}`} aria-hidden="true" />}
                  {name}
                </th>
                <td className="end">{exactCount(tokens)}</td>
              </tr>
            ))}
            {span.searches != null && (
              <tr>
                <th scope="row">Web searches</th>
                <td className="end">{exactCount(span.searches)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
      <WhyThisCost traceId={span.trace_id ?? ''} spanId={span.span_id ?? ''} />
    </div>
  )
}

/** Shares at a glance; the table says the same. */
function Parts({ lines }: { lines: readonly UsageLine[] }) {
  const shown = lines.flatMap(({ tone, share, name }) =>
    tone === undefined || share === 0 ? [] : [{ tone, share, name }],
  )
  if (shown.length === 0) return null
  return (
    <div className="usage-bar" aria-hidden="true">
      {shown.map(({ tone, share, name }) => (
        <i key={name} className={`bar-${tone}`} style={{ flexGrow: share }} />
      ))}
    </div>
  )
}

function WhyThisCost({ traceId, spanId }: { traceId: string; spanId: string }) {
  const query = useQuery(jsonQuery<ExplainedSpan>(`/api/v1/explain/${traceId}/${spanId}`))
  if (query.error !== null) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <p className="muted">Loading why …</p>
  const { cost, usage } = query.data
  const { sum } = cost
  const facts: [string, string | null | undefined][] = [
    ['Cost from', cost.source_text],
    ['Price', cost.price_id],
    ['Rule', sum?.rule],
    ['Tier', sum?.tier],
    ['In force since', sum?.since],
    ['Reported by the sender', cost.reported_usd === null ? null : exactMoney(cost.reported_usd)],
    ['Cached tokens', usage.rule_text],
    ['In totals', `${usage.counts_usage ? 'counted' : 'not counted'}: ${usage.role_text}`],
  ]
  return (
    <section aria-label="Why this cost">
      <h3>Why this cost</h3>
      {cost.cost_usd === null && (
        <p className="cut-note">
          <span className="badge warn">unpriced</span>{' '}
          {cost.reason === null ? 'nothing is known of it' : costReason(cost.reason)}
        </p>
      )}
      <dl className="span-facts">
        {facts.map(([name, value]) =>
          value === null || value === undefined || value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {sum !== null && sum.lines.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label="The sum">
          <table className="plain-table">
            <TableHead names={['Part', 'Count >', 'Rate >', 'Amount >']} />
            <tbody>
              {sum.lines.map(({ bucket, count, rate_usd: rate, per, amount_usd: amount }) => (
                <tr key={bucket}>
                  <th scope="row">{bucket.replaceAll('_', ' ')}</th>
                  <td className="end">{exactCount(count)}</td>
                  <td className="end">
                    × {exactMoney(rate)} / {exactCount(per)}
                  </td>
                  <td className="end">= {exactMoney(amount)}</td>
                </tr>
              ))}
              <tr className="usage-total">
                <th scope="row">Together</th>
                <td />
                <td />
                <td className="end">{exactMoney(sum.total_usd)}</td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
      {cost.differs !== undefined && (
        <p className="cut-note">
          <span className="badge warn">differs</span> {cost.differs}; the row says {money(cost.cost_usd)}
        </p>
      )}
      {[...(sum?.notes ?? []), ...query.data.notes].map((note) => (
        <p className="muted" key={note}>
          {note}
        </p>
      ))}
    </section>
  )
}
