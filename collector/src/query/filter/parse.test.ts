import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Clause, type Filter, FilterError, type Value } from './ast.ts'
import { KEYED, parseFilter } from './parse.ts'
import { printFilter } from './print.ts'

/** Clauses without their places. */
const plain = ({ clauses }: Filter) =>
  clauses.map((clause) => {
    const { at: _at, ...rest } = clause
    if (rest.kind === 'text') return rest
    const { valueAt: _valueAt, ...field } = rest
    return field
  })

const equal = (text: string): Value => ({ kind: 'equal', text })

describe('a filter', () => {
  it('says several conditions at once', () => {
    expect(plain(parseFilter('model:gpt-4o cost>0.10 error:rate_limit "refund policy" -env:dev,test'))).toEqual([
      { kind: 'field', negated: false, field: 'model', key: '', test: { kind: 'any_of', values: [equal('gpt-4o')] } },
      {
        kind: 'field',
        negated: false,
        field: 'cost',
        key: '',
        test: { kind: 'compare', operator: '>', value: '0.10' },
      },
      {
        kind: 'field',
        negated: false,
        field: 'error',
        key: '',
        test: { kind: 'any_of', values: [equal('rate_limit')] },
      },
      { kind: 'text', negated: false, text: 'refund policy' },
      {
        kind: 'field',
        negated: true,
        field: 'env',
        key: '',
        test: { kind: 'any_of', values: [equal('dev'), equal('test')] },
      },
    ])
  })

  it.each([
    ['attr.http.method:GET', 'attr', 'http.method', ':GET'],
    ['attributes."a key: x":1', 'attr', 'a key: x', ':1'],
    ['meta.tenant:*', 'metadata', 'tenant', ':*'],
    ['score.helpful>=0.5', 'score', 'helpful', '>=0.5'],
    ['cost:0.1..2', 'cost', '', ':0.1..2'],
    ['cost:>0.1', 'cost', '', '>0.1'],
    ['model:gpt-*,"o*"', 'model', '', ':gpt-*,"o*"'],
    ['name="x, \\"y\\""', 'name', '', ':"x, \\"y\\""'],
  ])('reads %s', (text, field, key, rest) => {
    const filter = parseFilter(text)
    expect(filter.clauses).toMatchObject([{ kind: 'field', negated: false, field, key }])
    expect(printFilter(filter).endsWith(rest)).toBe(true)
  })

  it('takes minus, exclamation mark, != and NOT as negations, two of them as none', () => {
    for (const text of ['-model:a', '!model:a', 'model!=a', 'NOT model:a'])
      expect(printFilter(parseFilter(text))).toBe('-model:a')
    expect(printFilter(parseFilter('-model!=a'))).toBe('model:a')
  })

  it.each([
    ['model:', 6, 'no value'],
    ['a "open', 2, 'not closed'],
    ['12:30', 0, 'not the name of a field'],
    ['model:a,', 8, 'no value'],
    ['cost>', 5, 'no value after >'],
    ['x attr.:1', 2, 'needs a key'],
    ['user.id:x', 0, 'no parts'],
    ['model:a"b"', 7, 'middle of a value'],
    ['"a"b', 3, 'space is missing'],
  ])('tells of %s where it goes wrong', (text, at, message) => {
    try {
      parseFilter(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError)
      expect(error).toMatchObject({ at, message: expect.stringContaining(message) })
    }
  })

  it('throws nothing but a FilterError within the text, and prints what it read in one form', () => {
    const parts = fc.constantFrom(
      'model',
      ':',
      '"',
      '-',
      '..',
      '*',
      ',',
      '>',
      '<=',
      'attr.',
      ' ',
      '\\',
      'NOT ',
      '!',
      '=',
      '1',
      'é',
      '\n',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(parts, { maxLength: 14 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        let filter: Filter
        try {
          filter = parseFilter(text)
        } catch (error) {
          expect(error).toBeInstanceOf(FilterError)
          expect((error as FilterError).at).toBeLessThanOrEqual(text.length)
          return
        }
        const printed = printFilter(filter)
        expect(plain(parseFilter(printed))).toEqual(plain(filter))
        expect(printFilter(parseFilter(printed))).toBe(printed)
      }),
      { numRuns: 3_000 },
    )
  })

  it('reads back every clause that can be printed', () => {
    const bare = fc.stringMatching(/^[a-z0-9.$-]{1,8}$/).filter((text) => !text.includes('..'))
    const value: fc.Arbitrary<Value> = fc.oneof(
      fc.string({ unit: 'binary' }).map(equal),
      fc
        .array(fc.stringMatching(/^[a-z-]{0,4}$/), { minLength: 2, maxLength: 4 })
        .map((all): Value => ({ kind: 'like', parts: ['x', ...all] })),
      fc
        .tuple(bare, bare)
        .map(
          ([min, max]): Value => ({ kind: 'range', min: min.replace(/\.+$/, ''), max: max.replace(/^\.+/, '') || '1' }),
        ),
    )
    const test = fc.oneof(
      fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => ({ kind: 'any_of' as const, values })),
      fc.record({
        kind: fc.constant('compare' as const),
        operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
        value: fc.string({ unit: 'binary', minLength: 1 }),
      }),
      fc.constant({ kind: 'exists' as const }),
    )
    const plainName = fc.stringMatching(/^[a-z_]{1,8}$/).filter((name) => !KEYED.has(name) && name !== 'meta')
    const name = fc.oneof(
      plainName.map((field) => ({ field, key: '' })),
      fc.record({ field: fc.constantFrom(...KEYED), key: fc.string({ unit: 'binary', minLength: 1 }) }),
    )
    const negated = fc.boolean()
    const clause: fc.Arbitrary<Clause> = fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        negated,
        text: fc.string({ unit: 'binary' }),
        at: fc.constant(0),
      }),
      fc
        .tuple(negated, name, test)
        .map(
          ([not, where, what]): Clause => ({ kind: 'field', negated: not, ...where, test: what, at: 0, valueAt: 0 }),
        ),
    )
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 5 }), (clauses) => {
        expect(plain(parseFilter(printFilter({ clauses })))).toEqual(plain({ clauses }))
      }),
      { numRuns: 2_000 },
    )
  })
})
