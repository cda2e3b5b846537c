// What people do on the pages: by keyboard alone, by links, on an empty store, and with what a hostile model may say.
import { expect, it } from 'vitest'
import { eventually } from '../collector-process.ts'
import { storedSpans } from '../stored.ts'
import { describeInBrowser, expectAccessible, quiet, useBrowser } from './browser.ts'

const TRACE = 'a'.repeat(32)
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '[click](javascript:alert(3))',
  '![p](https://evil.example/p.png)',
  '<svg onload=alert(4)>',
  '"><iframe srcdoc="<script>alert(5)</script>">',
  '\u202egnp.exe {{constructor.constructor("alert(6)")()}}',
]

function traceOf(spans: readonly object[], service = 'browser-test'): string {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] }
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })
}

function call(spanId: string, name: string, content: { input: string; output: string }, traceId = TRACE): object {
  const message = (role: string, text: string) => JSON.stringify([{ role, parts: [{ type: 'text', content: text }] }])
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const nowNano = `${Date.now() - 5_000}000000`
  const attributes = [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.request.model', 'gpt-4o-mini'),
    text('gen_ai.provider.name', 'openai'),
    text('gen_ai.input.messages', message('user', content.input)),
    text('gen_ai.output.messages', message('assistant', content.output)),
    text('session.id', HOSTILE[1] ?? ''),
    text('user.id', HOSTILE[0] ?? ''),
  ]
  return {
    traceId,
    spanId,
    name,
    kind: 3,
    startTimeUnixNano: nowNano,
    endTimeUnixNano: nowNano,
    attributes,
    status: {},
  }
}

describeInBrowser('a new store', () => {
  const browser = useBrowser(0)

  it('shows three ways to send, and turns by itself when the first span arrives', async () => {
    const { page, faults } = await browser().open('/')
    await page.waitForURL(/\/start/)
    const text = await page.innerText('#main')
    expect(text).toMatch(/Now send a first span/)
    for (const part of ['curl -sS', 'HanzoSpanExporter', 'OTEL_EXPORTER_OTLP_ENDPOINT', browser().collector.doors.http])
      expect(text).toContain(part)
    await browser().collector.post(
      traceOf([call('1'.repeat(16), HOSTILE[1] ?? '', { input: HOSTILE.join('\n\n'), output: HOSTILE.join('\n\n') })]),
    )
    await page.waitForURL(/\/traces/, { timeout: 15_000 })
    await page.locator('.vbody [role=row]').first().waitFor()
    expect(faults).toEqual([])
  })

  it('runs and loads nothing of what a model said', async () => {
    await storedSpans(browser().collector, TRACE)
    for (const path of [
      `/traces/${TRACE}`,
      '/traces',
      '/generations',
      `/sessions/${encodeURIComponent(HOSTILE[1] ?? '')}`,
      `/users/${encodeURIComponent(HOSTILE[0] ?? '')}`,
      '/users',
    ]) {
      const { page, faults } = await browser().open(path)
      expect(await page.innerText('#main')).toMatch(/<img src=x onerror=alert\(2\)>|<script>alert\(1\)<\/script>/)
      expect(await page.locator('#main script, #main iframe, #main img, #main a[href^="javascript"]').count()).toBe(0)
      expect(faults).toEqual([])
    }
  })

  it('a live list has a new trace by itself', async () => {
    const { page } = await browser().open('/traces?live=on')
    const traceId = 'c'.repeat(32)
    await browser().collector.post(traceOf([call('3'.repeat(16), 'just now', { input: 'q', output: 'a' }, traceId)]))
    await page.locator(`.vbody a[href*="${traceId}"]`).first().waitFor({ timeout: 15_000 })
  })

  it('a prompt of 5 MB does not freeze the page', async () => {
    const traceId = 'b'.repeat(32)
    const words = 'All work and no play makes a dull prompt. '
    const input = words.repeat(Math.ceil((5 * 2 ** 20) / words.length))
    await browser().collector.post(traceOf([call('2'.repeat(16), 'long', { input, output: 'short' }, traceId)]))
    await storedSpans(browser().collector, traceId)
    const { page, faults } = await browser().open(`/traces/${traceId}?span=${'2'.repeat(16)}`)
    await page.getByText('short', { exact: true }).first().waitFor()
    const began = performance.now()
    // each frame in turn: a page that is busy for long answers late
    for (let i = 0; i < 10; i++) await page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))')
    expect(performance.now() - began).toBeLessThan(2_000)
    expect((await page.innerText('#main')).length).toBeLessThan(200_000)
    expect(faults).toEqual([])
  })

  it('a JSON of 5 MB does not freeze the page, and its last entry is a few clicks away', async () => {
    const traceId = 'e'.repeat(32)
    const rows = Array.from({ length: 60_000 }, (_, id) => ({
      id,
      name: `row ${id}`,
      tags: ['a', 'b'],
      note: 'words words words',
    }))
    const attributes = [
      { key: 'gen_ai.operation.name', value: { stringValue: 'execute_tool' } },
      { key: 'gen_ai.tool.name', value: { stringValue: 'rows' } },
      { key: 'gen_ai.tool.call.result', value: { stringValue: JSON.stringify({ rows }) } },
    ]
    const nowNano = `${Date.now() - 5_000}000000`
    const times = { startTimeUnixNano: nowNano, endTimeUnixNano: nowNano }
    const span = { traceId, spanId: '5'.repeat(16), name: 'rows', kind: 1, status: {}, attributes, ...times }
    await browser().collector.post(traceOf([span]))
    await storedSpans(browser().collector, traceId)
    const { page, faults } = await browser().open(`/traces/${traceId}`)
    await page.getByRole('button', { name: /^Load all .* of Output/ }).click()
    const tree = page.getByRole('region', { name: 'Output' })
    await tree.getByText('[60000]').waitFor()
    const began = performance.now()
    await tree.getByRole('button', { name: '50000 … 59999' }).click()
    await tree.getByRole('button', { name: '59900 … 59999' }).click()
    await tree.getByRole('button', { name: '59999: {4}' }).click()
    await tree.getByText('row 59999').waitFor()
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(Number(await page.evaluate("document.querySelectorAll('#main *').length"))).toBeLessThan(5_000)
    expect(faults).toEqual([])
  })
})

describeInBrowser('by keyboard and by link', () => {
  const browser = useBrowser(60)

  it('j and k walk the list, Enter opens, mod+k goes anywhere, ? helps, Escape closes', async () => {
    const { page, faults } = await browser().open('/traces')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const focused = () => page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row")
    expect(await focused()).toBe('1')
    await page.keyboard.press('k')
    expect(await focused()).toBe('0')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/traces\/[0-9a-f]{32}/)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('models')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/models/)
    expect(faults).toEqual([])
  })

  it('/ goes to the filter, which proposes names and values, and keys rest while one types', async () => {
    const { page } = await browser().open('/generations')
    await page.keyboard.press('/')
    await page.keyboard.type('provi')
    await page.getByRole('option', { name: /^provider:/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /anthropic/ }).waitFor()
    await page.keyboard.type('anthropic')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=provider:anthropic/)
    await quiet(page)
    const names = await page.locator('.vbody [role=row]').allInnerTexts()
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((text) => !/claude/.test(text))).toEqual([])
  })

  it('a link shows what it was copied from: filter, columns, range', async () => {
    const { page } = await browser().open('/generations?from=now-6h&q=provider:openai&cols=start_time,name,cost_usd')
    expect(await page.getByRole('combobox', { name: 'Filter generations' }).inputValue()).toBe('provider:openai')
    const headers = await page.getByRole('columnheader').allInnerTexts()
    expect(headers.map((text) => text.replace(/\s*[↓↕]$/, ''))).toEqual(['Start', 'Name', 'Cost'])
    expect(await page.innerText('.range-picker')).toContain('Last 6 hours')
    await page.goto(`${browser().collector.doors.api}/generations?q=model:gpt-*`)
    await quiet(page)
    // how many rows a pattern has is not counted, which is not none
    expect(await page.locator('.facet label', { hasText: 'gpt-*' }).innerText()).toMatch(/gpt-\*\s*–/)
  })

  it('a list is sorted by its headers where the API can, and says so where it cannot, and the URL keeps it', async () => {
    const { page } = await browser().open('/generations?from=now-6h')
    const header = (name: string) => page.getByRole('columnheader', { name })
    expect(await header('Start').getAttribute('aria-sort')).toBe('descending')
    expect(await header('Input').getByRole('button').count()).toBe(0)
    await header('Cost').getByRole('button').press('Enter')
    await page.waitForURL(/sort=cost_usd/)
    await quiet(page)
    expect(await header('Cost').getAttribute('aria-sort')).toBe('descending')
    const costs = (await page.evaluate(
      `[...document.querySelectorAll('.vbody [role=row] [title^="$"]')].map(({ title }) => Number(title.slice(1)))`,
    )) as number[]
    expect(costs.length).toBeGreaterThan(10)
    expect(costs).toEqual(costs.toSorted((a, b) => b - a))
    await header('Cost').getByRole('button').click()
    await page.waitForURL((url) => !url.searchParams.has('sort'))
    await page.goto(`${browser().collector.doors.api}/models?order=calls.up`)
    await quiet(page)
    expect(await header('Calls').getAttribute('aria-sort')).toBe('ascending')
  })

  it('a wrong filter is told with its place, its code and the request', async () => {
    const { page } = await browser().open('/generations?q=modle:x')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toMatch(/INSIGHTS_QUERY_INVALID request [0-9a-f-]{36}/)
  })

  it('what is copied as cURL answers the same', async () => {
    const { page, context } = await browser().open('/traces')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('.page-head').getByRole('button', { name: /^Copy/ }).click()
    await page.getByRole('button', { name: 'cURL' }).click()
    const curl = await eventually('a cURL line', async () => {
      const text = String(await page.evaluate('navigator.clipboard.readText()'))
      return text.startsWith('curl') ? text : undefined
    })
    const url = /'(http[^']+)'/.exec(curl)?.[1] ?? ''
    const { data } = (await (await fetch(url)).json()) as { data: { trace_id: string }[] }
    expect(data.length).toBeGreaterThan(10)
    expect(await page.locator(`.vbody a[href*="${data[0]?.trace_id}"]`).count()).toBeGreaterThan(0)
  })

  it('the call behind a span is copied as cURL for its provider, without a key', async () => {
    const [row] = (
      await browser().collector.api<{ data: { trace_id: string; span_id: string }[] }>(
        '/api/v1/generations?q=provider:anthropic&limit=1',
      )
    ).data
    const { page, context } = await browser().open(`/traces/${row?.trace_id}?span=${row?.span_id}`)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('#span-pane').getByRole('button', { name: 'Copy of the span' }).click()
    await page.getByRole('button', { name: 'cURL of the call itself' }).click()
    await page.getByText('cURL of the call itself copied').waitFor()
    const curl = String(await page.evaluate('navigator.clipboard.readText()'))
    expect(curl).toMatch(
      /^curl -sS 'https:\/\/api\.anthropic\.com\/v1\/messages' -H "x-api-key: \$ANTHROPIC_API_KEY"[\s\S]*"model": "claude/,
    )
  })

  it('a model gets a price on the page, a dry run says what that would change, and changes nothing', async () => {
    const model = 'harbor-support-32b'
    const unpriced = async (): Promise<number> => {
      const [row] = await browser().collector.sql<{ n: string }>(
        `SELECT count() AS n FROM spans_v1 WHERE request_model = '${model}' AND cost_usd IS NULL AND input_tokens > 0`,
      )
      return Number(row?.n)
    }
    const before = await unpriced()
    expect(before).toBeGreaterThan(0)
    const { page, faults } = await browser().open('/prices')
    await page.getByRole('button', { name: `Give it one to ${model}` }).click()
    expect(await page.getByLabel('Model, * for any text').inputValue()).toBe(model)
    await page.getByLabel('input, $ a million').fill('0.20')
    await page.getByLabel('output, $ a million').fill('0.60')
    await page.keyboard.press('Enter')
    const own = page.getByRole('region', { name: 'Own prices' })
    await expect
      .poll(() => own.innerText())
      .toMatch(/harbor-support-32b\s*harbor-support-32b\s*always\s*input \$0\.20, output \$0\.60/)
    await page.getByRole('button', { name: 'Dry run' }).click()
    const what = page.getByRole('region', { name: 'Pricing stored spans anew' })
    await what.getByRole('region', { name: 'What would change' }).waitFor()
    expect(await what.getByRole('status').innerText()).toMatch(
      new RegExp(
        `^${before} spans? of[\\s\\S]*\\(\\+\\$0\\.0[\\s\\S]*${model}[\\s\\S]*reprice --from \\S+ --to \\S+ --project default`,
      ),
    )
    expect(page.url()).toContain('reprice_from=')
    await expectAccessible(page)
    expect(await unpriced()).toBe(before)
    await page.getByRole('button', { name: `Take out … ${model}` }).press('Enter')
    await page.getByRole('button', { name: `Take it out ${model}` }).press('Enter')
    await page.getByText('None yet; the price list holds.').waitFor()
    expect(faults).toEqual([])
  })
})
