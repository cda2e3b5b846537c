// What the sender says a call cost, beside what we compute, against the money columns of the row.
import { expect, test } from 'vitest'
import type { Row } from './testing/native-reader.ts'
import { encodeRequest } from './testing/requests.ts'
import { writeTraces } from './testing/write-request.ts'

const TOKENS = { 'gen_ai.usage.input_tokens': 1200, 'gen_ai.usage.output_tokens': 85 }
/** 1200 x 2.5 + 85 x 10 per million, in picodollars. */
const COMPUTED = 3_850_000_000n

/** A call of `model` that says it cost `usd`. */
function rowOf(
  usd: number | string | undefined,
  model = 'gpt-4o',
  more: Readonly<Record<string, number>> = TOKENS,
): Row {
  const told = usd === undefined ? {} : { 'gen_ai.usage.cost': usd }
  const values = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': model, ...more, ...told }
  const span = {
    traceId: Buffer.alloc(16, 1),
    spanId: Buffer.alloc(8, 1),
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000000500000000',
    attributes: Object.entries(values).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value },
    })),
  }
  return writeTraces(encodeRequest({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })).rows[0]!
}

test('a positive reported cost is the cost of the row, and the computed one stands beside it', () => {
  expect(rowOf(0.007)).toMatchObject({
    cost_usd: 7_000_000_000n,
    cost_source: 'reported',
    reported_cost_usd: 7_000_000_000n,
    computed_cost_usd: COMPUTED,
    input_cost_usd: null,
    output_cost_usd: null,
  })
  expect(rowOf(0.007, 'harbor-70b')).toMatchObject({ cost_usd: 7_000_000_000n, cost_source: 'reported' })
  expect(rowOf(0.007, 'harbor-70b', {})).toMatchObject({ cost_usd: 7_000_000_000n, cost_source: 'reported' })
})

test('a reported 0 is a placeholder: never the cost, and still to be read among the attributes', () => {
  const told = { reported_cost_usd: null, attributes: expect.arrayContaining([['gen_ai.usage.cost', '0']]) }
  expect(rowOf(0)).toMatchObject({ ...told, cost_usd: COMPUTED, cost_source: 'computed' })
  for (const tokens of [TOKENS, {}])
    expect(rowOf(0, 'harbor-70b', tokens)).toMatchObject({ ...told, cost_usd: null, cost_source: '' })
})

test('a reported cost below a picodollar is kept as 0 and is not the cost', () => {
  expect(rowOf(1e-15)).toMatchObject({ reported_cost_usd: 0n, cost_usd: COMPUTED, cost_source: 'computed' })
})

test('what is no amount of money is not believed', () => {
  for (const usd of [undefined, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e6, 'free']) {
    const nothing = { reported_cost_usd: null }
    expect([usd, rowOf(usd)]).toMatchObject([usd, { ...nothing, cost_usd: COMPUTED, cost_source: 'computed' }])
    expect([usd, rowOf(usd, 'harbor-70b')]).toMatchObject([usd, { ...nothing, cost_usd: null, cost_source: '' }])
  }
})

test('the parts of a computed cost sum to it', () => {
  const row = rowOf(undefined)
  expect(row).toMatchObject({ input_cost_usd: 3_000_000_000n, output_cost_usd: 850_000_000n, cost_usd: COMPUTED })
})
