// A collector with demo data and a Chromium in; pages to look at out. Where there is no browser, a visible line, or a failure where one is required.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { runDemo } from '../../src/cli/demo/demo.ts'
import { type RunningCollector, useCollector } from '../collector-process.ts'
import { settled } from '../interop/settled.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']
const PLACE = [process.env['INSIGHTS_TEST_BROWSER'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path))
const IS_REQUIRED = process.env['INSIGHTS_REQUIRE_BROWSER'] === '1'
if (PLACE === undefined && !IS_REQUIRED) {
  process.stderr.write(
    'skipped: no Chromium for tests in a browser (apt-get install chromium, or INSIGHTS_TEST_BROWSER)\n',
  )
}

/** `describe` where there is a browser, or where there must be one. */
export const describeInBrowser = PLACE !== undefined || IS_REQUIRED ? describe : describe.skip

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ args: ['--no-sandbox'], ...(PLACE === undefined ? {} : { executablePath: PLACE }) })

export interface Opened {
  page: Page
  context: BrowserContext
  /** What must not happen on any page: errors of scripts, of the policy, and requests that leave the origin. */
  faults: string[]
}

export interface OpenOptions {
  theme?: 'light' | 'dark'
  zone?: string
}

export interface TestBrowser {
  collector: RunningCollector
  open(path: string, options?: OpenOptions): Promise<Opened>
}

/** @param traces of the demo; 0: an empty store */
export function useBrowser(traces: number, env: Readonly<Record<string, string>> = {}): () => TestBrowser {
  const collector = useCollector({ INSIGHTS_SETTLE_IDLE_MS: '200', ...env })
  let browser: Browser | undefined
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
    if (traces === 0) return
    await runDemo({ host: collector().doors.http, traces, seed: 7, spanMinutes: 240 })
    await settled(collector())
  })
  afterAll(async () => {
    await browser?.close()
  })
  const open = async (path: string, { theme = 'light', zone = 'UTC' }: OpenOptions = {}): Promise<Opened> => {
    if (browser === undefined) throw new Error('the browser has not started')
    // pages of tests before cost time as long as they are open
    for (const old of contexts.splice(0)) await old.close()
    const context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      colorScheme: theme,
      timezoneId: zone,
    })
    contexts.push(context)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (origin !== collector().doors.api && !/^(data|blob):$/.test(protocol))
        faults.push(`left the origin: ${request.url()}`)
    })
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(collector().doors.api + path)
    await quiet(page)
    return { page, context, faults }
  }
  return () => ({ collector: collector(), open })
}

const QUIET_CHECKS = 3
const CHECK_MS = 40
const QUIET_TIMEOUT_MS = 45_000
// asked by the protocol of the browser: the policy of the page lets nobody evaluate a text inside it
const IS_QUIET =
  "document.querySelector('#main h1, #main .key-gate') !== null && document.querySelector('.busy.on, .loading') === null"

/** Nothing has been loading for a few looks in a row. */
export async function quiet(page: Page): Promise<void> {
  const end = performance.now() + QUIET_TIMEOUT_MS
  for (let inRow = 0; inRow < QUIET_CHECKS; ) {
    // a page that is just being left has no document to ask
    const isQuiet = await page.evaluate(IS_QUIET).catch(() => false)
    inRow = isQuiet === true ? inRow + 1 : 0
    if (performance.now() > end) throw new Error(`the page does not come to rest: ${page.url()}`)
    await new Promise((resolve) => setTimeout(resolve, CHECK_MS))
  }
}

const axeSource = createRequire(import.meta.url)('axe-core').source as string

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[]
}

/** Nothing that axe finds wrong, by all its rules: WCAG 2.2 AA and best practices, in both themes of one page load. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult
    const found = violations.map(({ id, nodes }) => [
      id,
      nodes.map(({ html, failureSummary }) => [html, failureSummary]),
    ])
    expect([colorScheme, found]).toEqual([colorScheme, []])
  }
}
