import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromPicodollars, toPicodollars } from './money.ts'
import { buildTree, type TreeSpan } from './trace-tree.ts'

const span = (spanId: string, parentId = '', more: Partial<TreeSpan> = {}): TreeSpan => ({
  spanId,
  parentId,
  failed: false,
  counts: true,
  tokens: undefined,
  picodollars: undefined,
  ...more,
})

const names = (spans: readonly TreeSpan[]): string => spans.map(({ spanId }) => spanId).join(' ')

it('puts what is below a span right after it, brothers in their order', () => {
  const tree = buildTree([span('a'), span('b', 'a'), span('c', 'b'), span('d', 'a'), span('e'), span('f', 'b')])
  expect(names(tree.spans)).toBe('a b c f d e')
  expect([...tree.depths]).toEqual([0, 1, 2, 2, 1, 0])
  expect([...tree.parents]).toEqual([-1, 0, 1, 1, 0, -1])
  expect([...tree.children]).toEqual([2, 2, 0, 0, 0, 0])
})

it('adds up what counts, and knows what it does not know', () => {
  const { subtrees } = buildTree([
    span('agent', '', { counts: false, tokens: 900, picodollars: 9n }),
    span('call', 'agent', { tokens: 10, picodollars: 3n }),
    span('unpriced', 'agent', { tokens: 5, failed: true }),
    span('alone'),
  ])
  expect(subtrees[0]).toEqual({ spans: 3, errors: 1, calls: 2, unpricedCalls: 1, tokens: 15, picodollars: 3n })
  expect(subtrees[3]).toEqual({
    spans: 1,
    errors: 0,
    calls: 1,
    unpricedCalls: 1,
    tokens: undefined,
    picodollars: undefined,
  })
})

it('makes roots of spans whose parent is not there, of themselves and of one of each ring', () => {
  const tree = buildTree([
    span('a', 'gone'),
    span('b', 'c'),
    span('c', 'd'),
    span('d', 'b'),
    span('self', 'self'),
    span('x', 'd'),
  ])
  expect(names(tree.spans)).toBe('a b d c x self')
  expect([...tree.depths]).toEqual([0, 0, 1, 2, 2, 0])
})

it('takes a chain of a hundred thousand spans', () => {
  const tree = buildTree(
    Array.from({ length: 100_000 }, (_, i) => span(`s${i}`, i === 0 ? '' : `s${i - 1}`, { tokens: 1 })),
  )
  expect(tree.depths.at(-1)).toBe(99_999)
  expect(tree.subtrees[0]?.tokens).toBe(100_000)
})

it('has every span once, below its parent, and sums equal to brute force, whatever the parents say', () => {
  const id = fc.constantFrom(...'abcdefgh')
  const one = fc.record({
    spanId: id,
    parentId: fc.oneof(id, fc.constant('')),
    failed: fc.boolean(),
    counts: fc.boolean(),
    tokens: fc.option(fc.nat(9), { nil: undefined }),
    picodollars: fc.option(fc.bigInt(0n, 9n), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (given) => {
      const tree = buildTree(given)
      expect(new Set(tree.spans)).toEqual(new Set(given))
      for (const [at, { parentId }] of tree.spans.entries()) {
        const parent = tree.parents[at] ?? -1
        expect(parent).toBeLessThan(at)
        if (parent >= 0) expect(tree.spans[parent]?.spanId).toBe(parentId)
        const isBelow = (row: number): boolean => row === at || (row > at && isBelow(tree.parents[row] ?? -1))
        const below = tree.spans.filter((_, row) => isBelow(row))
        const counted = below.filter(({ counts }) => counts)
        const known = counted.flatMap(({ tokens }) => tokens ?? [])
        expect(tree.subtrees[at]).toMatchObject({
          spans: below.length,
          errors: below.filter(({ failed }) => failed).length,
          calls: counted.length,
          tokens: known.length === 0 ? undefined : known.reduce((sum, tokens) => sum + tokens, 0),
        })
        expect(tree.spans.slice(at, at + below.length)).toEqual(below)
      }
    }),
  )
})

it('keeps an amount exact, there and back', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), (value) => {
      expect(toPicodollars(fromPicodollars(value))).toBe(value)
    }),
  )
  expect([fromPicodollars(1n), fromPicodollars(2_500_000_000_000n), toPicodollars('0.05'), toPicodollars('x')]).toEqual(
    ['0.000000000001', '2.5', 50_000_000_000n, undefined],
  )
})
