// Test help: spans of a few traces that differ in everything a filter can ask of, the same ones for the same seed.

import type { Store } from '../../store/client.ts'
import { hex, insertSpans, NOW_MS, type TestSpan } from '../query.fixture.ts'

const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5', '']
const ERRORS = ['', '', '', 'rate_limit', 'timeout']
const TEXTS = [
  'our refund policy is kind',
  'REFUND\npolicy',
  'prerefund',
  'grüße aus Köln',
  'nothing here',
  'say "policy refund" twice',
  '',
]
const KINDS = ['generation', 'generation', 'tool', 'agent', 'embedding']

/** Small and even: what a test needs of chance is that it repeats. */
export function createChance(seed: number): <T>(choices: readonly T[]) => T {
  let state = seed
  return (choices) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const chosen = choices[Math.floor((state / 2 ** 32) * choices.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
}

/** @param base number of the first trace */
export function randomSpans(seed: number, traces: number, base = 1_000): TestSpan[] {
  const pick = createChance(seed)
  return Array.from({ length: traces }, (_, t) => {
    const root = hex((base + t) * 100, 8)
    return Array.from({ length: pick([1, 2, 3, 5]) }, (_, i): TestSpan => {
      const error = pick(ERRORS)
      const usage = pick([null, 10, 1_500, 90_000])
      return {
        trace: hex(base + t, 16),
        span: i === 0 ? root : hex((base + t) * 100 + i, 8),
        ...(i === 0 ? {} : { parent: root }),
        agoMs: 60_000 * (base + t - 999) + 1_000 - i * 7,
        columns: {
          kind: i === 0 ? pick(['agent', 'generation']) : pick(KINDS),
          name: pick(['chat', 'answer question', 'look*up']),
          request_model: pick(MODELS),
          provider: pick(['openai', 'anthropic', '']),
          environment: pick(['prod', 'dev']),
          service_name: pick(['shop', 'bot', 'bot-2']),
          session_id: i === 0 ? pick(['s1', 's2', '']) : '',
          user_id: i === 0 ? pick(['ann', 'bob', '']) : '',
          tags: i === 0 ? pick([['beta'], ['beta', 'night'], []]) : [],
          tool_name: pick(['search', 'pay', '']),
          status_code: error === '' ? pick([0, 1]) : 2,
          error_type: error === 'rate_limit' ? pick(['rate_limit', '429']) : error,
          error_class: error,
          error_message: error === '' ? '' : `it failed with ${error}`,
          input_tokens: usage,
          output_tokens: usage === null ? null : pick([1, 70]),
          cache_read_tokens: pick([null, 0, 7]),
          cost_usd: usage === null ? null : pick(['0', '0.05', '0.1', '2.5']),
          duration_ns: pick([5, 900, 2_000, 61_000]) * 1_000_000,
          time_to_first_token_ns: pick([null, 250_000_000]),
          input: content(pick(TEXTS)),
          output: content(pick(TEXTS)),
          attributes: pick([
            {},
            { 'app.tier': 'gold', 'http.status': '500' },
            { 'app.tier': 'g,o "x"', 'http.status': '99' },
            { 'http.status': 'none' },
          ]),
          metadata: pick([{}, { tenant: 'acme' }, { tenant: '' }]),
        },
      }
    })
  }).flat()
}

const content = (text: string): string =>
  text === '' ? '' : JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }])

export async function insertRandomSpans(store: Store, seed: number, traces: number, base?: number): Promise<void> {
  await insertSpans(store, randomSpans(seed, traces, base))
}

/** A score on every third trace's root, and on one of its spans. */
export async function insertRandomScores(store: Store, traces: number): Promise<void> {
  for (let t = 0; t < traces; t += 3) {
    const [trace, root] = [hex(1_000 + t, 16), hex((1_000 + t) * 100, 8)]
    await store.command(
      `INSERT INTO insights.scores (project_id, score_id, version_time, time, trace_id, span_id, name, value, label)
       VALUES ('alpha', 'r${t}', now64(6), fromUnixTimestamp64Milli(${NOW_MS - 1_000}), unhex('${trace}'), unhex('${root}'), '${t % 2 === 0 ? 'helpful' : 'tone'}', ${t % 4}, '${t % 2 === 0 ? '' : 'kind'}')`,
      {},
      { async_insert: 0 },
    )
  }
}
