// A span of a trace in; all that is known of it, by tabs that the URL names, out.
import { useId } from 'react'
import type { Json } from '../api/rows.ts'
import { JsonTree } from '../content/json-tree.tsx'
import { useKeys } from '../keys.ts'
import { useUrlState } from '../state/search.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Attributes } from './attributes.tsx'
import { Events } from './events.tsx'
import { Scores } from './scores.tsx'
import { SpanHead } from './span-head.tsx'
import { Usage } from './usage.tsx'
import { type SpanAnswer, useSpan } from './use-span.ts'
import { WideValue } from './wide-value.tsx'

interface SpanPaneProps {
  traceId: string
  spanId: string
}

interface Tab {
  id: string
  name: string
  count?: (answer: SpanAnswer) => number
  view: (answer: SpanAnswer) => React.ReactNode
}

const sizeOf = (map: Readonly<Record<string, string>> | undefined): number => Object.keys(map ?? {}).length

const TABS: readonly Tab[] = [
  { id: 'content', name: 'Content', view: (answer) => <SpanContent answer={answer} /> },
  { id: 'usage', name: 'Usage and cost', view: ({ span }) => <Usage span={span} /> },
  {
    id: 'attributes',
    name: 'Attributes',
    count: ({ span }) =>
      sizeOf(span.attributes) +
      sizeOf(span.metadata) +
      sizeOf(span.resource_attributes) +
      sizeOf(span.scope_attributes),
    view: ({ span, cut }) => <Attributes span={span} cut={cut} />,
  },
  {
    id: 'events',
    name: 'Events and links',
    count: ({ span }) => (span.event_times?.length ?? 0) + (span.link_trace_ids?.length ?? 0),
    view: ({ span }) => <Events span={span} />,
  },
  {
    id: 'scores',
    name: 'Scores',
    count: ({ scores }) => scores.length,
    view: (answer) => <Scores answer={answer} />,
  },
  { id: 'json', name: 'JSON', view: ({ span }) => <JsonTree value={span as { [key: string]: Json }} open={1} /> },
]

export function SpanPane({ traceId, spanId }: SpanPaneProps) {
  const url = useUrlState()
  const query = useSpan(traceId, spanId)
  const id = useId()
  const tab = TABS.find((one) => one.id === url.get('pane')) ?? TABS[0]
  const close = () => {
    // the focus does not get lost with what it was on
    const beside = document.querySelector<HTMLElement>('[role=tree]') ?? document.querySelector<HTMLElement>('#main')
    beside?.focus()
    url.set({ pane: 'off' }, { replace: true })
  }
  useKeys({ Escape: close })
  if (query.error !== null) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined || tab === undefined) return <p className="muted loading">Loading …</p>
  const answer = query.data
  const go = (step: number) => {
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]
    if (next === undefined) return
    url.set({ pane: next.id }, { replace: true })
    document.getElementById(`${id}-${next.id}`)?.focus()
  }
  return (
    <section
      className="card span-pane"
      id="span-pane"
      tabIndex={-1}
      aria-label={`Span ${answer.span.name ?? ''}`}
      aria-busy={query.isPlaceholderData}
    >
      <SpanHead answer={answer} onClose={close} />
      <div
        role="tablist"
        aria-label="Parts of the span"
        className="tabs"
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') go(1)
          else if (event.key === 'ArrowLeft') go(-1)
        }}
      >
        {TABS.map(({ id: name, name: title, count }) => {
          const number = count?.(answer)
          return (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-${name}`}
              aria-selected={name === tab.id}
              aria-controls={`${id}-panel`}
              tabIndex={name === tab.id ? 0 : -1}
              onClick={() => url.set({ pane: name === TABS[0]?.id ? undefined : name }, { replace: true })}
            >
              {title}
              {number !== undefined && <span className="tab-count">{number}</span>}
            </button>
          )
        })}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab.id}`}
        tabIndex={0}
        className="tab-panel"
        key={`${answer.span.span_id} ${tab.id}`}
      >
        {tab.view(answer)}
      </div>
    </section>
  )
}

const CONTENT = [
  ['system_instructions', 'System'],
  ['input', 'Input'],
  ['output', 'Output'],
  ['tool_definitions', 'Tools offered'],
] as const

function SpanContent({ answer: { span, cut } }: { answer: SpanAnswer }) {
  const fields = CONTENT.filter(([field]) => typeof span[field] === 'string' && span[field] !== '')
  if (fields.length === 0) return <p className="muted">This span carries no content.</p>
  return (
    <div className="stack">
      {fields.map(([field, title]) => (
        <WideValue
          key={field}
          traceId={span.trace_id ?? ''}
          spanId={span.span_id ?? ''}
          field={field}
          title={title}
          text={span[field] ?? ''}
          length={cut[field]}
        />
      ))}
    </div>
  )
}
