import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpanRow } from '../api/rows.ts'
import { foldAll, noFolds, placeIn, revealed, rowsInSight, withFold } from './folding.ts'
import { hexOf, msOf, rowOf, type Skeleton, spanIdAt, tableOfSkeleton, tableOfSpans, wordAt } from './span-table.ts'

const id = (n: number): string => hexOf(BigInt(n))
const span = (n: number, parent?: number, more: Partial<SpanRow> = {}): SpanRow => ({
  span_id: id(n),
  parent_span_id: parent === undefined ? null : id(parent),
  name: `span ${n}`,
  kind: 'tool',
  start_time: `2026-01-31T12:00:0${n % 10}.000000000Z`,
  latency_ms: 500,
  status: 'ok',
  counts_usage: 0,
  total_tokens: null,
  cost_usd: null,
  ...more,
})

const SKELETON: Skeleton = {
  complete: true,
  name: ['answer', 'chat'],
  kind: ['agent', 'generation'],
  model: ['', 'gpt-4o'],
  service: ['shop'],
  columns: [
    'span_id',
    'parent',
    'depth',
    'children',
    'name',
    'kind',
    'model',
    'service',
    'start_ms',
    'latency_ms',
    'status',
    'total_tokens',
    'cost_usd',
    'subtree_spans',
    'subtree_errors',
    'subtree_tokens',
    'subtree_cost_usd',
  ],
  rows: [
    [id(7), -1, 0, 1, 0, 0, 0, 0, 0, 1830.25, 'ok', null, null, 2, 1, 1250, '0.003125'],
    [id(8), 0, 1, 0, 1, 1, 1, 0, 100, 1900, 'error', 1250, '0.003125', 1, 1, 1250, '0.003125'],
  ],
}

describe('a table of spans', () => {
  it('of a skeleton has its figures, unknown ones as not known', () => {
    const table = tableOfSkeleton(SKELETON)
    expect([wordAt(table, 'name', 1), wordAt(table, 'kind', 1), wordAt(table, 'model', 0)]).toEqual([
      'chat',
      'generation',
      '',
    ])
    expect([...table.tokens]).toEqual([Number.NaN, 1250])
    expect(table.costs).toEqual([null, '0.003125'])
    expect([table.endMs, ...table.failed, ...table.errors]).toEqual([2000, 0, 1, 1, 1])
    expect([rowOf(table, id(8)), rowOf(table, id(9)), rowOf(table, 'no id'), spanIdAt(table, 0)]).toEqual([
      1,
      -1,
      -1,
      id(7),
    ])
  })

  it('of spans adds up what counts, exactly', () => {
    const table = tableOfSpans(
      [
        span(1),
        span(2, 1, { counts_usage: 1, total_tokens: 10, cost_usd: '0.1' }),
        span(3, 1, { counts_usage: 1, total_tokens: 5, cost_usd: '0.2', status: 'error' }),
        span(4, 1, { counts_usage: 0, total_tokens: 99, cost_usd: '9' }),
      ],
      true,
    )
    expect([table.subtreeTokens[0], table.subtreeCosts[0], table.errors[0], table.sizes[0]]).toEqual([15, '0.3', 1, 4])
    expect([...table.positions]).toEqual([1, 1, 2, 3])
    expect([...table.brothers]).toEqual([1, 3, 3, 3])
    expect([table.starts[3], table.endMs]).toEqual([3000, 3500])
  })

  it('has each span once, whatever the parents say, rings too', () => {
    const parents = fc.array(fc.integer({ min: -1, max: 20 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(parents, (given) => {
        const spans = given.map((parent, n) => span(n, parent < 0 ? undefined : parent))
        const table = tableOfSpans(spans, true)
        expect([...table.ids].sort()).toEqual(given.map((_, n) => BigInt(n)).sort())
      }),
    )
  })

  it('knows parts of a millisecond', () => {
    expect(msOf('2026-01-31T12:00:00.000250000Z') - Date.parse('2026-01-31T12:00:00Z')).toBeCloseTo(0.25, 3)
  })
})

describe('folding', () => {
  const table = tableOfSpans([span(1), span(2, 1), span(3, 2), span(4, 1), span(5)], true)
  const inSight = (folds: Uint8Array) => [...rowsInSight(table, folds)]

  it('hides what is below, and only that', () => {
    expect(inSight(noFolds(table))).toEqual([0, 1, 2, 3, 4])
    expect(inSight(withFold(noFolds(table), 1, true))).toEqual([0, 1, 3, 4])
    expect(inSight(foldAll(table))).toEqual([0, 4])
  })

  it('opens all that stands above a span that is asked for', () => {
    expect(inSight(revealed(table, foldAll(table), 2))).toEqual([0, 1, 2, 3, 4])
    const open = noFolds(table)
    expect(revealed(table, open, 2)).toBe(open)
  })

  it('finds the place of a row, or of the one before it', () => {
    const rows = Int32Array.from([0, 3, 9])
    expect([-1, 0, 2, 3, 9, 50].map((row) => placeIn(rows, row))).toEqual([-1, 0, 0, 1, 2, 2])
  })

  it('of a hundred thousand spans takes no time to speak of', () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => [
      id(n),
      n === 0 ? -1 : 0,
      n === 0 ? 0 : 1,
      n === 0 ? 99_999 : 0,
      ...[0, 0, 0, 0, n, 1, 'ok', null, null],
      n === 0 ? 100_000 : 1,
      ...[0, null, null],
    ])
    const began = performance.now()
    const large = tableOfSkeleton({ ...SKELETON, rows })
    expect(rowsInSight(large, foldAll(large))).toHaveLength(1)
    expect(rowsInSight(large, noFolds(large))).toHaveLength(100_000)
    expect(rowOf(large, id(99_999))).toBe(99_999)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
