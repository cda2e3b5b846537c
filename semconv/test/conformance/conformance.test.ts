// Every payload of every dialect through `interpret`, and the table of what that proves.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DIALECTS } from '../../src/index.ts'
import { PAYLOADS } from './all.ts'
import { wrongFacts } from './compare.ts'
import { interpretSpan, seenOfMeaning } from './interpreted.ts'
import { conformanceMatrix, homelessFacts } from './matrix.ts'

const byDialect = Map.groupBy(PAYLOADS, ({ dialect }) => dialect)

describe.each([...byDialect])('%s', (_, payloads) => {
  it.each(payloads)('$source: every fact comes out', (payload) => {
    const problems = payload.spans.flatMap((span, i) =>
      wrongFacts(seenOfMeaning(interpretSpan(payload, span)), span.facts).map(
        ({ problem }) => `${i} ${span.name}: ${problem}`,
      ),
    )
    expect(problems).toEqual([])
  })
})

it('has payloads for every dialect', () => {
  expect(DIALECTS.map(({ name }) => name).filter((name) => !byDialect.has(name))).toEqual([])
})

it('counts every fact in one column', () => {
  expect(homelessFacts()).toEqual([])
})

it('is what CONFORMANCE.md says', async () => {
  await expect(conformanceMatrix(PAYLOADS)).toMatchFileSnapshot(join(import.meta.dirname, '../../CONFORMANCE.md'))
})
