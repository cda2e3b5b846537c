// The figures of the overview, against the same figures added up over spans_v1 one by one; and the ways from a figure to what is behind it.
import { expect, it } from 'vitest'
import { describeInBrowser, quiet, useBrowser } from './browser.ts'

const TRACES = 120
const MINUTE_MS = 60_000

interface Truth {
  traces: number
  failed_traces: number
  p50_ms: number
  p95_ms: number
  p99_ms: number
  ttft_p50_ms: number
  ttft_p95_ms: number
  ttft_p99_ms: number
  total_tokens: number
  input_tokens: number
  output_tokens: number
  cache_read_tokens: number
  reasoning_tokens: number
  cost_usd: string
  priced_share: number
  unpriced_calls: number
  errors: number
  calls: number
  error_rate: number
  cache_hit_rate: number
  savings_net_usd: string
  savings_gross_usd: string
}

const CALL = "kind IN ('generation', 'embedding')"
const COUNTS = 'counts_usage = 1'
const BRUTE_FORCE = `
SELECT
  (SELECT count() FROM (SELECT trace_id, min(start_time) AS began FROM spans_v1 GROUP BY trace_id HAVING began >= {from:DateTime64(3)} AND began < {to:DateTime64(3)})) AS traces,
  countIf(parent_span_id = '' AND status = 'error') AS failed_traces,
  quantileExactIf(0.5)(latency_ms, ${CALL}) AS p50_ms, quantileExactIf(0.95)(latency_ms, ${CALL}) AS p95_ms, quantileExactIf(0.99)(latency_ms, ${CALL}) AS p99_ms,
  quantileExactIf(0.5)(time_to_first_token_ms, ${CALL}) AS ttft_p50_ms, quantileExactIf(0.95)(time_to_first_token_ms, ${CALL}) AS ttft_p95_ms,
  quantileExactIf(0.99)(time_to_first_token_ms, ${CALL}) AS ttft_p99_ms,
  sumIf(v.total_tokens, ${COUNTS}) AS total_tokens, sumIf(v.input_tokens, ${COUNTS}) AS input_tokens, sumIf(v.output_tokens, ${COUNTS}) AS output_tokens,
  sumIf(v.cache_read_tokens, ${COUNTS}) AS cache_read_tokens, sumIf(v.reasoning_tokens, ${COUNTS}) AS reasoning_tokens,
  sumIf(v.cost_usd, ${COUNTS}) AS cost_usd,
  sumIf(v.total_tokens, ${COUNTS} AND v.cost_usd IS NOT NULL) / sumIf(v.total_tokens, ${COUNTS}) AS priced_share,
  countIf(${COUNTS} AND v.cost_usd IS NULL) AS unpriced_calls,
  countIf(${CALL} AND status = 'error') AS errors, countIf(${CALL}) AS calls, errors / calls AS error_rate,
  sumIf(v.cache_read_tokens, ${COUNTS}) / sumIf(v.input_tokens, ${COUNTS} AND v.cache_read_tokens IS NOT NULL) AS cache_hit_rate,
  sumIf(cache_savings_net_usd, ${COUNTS}) AS savings_net_usd, sumIf(cache_savings_gross_usd, ${COUNTS}) AS savings_gross_usd
FROM spans_v1 AS v
WHERE start_time >= {from:DateTime64(3)} AND start_time < {to:DateTime64(3)}`

describeInBrowser('the overview', () => {
  const browser = useBrowser(TRACES)
  const toMs = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 5 * MINUTE_MS
  const range = { from: new Date(toMs - 400 * MINUTE_MS).toISOString(), to: new Date(toMs).toISOString() }
  const path = `/?from=${range.from}&to=${range.to}`

  it('has in each tile what spans_v1 adds up to', async () => {
    const sqlTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
    const params = { from: sqlTime(range.from), to: sqlTime(range.to) }
    const [truth] = await browser().collector.sql<Truth>(BRUTE_FORCE, params)
    if (truth === undefined) throw new Error('no row')
    const { page, faults } = await browser().open(path)
    const shown = (figure: string): Promise<string | null> =>
      page.locator(`[data-figure="${figure}"]`).first().getAttribute('title')
    const counts = [
      'traces',
      'failed_traces',
      'total_tokens',
      'input_tokens',
      'output_tokens',
      'cache_read_tokens',
      'reasoning_tokens',
      'unpriced_calls',
      'errors',
      'calls',
    ] as const
    for (const figure of counts)
      expect([figure, await shown(figure)]).toEqual([figure, truth[figure].toLocaleString('en-US')])
    expect(truth.traces).toBe(TRACES)
    for (const figure of ['cost_usd', 'savings_net_usd', 'savings_gross_usd'] as const) {
      const [whole = '', fraction = ''] = truth[figure].split('.')
      const digits = fraction.replace(/0+$/, '')
      expect([figure, await shown(figure)]).toEqual([
        figure,
        `$${Number(whole).toLocaleString('en-US')}${digits === '' ? '' : `.${digits}`}`,
      ])
    }
    // digests are exact to a percent or two, and shares are shown with their digits
    for (const figure of ['p50_ms', 'p95_ms', 'p99_ms', 'ttft_p50_ms', 'ttft_p95_ms', 'ttft_p99_ms'] as const) {
      const value = Number.parseFloat((await shown(figure)) ?? '')
      expect([figure, Math.abs(value / truth[figure] - 1) < 0.06, value, truth[figure]]).toEqual([
        figure,
        true,
        value,
        truth[figure],
      ])
    }
    for (const figure of ['priced_share', 'error_rate', 'cache_hit_rate'] as const) {
      expect([figure, Number.parseFloat((await shown(figure)) ?? '')]).toEqual([
        figure,
        expect.closeTo(truth[figure] * 100, 1),
      ])
    }
    expect(faults).toEqual([])
  })

  it('a chart is brushed to zoom, by mouse or by the table, and the way back is the browser’s', async () => {
    const { page } = await browser().open(path)
    const chart = page.locator('[data-metric=total_traces] .u-over')
    const box = await chart.boundingBox()
    if (box === null) throw new Error('there is no chart')
    await page.mouse.move(box.x + box.width * 0.4, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL((url) => url.searchParams.get('from') !== range.from)
    const zoomed = new URL(page.url()).searchParams
    const lengthMs = Date.parse(zoomed.get('to') ?? '') - Date.parse(zoomed.get('from') ?? '')
    expect(lengthMs / MINUTE_MS).toBeGreaterThan(60)
    expect(lengthMs / MINUTE_MS).toBeLessThan(110)
    await page.goBack()
    expect(new URL(page.url()).searchParams.get('from')).toBe(range.from)
    await page.locator('[data-metric=latency]').getByRole('button', { name: 'Table of Latency' }).click()
    await page
      .locator('[data-metric=latency]')
      .getByRole('button', { name: /^Zoom to/ })
      .first()
      .press('Enter')
    await page.waitForURL((url) => url.searchParams.get('from') !== range.from)
  })

  it('the SQL of each tile runs, and a break-down is in the URL', async () => {
    const { page } = await browser().open(path)
    const tiles = ['total_traces', 'latency', 'token_usage', 'cost', 'error_rate', 'cache_hit_rate']
    for (const metric of tiles) {
      await page.goto(browser().collector.doors.api + path)
      const tile = page.locator(`[data-metric=${metric}]`)
      await tile.getByRole('button', { name: /^Copy/ }).click()
      await tile.getByRole('button', { name: 'Open in SQL' }).click()
      await page.waitForURL(/\/sql\?/)
      await page.locator('.vbody [role=row]').first().waitFor()
    }
    await page.goto(browser().collector.doors.api + path)
    await page.getByRole('combobox', { name: 'Break down by' }).selectOption('provider')
    await quiet(page)
    expect(new URL(page.url()).searchParams.get('by')).toBe('provider')
    expect(await page.innerText('[data-metric=cost] .legend')).toContain('anthropic')
  })
})
