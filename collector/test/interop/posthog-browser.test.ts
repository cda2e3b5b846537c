// posthog-js in a real browser, sent here by a changed host: a page of another origin with a public key.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../browser/browser.ts'
import { eventually } from '../collector-process.ts'
import type { Row } from '../stored.ts'
import { useShop } from './shop-page.ts'

const MODULE = createRequire(import.meta.url).resolve('posthog-js/dist/module.js')
const TRACE = '0191d3c2-7a10-7b5e-9f00-4c1de2a3b4c6'

describeInBrowser('posthog-js in a browser', () => {
  const shop = useShop(async () => new Map([['/posthog.js', await readFile(MODULE, 'utf8')]]))
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    page = await shop().browser.newPage()
    page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()} ${new URL(response.url()).pathname}`)
    })
    page.on('requestfailed', (request) =>
      problems.push(`${request.failure()?.errorText} ${new URL(request.url()).pathname}`),
    )
    await page.goto(shop().origin)
  })

  it('sends calls and feedback, and has nothing to complain of', async () => {
    const set = { key: await shop().publicKey(), host: shop().collector.doors.http, trace: TRACE }
    await page.evaluate(
      `(async ({ key, host, trace }) => {
        const { default: posthog } = await import('/posthog.js')
        posthog.init(key, { api_host: host, person_profiles: 'always', opt_out_useragent_filter: true, request_queue_config: { flush_interval_ms: 250 } })
        posthog.identify('ann')
        posthog.capture('$ai_generation', {
          $ai_trace_id: trace, $ai_span_id: 'in-the-page', $ai_provider: 'openai', $ai_model: 'gpt-4o-mini', $ai_latency: 0.5,
          $ai_input: [{ role: 'user', content: 'Grüße' }], $ai_output_choices: [{ role: 'assistant', content: 'Hallo' }],
          $ai_input_tokens: 1000, $ai_output_tokens: 100,
        })
        posthog.captureTraceFeedback(trace, 'Nice one')
        posthog.captureTraceMetric(trace, 'stars', 4)
        posthog.capture('llm_feedback', { trace_id: trace, name: 'helpful', rating: 'positive' })
        window.posthog = posthog
      })(${JSON.stringify(set)})`,
    )
    const [call] = await eventually('the call', async () => {
      const rows = await shop().collector.sql<Row>("SELECT * FROM generations_v1 WHERE project_id = 'shop'")
      return rows.length > 0 ? rows : undefined
    })
    expect(call).toMatchObject({
      trace_id: TRACE.replaceAll('-', ''),
      request_model: 'gpt-4o-mini',
      input: '[{"role":"user","parts":[{"type":"text","content":"Grüße"}]}]',
      latency_ms: 500,
      // 1000 * $0.15 + 100 * $0.60, each for a million
      cost_usd: '0.00021',
      user_id: 'ann',
    })
    const scores = await eventually('three scores', async () => {
      const rows = await shop().collector.sql<Row>(
        'SELECT name, value, label, explanation, type, source FROM scores_v1 ORDER BY name',
      )
      return rows.length === 3 ? rows : undefined
    })
    expect(scores).toEqual([
      { name: 'feedback', value: null, label: '', explanation: 'Nice one', type: 'text', source: 'human' },
      { name: 'helpful', value: 1, label: 'positive', explanation: '', type: 'boolean', source: 'human' },
      { name: 'stars', value: 4, label: '', explanation: '', type: 'numeric', source: 'api' },
    ])
    expect(problems).toEqual([])
  })

  it('delivers what is given as the page goes away', async () => {
    await page.evaluate(
      `window.posthog.capture('llm_feedback', { trace_id: '${TRACE}', name: 'last words', rating: 'negative' })`,
    )
    await page.goto('about:blank')
    const [score] = await eventually('the last score', async () => {
      const rows = await shop().collector.sql<Row>("SELECT value FROM scores_v1 WHERE name = 'last words'")
      return rows.length > 0 ? rows : undefined
    })
    expect(score).toEqual({ value: 0 })
  })

  it('keeps no key of the page, and lets no other page use it', async () => {
    const key = await shop().publicKey()
    const [row] = await shop().collector.sql<{ n: number }>(
      "SELECT countIf(arrayExists(v -> startsWith(v, 'hz_'), mapValues(attributes))) AS n FROM spans_v1",
    )
    expect(row).toEqual({ n: 0 })
    const answer = await fetch(`${shop().collector.doors.http}/e/`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: JSON.stringify({ api_key: key, event: '$ai_span', properties: {} }),
    })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })
})
