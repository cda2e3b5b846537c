// Every payload of every dialect through `interpret`, and the table of what that proves.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DIALECTS } from '../../src/index.ts'
import { PAYLOADS } from './all.ts'
import { wrongFacts } from './compare.ts'
import { FactCount } from './fact-count.ts'
import { interpretSpan, seenOfMeaning } from './interpreted.ts'
import { conformanceMatrix, homelessFacts, type Recording } from './matrix.ts'

const count = new FactCount()
afterAll(() => count.print('interpret'))

const byDialect = Map.groupBy(PAYLOADS, ({ dialect }) => dialect)

describe.each([...byDialect])('%s', (_, payloads) => {
  it.each(payloads)('$source: every fact comes out', (payload) => {
    const problems = payload.spans.flatMap((span, i) => {
      const wrong = wrongFacts(seenOfMeaning(interpretSpan(payload, span)), span.facts)
      count.add(payload.dialect, Object.keys(span.facts).length, wrong.length)
      return wrong.map(({ problem }) => `${i} ${span.name}: ${problem}`)
    })
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
  await expect(conformanceMatrix(PAYLOADS, recordings())).toMatchFileSnapshot(
    join(import.meta.dirname, '../../CONFORMANCE.md'),
  )
})

const LIVE = join(import.meta.dirname, '../../../collector/test/fixtures/live')

function recordings(): Recording[] {
  return readdirSync(LIVE)
    .sort()
    .map((client) => {
      const text = readFileSync(join(LIVE, client, 'expected.json'), 'utf8')
      const { cases } = JSON.parse(text) as { cases: { expected: object }[] }
      const facts = cases.reduce((sum, { expected }) => sum + Object.keys(expected).length, 0)
      return { client, spans: cases.length, facts }
    })
}
