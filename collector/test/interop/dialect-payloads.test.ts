// Every payload of every dialect through a running collector: the same facts as `interpret` gives must stand in the rows, and each call count once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAYLOADS } from '../../../semconv/test/conformance/all.ts'
import { wrongFacts } from '../../../semconv/test/conformance/compare.ts'
import { FactCount } from '../../../semconv/test/conformance/fact-count.ts'
import type { Facts, Seen } from '../../../semconv/test/conformance/facts.ts'
import { useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'
import { detailsOf } from './details.ts'
import { spanIdOf, toRequest } from './payload-request.ts'
import { seenOfRow } from './row-facts.ts'
import { settled } from './settled.ts'

const NAMED = PAYLOADS.map((payload, i) => ({ ...payload, name: `payload-${i}` }))
const count = new FactCount()

const collector = useCollector({
  INSIGHTS_SETTLE_IDLE_MS: '100',
  INSIGHTS_API_KEYS: NAMED.map(({ name }) => `${name}:key-${name}`).join(','),
})

beforeAll(async () => {
  const startMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
  for (const payload of NAMED) {
    const headers = { 'x-api-key': `key-${payload.name}` }
    const response = await collector().post(JSON.stringify(toRequest(payload, payload.name, startMs)), { headers })
    expect([payload.name, response.status, await response.json()]).toEqual([payload.name, 200, {}])
  }
  await settled(collector())
}, 240_000)

afterAll(() => count.print('payloads'))

/** Facts of time since the epoch hold for the time that `interpret` is asked at. */
const ABSOLUTE: readonly (keyof Facts)[] = ['ttftMs', 'hasTtft']
const isoTime = (attributes: object): boolean =>
  Object.keys(attributes).some((key) => key.endsWith('completion_start_time'))

const seen = (rows: ReadonlyMap<string, Row>, id: string): Seen => {
  const row = rows.get(id)
  if (!row) throw new Error(`span ${id} is not stored`)
  return seenOfRow(row)
}

describe.each(NAMED)('$dialect, $source', (payload) => {
  test('every fact stands in its row', async () => {
    const rows = await detailsOf(collector(), payload.name)
    const problems = payload.spans.flatMap((span, i) => {
      const left = isoTime(span.attributes) ? ABSOLUTE : []
      const facts = Object.fromEntries(Object.entries(span.facts).filter(([fact]) => !left.some((it) => it === fact)))
      const wrong = wrongFacts(seen(rows, spanIdOf(payload.name, i)), facts)
      count.add(payload.dialect, Object.keys(facts).length, wrong.length)
      return wrong.map(({ problem }) => `${i} ${span.name}: ${problem}`)
    })
    expect(problems).toEqual([])
  })
})

describe.each(NAMED.filter(({ totals }) => totals !== undefined))('$dialect, $source', ({ name, totals }) => {
  test('each call counts once', async () => {
    const [sums] = await collector().sql<Record<string, number>>(
      `SELECT toUInt32(sum(calls)) AS calls, toUInt32(ifNull(sum(t.input_tokens), 0)) AS inputTokens,
         toUInt32(ifNull(sum(t.output_tokens), 0)) AS outputTokens
       FROM token_usage_v1 AS t WHERE project_id = {project:String}`,
      { project: name },
    )
    expect({ ...sums }).toMatchObject(totals ?? {})
  })
})
