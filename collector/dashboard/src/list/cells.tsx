// The value of a column in; how a list shows it out. By name where a column has a way of its own, else by its type.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Columns } from '../../../src/query/column.ts'
import type { Json } from '../api/rows.ts'
import { exactMoney, money } from '../format/money.ts'
import { count, duration, exactCount, percent, UNKNOWN } from '../format/numbers.ts'
import { ago, instant, preciseInstant, useZone } from '../format/time.ts'
import { costReason } from './cost-reasons.ts'
import { Kind, Status } from './marks.tsx'

/** As the API answers: what is in it is only known by the tables of columns. */
export type AnyRow = Readonly<Record<string, Json | undefined>>

type Cell = (row: AnyRow) => ReactNode

const text = (row: AnyRow, name: string): string | undefined => {
  const value = row[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
const figure = (row: AnyRow, name: string): string | number | null => {
  const value = row[name]
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

/** Cost, or why there is none: never $0 for what nobody knows. */
function Cost({ row }: { row: AnyRow }) {
  const value = figure(row, 'cost_usd')
  const reason = text(row, 'cost_reason')
  const unpriced = Number(figure(row, 'unpriced_calls') ?? 0)
  if (value === null) {
    if (reason === undefined && unpriced === 0) return <span className="muted">{UNKNOWN}</span>
    return (
      <span
        className="badge warn"
        title={reason === undefined ? `${unpriced} calls have no price` : costReason(reason)}
      >
        unpriced
      </span>
    )
  }
  return (
    <span title={exactMoney(value)}>
      {unpriced > 0 && (
        <span className="warn" title={`${unpriced} of the calls have no price`}>
          ≥<span className="sr-only">at least </span>
        </span>
      )}
      {money(value)}
    </span>
  )
}

function Tokens({ row }: { row: AnyRow }) {
  const [input, output, cached, reasoning] = [
    'input_tokens',
    'output_tokens',
    'cache_read_tokens',
    'reasoning_tokens',
  ].map((name) => figure(row, name))
  if (input === null && output === null) return <span className="muted">{UNKNOWN}</span>
  const exact = `${exactCount(input)} in (${exactCount(cached)} cached), ${exactCount(output)} out (${exactCount(reasoning)} reasoning)`
  return (
    <span title={exact}>
      {count(input)} <span className="muted">→</span>
      <span className="sr-only"> in, </span> {count(output)}
      <span className="sr-only"> out</span>
    </span>
  )
}

function TraceLink({ row, children }: { row: AnyRow; children: ReactNode }) {
  const traceId = text(row, 'trace_id') ?? ''
  const spanId = text(row, 'span_id')
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId }}
      search={spanId === undefined ? {} : { span: spanId }}
      preload={false}
    >
      {children}
    </Link>
  )
}

const Tags = ({ values }: { values: readonly string[] }) =>
  values.slice(0, 4).map((value) => (
    <span className="badge" key={value}>
      {value}
    </span>
  ))

/** Columns that are shown in a way of their own. */
const NAMED: Readonly<Record<string, Cell>> = {
  name: (row) => (
    <TraceLink row={row}>
      {text(row, 'kind') !== undefined && <Kind kind={text(row, 'kind') ?? ''} />} {text(row, 'name') ?? '(no name)'}
    </TraceLink>
  ),
  trace_id: (row) => (
    <TraceLink row={row}>
      <code>{text(row, 'trace_id')?.slice(0, 12) ?? UNKNOWN}</code>
    </TraceLink>
  ),
  status: (row) => <Status status={text(row, 'status')} detail={text(row, 'error_type')} />,
  cost_usd: (row) => <Cost row={row} />,
  tokens: (row) => <Tokens row={row} />,
  session_id: (row) => {
    const sessionId = text(row, 'session_id')
    if (sessionId === undefined) return <span className="muted">{UNKNOWN}</span>
    return (
      <Link to="/sessions/$sessionId" params={{ sessionId }} preload={false}>
        {sessionId}
      </Link>
    )
  },
  user_id: (row) => {
    const userId = text(row, 'user_id')
    if (userId === undefined) return <span className="muted">{UNKNOWN}</span>
    return (
      <Link to="/users/$userId" params={{ userId }} preload={false}>
        {userId}
      </Link>
    )
  },
  kind: (row) => (
    <>
      <Kind kind={text(row, 'kind') ?? ''} /> {text(row, 'kind')}
    </>
  ),
  errors: (row) => {
    const errors = Number(figure(row, 'errors') ?? 0)
    return errors === 0 ? <span className="muted">0</span> : <span className="bad">{count(errors)}</span>
  },
}

export function cellOf(name: string, columns: Columns): Cell {
  const named = NAMED[name]
  if (named !== undefined) return named
  const type = columns[name]
  return (row) => {
    const value = row[name]
    if (value === null || value === undefined || value === '') return <span className="muted">{UNKNOWN}</span>
    if (Array.isArray(value)) return <Tags values={value.map(String)} />
    if (type === 'time') return <Time iso={String(value)} />
    if (type === 'money') return <span title={exactMoney(String(value))}>{money(String(value))}</span>
    if (type === 'count' || type === 'integer')
      return <span title={exactCount(figure(row, name))}>{count(figure(row, name))}</span>
    if (type === 'float')
      return name.endsWith('_ms')
        ? duration(figure(row, name))
        : name.endsWith('_rate')
          ? percent(figure(row, name))
          : String(value)
    if (typeof value === 'object') return <code>{JSON.stringify(value)}</code>
    return <span title={String(value)}>{String(value)}</span>
  }
}

// the year is said where it is not plain
const isRecent = (ms: number): boolean => Math.abs(Date.now() - ms) < 180 * 86_400_000

export function Time({ iso }: { iso: string }) {
  useZone()
  const ms = Date.parse(iso)
  return (
    <time dateTime={iso} title={`${preciseInstant(iso)} (${ago(ms)})`}>
      {instant(ms, isRecent(ms) ? 'recent' : 'full')}
    </time>
  )
}

const ENDS = new Set(['count', 'integer', 'float', 'money'])
export const isAtEnd = (name: string, columns: Columns): boolean => name === 'tokens' || ENDS.has(columns[name] ?? '')
