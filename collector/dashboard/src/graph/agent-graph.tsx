// The spans of a trace in; the picture of its steps and calls, and the same as a table, out.

import { useMemo } from 'react'
import { exactMoney, money } from '../format/money.ts'
import { count, duration, exactCount } from '../format/numbers.ts'
import { Kind, toneOf } from '../list/marks.tsx'
import { useUrlState } from '../state/search.ts'
import type { SpanTable } from '../trace/span-table.ts'
import { TableHead } from '../ui/table-head.tsx'
import { layOut, type Sizes } from './layout.ts'
import { type Call, type Step, stepsOf } from './steps.ts'

interface AgentGraphProps {
  table: SpanTable
  /** Row of the first span of a step. */
  onChoose: (row: number) => void
}

const SIZES: Sizes = { nodeWidth: 212, nodeHeight: 62, gapX: 76, gapY: 22 }
const MARGIN = 26

export function AgentGraph({ table, onChoose }: AgentGraphProps) {
  const url = useUrlState()
  const isPlainShown = url.get('steps') === 'all'
  const isTable = url.get('as') === 'table'
  const { steps, calls, hidden } = useMemo(() => stepsOf(table, { isPlainShown }), [table, isPlainShown])
  return (
    <section className="card graph-card" aria-label="Steps of the trace">
      <div className="card-head">
        <p className="muted">
          {steps.length} steps by kind and name{hidden > 0 && `, ${hidden} less frequent ones left out`}
        </p>
        <div className="end">
          <label className="check">
            <input
              type="checkbox"
              checked={isPlainShown}
              onChange={() => url.set({ steps: isPlainShown ? undefined : 'all' }, { replace: true })}
            />
            Plain spans too
          </label>
          <button
            type="button"
            className="button"
            aria-pressed={isTable}
            onClick={() => url.set({ as: isTable ? undefined : 'table' }, { replace: true })}
          >
            As a table
          </button>
        </div>
      </div>
      {isTable ? (
        <StepTable steps={steps} calls={calls} onChoose={onChoose} />
      ) : (
        <Picture steps={steps} calls={calls} onChoose={onChoose} />
      )}
    </section>
  )
}

interface PartProps {
  steps: readonly Step[]
  calls: readonly Call[]
  onChoose: (row: number) => void
}

function Picture({ steps, calls, onChoose }: PartProps) {
  const { x, y, width, height, isBack } = useMemo(() => layOut(steps.length, calls, SIZES), [steps, calls])
  const most = Math.max(1, ...calls.map((call) => call.count))
  const box = { width: width + 2 * MARGIN, height: height + 2 * MARGIN }
  return (
    <div className="graph-scroll" tabIndex={0} role="region" aria-label="Graph of steps">
      <svg
        width={box.width}
        height={box.height}
        viewBox={`${-MARGIN} ${-MARGIN} ${box.width} ${box.height}`}
        role="group"
        aria-label={`${steps.length} steps and ${calls.length} kinds of calls; the same as a table with the button above`}
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.500 8 4 0 7.500z" className="graph-arrow" />
          </marker>
        </defs>
        {calls.map((call, index) => (
          <CallLine
            key={`${call.from} ${call.to}`}
            from={{ x: x[call.from] ?? 0, y: y[call.from] ?? 0 }}
            to={{ x: x[call.to] ?? 0, y: y[call.to] ?? 0 }}
            count={call.count}
            weight={call.count / most}
            isBack={isBack[index] === true}
          />
        ))}
        {steps.map((step) => (
          <StepNode key={step.id} step={step} x={x[step.id] ?? 0} y={y[step.id] ?? 0} onChoose={onChoose} />
        ))}
      </svg>
    </div>
  )
}

interface Place {
  x: number
  y: number
}

interface CallLineProps {
  from: Place
  to: Place
  count: number
  weight: number
  isBack: boolean
}

function CallLine({ from, to, count: calls, weight, isBack }: CallLineProps) {
  const { nodeWidth, nodeHeight, gapX } = SIZES
  const half = nodeHeight / 2
  const start = { x: from.x + nodeWidth, y: from.y + half }
  // a call back goes below the nodes, in at the bottom
  const path = isBack
    ? `M${from.x + nodeWidth / 2} ${from.y + nodeHeight} C${from.x + nodeWidth / 2} ${from.y + nodeHeight + 40} ${to.x + nodeWidth / 2} ${to.y + nodeHeight + 40} ${to.x + nodeWidth / 2} ${to.y + nodeHeight + 2}`
    : `M${start.x} ${start.y} C${start.x + gapX / 2} ${start.y} ${to.x - gapX / 2} ${to.y + half} ${to.x - 2} ${to.y + half}`
  const label = isBack
    ? { x: (from.x + to.x + nodeWidth) / 2, y: Math.max(from.y, to.y) + nodeHeight + 22 }
    : { x: start.x + (to.x - start.x) * 0.5, y: (start.y + to.y + half) / 2 - 4 }
  return (
    <g>
      <path
        d={path}
        className={isBack ? 'graph-line back' : 'graph-line'}
        strokeWidth={1 + 2.5 * weight}
        markerEnd="url(#arrow)"
      />
      <text x={label.x} y={label.y} className="graph-count" textAnchor="middle">
        {count(calls)}×
      </text>
    </g>
  )
}

const NAME_CHARS = 22

function StepNode({ step, x, y, onChoose }: { step: Step; x: number; y: number; onChoose: (row: number) => void }) {
  const { kind, name, spans, errors, costUsd, totalMs, selfCalls, firstRow } = step
  const open = () => onChoose(firstRow)
  return (
    <g
      transform={`translate(${x} ${y})`}
      className={`graph-node graph-node-${toneOf(kind)}`}
      role="button"
      tabIndex={0}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        event.stopPropagation()
        open()
      }}
    >
      <rect width={SIZES.nodeWidth} height={SIZES.nodeHeight} rx="8" />
      <rect width="4" height={SIZES.nodeHeight - 16} x="6" y="8" rx="2" className="graph-tone" />
      <text x="18" y="19" className="graph-kind">
        {kind}
        {selfCalls > 0 ? `  ↻ ${count(selfCalls)}` : ''}
      </text>
      <text x="18" y="36" className="graph-name">
        {name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name}
      </text>
      <text x="18" y="53" className="graph-facts">
        {count(spans)}× · {duration(totalMs / spans)}
        {costUsd === undefined ? '' : ` · ${money(costUsd)}`}
      </text>
      {errors > 0 && (
        <text x={SIZES.nodeWidth - 10} y="19" textAnchor="end" className="graph-errors">
          ✕ {count(errors)} failed
        </text>
      )}
    </g>
  )
}

function StepTable({ steps, calls, onChoose }: PartProps) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of steps">
      <table className="plain-table">
        <TableHead names={['Step', 'Spans >', 'Failed >', 'Average >', 'Longest >', 'Tokens >', 'Cost >', 'Calls']} />
        <tbody>
          {steps.map((step) => (
            <tr key={step.id}>
              <th scope="row">
                <Kind kind={step.kind} />{' '}
                <button type="button" className="link" onClick={() => onChoose(step.firstRow)}>
                  {step.name}
                </button>
              </th>
              <td className="end">{exactCount(step.spans)}</td>
              <td className={step.errors > 0 ? 'end bad' : 'end'}>{exactCount(step.errors)}</td>
              <td className="end">{duration(step.totalMs / step.spans)}</td>
              <td className="end">{duration(step.longestMs)}</td>
              <td className="end">{count(step.tokens)}</td>
              <td className="end" title={exactMoney(step.costUsd)}>
                {money(step.costUsd)}
              </td>
              <td>{callsOf(step, steps, calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const callsOf = ({ id, selfCalls }: Step, steps: readonly Step[], calls: readonly Call[]): string =>
  [
    ...calls
      .filter(({ from }) => from === id)
      .sort((a, b) => b.count - a.count)
      .map(({ to, count: times }) => `${steps[to]?.name ?? ''} ×${exactCount(times)}`),
    ...(selfCalls > 0 ? [`itself ×${exactCount(selfCalls)}`] : []),
  ].join(', ')
