// One answer of a provider, told in every dialect that can tell all of it: each row must have the same tokens and, to the last digit, the same cost.
import { beforeAll, describe, expect, test } from 'vitest'
import { useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'
import { ANTHROPIC, anthropicWithSplit } from './one-response/anthropic.ts'
import { GEMINI } from './one-response/gemini.ts'
import { OPENAI } from './one-response/openai.ts'
import { OPENAI_BY_OTHERS } from './one-response/openai-others.ts'
import type { Telling } from './one-response/telling.ts'
import { spanIdOf, toRequest, traceIdOf } from './payload-request.ts'
import { settled } from './settled.ts'

/** USD per million tokens: gpt-5-mini 0.25, cached 0.025, out 2; Sonnet 4.5 3, read 0.30, written 3.75 and 6, out 15; Flash 0.30, cached 0.03, out 2.50. */
const ANSWERS: readonly { answer: string; usd: string; tokens: object; tellings: readonly Telling[] }[] = [
  {
    answer: 'OpenAI with cache and reasoning',
    // 176 x 0.25 + 1024 x 0.025 + 85 x 2
    usd: '0.0002396',
    tokens: { input_tokens: 1200, cache_read_tokens: 1024, output_tokens: 85 },
    tellings: [...OPENAI, ...OPENAI_BY_OTHERS],
  },
  {
    answer: 'Anthropic with 500 written for five minutes',
    // 20 x 3 + 3000 x 0.30 + 500 x 3.75 + 60 x 15
    usd: '0.003735',
    tokens: { input_tokens: 3520, cache_read_tokens: 3000, cache_write_tokens: 500, output_tokens: 60 },
    tellings: [...ANTHROPIC, ...anthropicWithSplit(0)],
  },
  {
    answer: 'Anthropic with 400 written for five minutes and 100 for an hour',
    // 20 x 3 + 3000 x 0.30 + 400 x 3.75 + 100 x 6 + 60 x 15
    usd: '0.00396',
    tokens: { input_tokens: 3520, cache_write_tokens: 500, cache_write_1h_tokens: 100, output_tokens: 60 },
    tellings: anthropicWithSplit(100),
  },
  {
    answer: 'Gemini with cache and thoughts',
    // 176 x 0.30 + 1024 x 0.03 + 85 x 2.50
    usd: '0.00029602',
    tokens: { input_tokens: 1200, cache_read_tokens: 1024, output_tokens: 85, reasoning_tokens: 64 },
    tellings: GEMINI,
  },
]

const CASES = ANSWERS.flatMap(({ tellings, ...answer }, a) =>
  tellings.map((telling, i) => ({ ...answer, telling, id: `answer-${a}-${i}`, who: whoOf(telling) })),
)
function whoOf({ dialect, note }: Telling): string {
  return note === undefined ? dialect : `${dialect} (${note})`
}

const collector = useCollector()
const rows = new Map<string, Row>()

beforeAll(async () => {
  const startMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
  for (const { id, telling } of CASES) {
    const { dialect, scope = 'my.app', version = '1.0.0', name = 'chat', attributes } = telling
    const spans = [{ name, attributes, facts: {} }]
    const request = toRequest({ dialect, source: id, scope, version, spans }, id, startMs)
    expect([id, (await collector().post(JSON.stringify(request))).status]).toEqual([id, 200])
  }
  await settled(collector())
  for (const row of await collector().sql<Row>('SELECT * FROM spans_v1')) rows.set(String(row['trace_id']), row)
})

describe.each(ANSWERS)('$answer', ({ answer }) => {
  test.each(CASES.filter((it) => it.answer === answer))('told by $who costs $usd', ({ id, usd, tokens }) => {
    const row = rows.get(traceIdOf(id))
    expect(row?.['span_id']).toBe(spanIdOf(id, 0))
    expect(row).toMatchObject({ ...tokens, cost_usd: usd, cost_source: 'computed', counts_usage: 1 })
  })
})
