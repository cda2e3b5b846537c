// Every page on demo data, in both themes: what it shows, that it is accessible, and that nothing leaves the origin.
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { describeInBrowser, expectAccessible, quiet, useBrowser } from './browser.ts'

const TRACES = 120
const FIRST_LOAD_MAX_BYTES = 180 * 1024

/** Path -> a text that only this page with its data has. */
const PAGES: readonly [path: string, expected: RegExp][] = [
  ['/', /Latency[\s\S]*first token p50/],
  ['/traces', /POST \/api\/chat/],
  ['/generations', /chat gpt-4o-mini/],
  ['/sessions', /session-\d+/],
  ['/users', /[a-z]+\.[a-z]+/],
  ['/errors', /Rate limit reached for requests per minute/],
  ['/models', /claude-sonnet/],
  ['/agents', /support-agent/],
  ['/tools', /web_search/],
  ['/prompts', /support-agent\s+7/],
  [
    '/prices?find=gpt-4o-mini',
    /genai-prices\/[\s\S]*it runs on your own machines|it runs on your own machines[\s\S]*genai-prices\//,
  ],
  ['/scores', /groundedness[\s\S]*Each claim is in/],
  ['/sql?query=SELECT kind, count() AS spans FROM spans_v1 GROUP BY kind', /generation\s*\d+/],
  ['/system', /batches on their way[\s\S]*metrics_minute/],
  ['/settings', /Keys of this project/],
  ['/start', /OTEL_EXPORTER_OTLP_ENDPOINT/],
  ['/nothing/here', /There is no such page/],
]

describeInBrowser('pages', () => {
  const browser = useBrowser(TRACES)

  it.each(PAGES)('%s shows its data, is accessible in both themes, and asks nobody else', async (path, expected) => {
    const { page, faults } = await browser().open(path)
    expect(await page.innerText('#main')).toMatch(expected)
    await expectAccessible(page)
    expect(faults).toEqual([])
  })

  it('the pages of one trace, session and user are accessible too', async () => {
    const first = async (path: string, id: string): Promise<string> =>
      String((await browser().collector.api<{ data: Record<string, string>[] }>(path)).data[0]?.[id])
    const trace = await first('/api/v1/traces?q=kind:agent&limit=1', 'trace_id')
    const session = await first('/api/v1/sessions?limit=1', 'session_id')
    const user = await first('/api/v1/users?limit=1', 'user_id')
    for (const path of [`/traces/${trace}`, `/sessions/${session}`, `/users/${user}`]) {
      const { page, faults } = await browser().open(path)
      await expectAccessible(page)
      expect(faults).toEqual([])
    }
  })

  it('the page of a user tells what they think', async () => {
    const { data } = await browser().collector.api<{ data: { user_id: string }[] }>(
      '/api/v1/scores?q=source:human&limit=1',
    )
    const { page, faults } = await browser().open(`/users/${data[0]?.user_id}`)
    await page.getByText('Feedback and scores, newest first').waitFor()
    expect(await page.innerText('#main')).toMatch(/Feedback and scores[\s\S]*feedback\s+[01]\s+(positive|negative)/)
    await expectAccessible(page)
    expect(faults).toEqual([])
  })

  it('the first load is small', async () => {
    const { page } = await browser().open('/')
    const urls = (await page.evaluate(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.includes('/api/'))",
    )) as string[]
    expect(urls.length).toBeGreaterThan(3)
    let gzipBytes = 0
    for (const url of [browser().collector.doors.api, ...urls]) {
      gzipBytes += gzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()), { level: 9 }).length
    }
    console.info(`first load: ${urls.length} files, ${Math.round(gzipBytes / 1024)} KiB with gzip`)
    expect(gzipBytes).toBeLessThan(FIRST_LOAD_MAX_BYTES)
  })

  it('a theme that was chosen is there before the first paint, and wins over the system', async () => {
    const { page } = await browser().open('/settings', { theme: 'light' })
    await page.getByLabel('Dark', { exact: true }).check()
    await page.reload({ waitUntil: 'commit' })
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  })

  it('times are shown in the zone that is chosen, and the zone is said', async () => {
    const { page } = await browser().open('/traces', { zone: 'Asia/Kolkata' })
    const cell = page.locator('.vbody time').first()
    const iso = (await cell.getAttribute('datetime')) ?? ''
    const shown = async (): Promise<string> => (await cell.innerText()).trim()
    const inZone = (timeZone: string): string =>
      new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
        new Date(iso),
      )
    expect(await shown()).toContain(inZone('Asia/Kolkata'))
    expect(await page.innerText('.range-picker')).toContain('+05:30')
    await page.keyboard.press('u')
    await expect.poll(shown).toContain(inZone('UTC'))
    expect(await page.innerText('.range-picker')).toContain('UTC')
  })

  it('an empty range says so, and jumps to the newest data', async () => {
    const { page } = await browser().open('/traces?from=2020-01-01&to=2020-01-02')
    expect(await page.innerText('#main')).toMatch(/No traces here[\s\S]*newest trace is of/)
    await page.getByRole('button', { name: 'Jump there' }).click()
    await quiet(page)
    expect(await page.locator('.vbody [role=row]').count()).toBeGreaterThan(5)
  })
})
