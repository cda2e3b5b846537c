import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpanRow } from '../api/rows.ts'
import { tableOfSpans } from '../trace/span-table.ts'
import { layOut } from './layout.ts'
import { MAX_STEPS, stepsOf } from './steps.ts'

const span = (
  n: number,
  parent: number | undefined,
  kind: string,
  name: string,
  more: Partial<SpanRow> = {},
): SpanRow => ({
  span_id: n.toString(16).padStart(16, '0'),
  parent_span_id: parent === undefined ? null : parent.toString(16).padStart(16, '0'),
  kind,
  name,
  start_time: '2026-01-31T12:00:00Z',
  latency_ms: 10,
  ...more,
})

const SPANS = [
  span(1, undefined, 'agent', 'planner'),
  span(2, 1, 'span', 'http'),
  span(3, 2, 'generation', 'chat', { cost_usd: '0.1', total_tokens: 5 }),
  span(4, 1, 'generation', 'chat', { cost_usd: '0.2', total_tokens: 6, latency_ms: 30 }),
  span(5, 1, 'tool', 'look up', { status: 'error' }),
  span(6, 5, 'agent', 'planner'),
  span(7, 6, 'agent', 'planner'),
]

describe('the steps of a trace', () => {
  it('are spans of one kind and name together, with exact sums and who called whom how often', () => {
    const { steps, calls } = stepsOf(tableOfSpans(SPANS, true), { isPlainShown: false })
    expect(steps.map(({ kind, name, spans, costUsd, errors }) => [kind, name, spans, costUsd, errors])).toEqual([
      ['agent', 'planner', 3, undefined, 0],
      ['generation', 'chat', 2, '0.3', 0],
      ['tool', 'look up', 1, undefined, 1],
    ])
    expect(steps[1]).toMatchObject({ tokens: 11, totalMs: 40, longestMs: 30 })
    expect(steps[0]?.selfCalls).toBe(1)
    // the plain span between is left out: its child hangs on the agent
    expect(calls).toEqual([
      { from: 0, to: 1, count: 2 },
      { from: 0, to: 2, count: 1 },
      { from: 2, to: 0, count: 1 },
    ])
  })

  it('are plain spans too when they are asked for', () => {
    expect(stepsOf(tableOfSpans(SPANS, true), { isPlainShown: true }).steps.map(({ name }) => name)).toContain('http')
  })

  it('are no more than a picture holds', () => {
    const many = Array.from({ length: 200 }, (_, n) => span(n + 2, 1, 'tool', `tool ${n}`))
    const found = stepsOf(tableOfSpans([span(1, undefined, 'agent', 'root'), ...many], true), { isPlainShown: false })
    expect([found.steps.length, found.hidden, found.steps[0]?.name]).toEqual([MAX_STEPS, 201 - MAX_STEPS, 'root'])
    for (const { from, to } of found.calls) expect(Math.max(from, to)).toBeLessThan(MAX_STEPS)
  })
})

describe('the layout of a graph', () => {
  const sizes = { nodeWidth: 100, nodeHeight: 40, gapX: 50, gapY: 10 }

  it('puts who calls left of who is called, and says which calls go back', () => {
    const edges = [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 0 },
    ]
    const { x, isBack } = layOut(3, edges, sizes)
    expect(x).toEqual([0, 150, 300])
    expect(isBack).toEqual([false, false, true])
  })

  it('lays no node on another and none outside, whatever the edges', () => {
    const node = fc.integer({ min: 0, max: 11 })
    fc.assert(
      fc.property(fc.array(fc.record({ from: node, to: node }), { maxLength: 40 }), (edges) => {
        const { x, y, width, height, isBack } = layOut(12, edges, sizes)
        const places = x.map((left, n) => ({ left, top: y[n] ?? -1 }))
        for (const [n, { left, top }] of places.entries()) {
          expect(left >= 0 && left + 100 <= width && top >= 0 && top + 40 <= height).toBe(true)
          for (const other of places.slice(n + 1)) {
            expect(Math.abs(other.left - left) >= 100 || Math.abs(other.top - top) >= 40).toBe(true)
          }
        }
        for (const [index, { from, to }] of edges.entries()) {
          if (isBack[index] !== true && from !== to) expect(x[to] ?? 0).toBeGreaterThan(x[from] ?? 0)
        }
      }),
    )
  })
})
