// `score.helpful>0.5`, `score.tone:kind`, `has:score` in; the rows that have such a score out.
import type { Condition } from '../select-query.ts'
import { toSqlTime } from '../time.ts'
import type { Clause } from './ast.ts'
import { columnTest } from './column-test.ts'
import type { FilterScope } from './compile.ts'

const IS_NUMBER = /^-?\d/

/** @param key columns that a row and its scores have in common */
export function scoreTest(
  { key: name, test, valueAt }: Extract<Clause, { kind: 'field' }>,
  key: readonly string[],
  { range, nowMs }: FilterScope,
): Condition {
  // A score is given after what it judges began.
  const where: Condition[] = [
    { kind: 'compare', column: 'time', type: 'time', operator: '>=', value: toSqlTime(range.fromNanos) },
    ...(name === '' ? [] : [{ kind: 'any_of' as const, column: 'name', type: 'text' as const, values: [name] }]),
  ]
  const place = { at: valueAt, nowMs, clean: (text: string) => text }
  const byValue =
    test.kind === 'compare' ||
    (test.kind === 'any_of' &&
      test.values.every((one) => one.kind === 'range' || (one.kind === 'equal' && IS_NUMBER.test(one.text))))
  const tested =
    test.kind === 'exists'
      ? undefined
      : columnTest(
          test,
          byValue ? { ...place, column: 'value', type: 'float' } : { ...place, column: 'label', type: 'text' },
        )
  const items = key.map((column) => ({ name: column }))
  return {
    kind: 'one_of',
    columns: key,
    query: { source: { view: 'scores_v1' }, items, where: [...where, ...(tested === undefined ? [] : [tested])] },
  }
}
