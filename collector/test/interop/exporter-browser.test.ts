// Our SDK in a real browser: a page of another origin with a public key, by both protocols, and as the page goes away.
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = EXECUTABLES.find((path) => existsSync(path))
const INDEX = join(import.meta.dirname, '../../../exporter/src/index.ts')

/** The package and what it needs, as a bundler makes it for a page: file name -> text. */
async function bundled(): Promise<Map<string, string>> {
  const bundle = await rolldown({ input: INDEX, platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: 'insights.js' })
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code] as const] : [])))
}

describe.skipIf(executablePath === undefined)('the SDK in a browser (skipped where no chromium is)', () => {
  const collector = useCollector({ INSIGHTS_API_KEYS: 'shop/ingest+read+admin:key-of-the-shop' })
  let site: Server
  let origin: string
  let browser: Browser
  const problems: string[] = []

  beforeAll(async () => {
    const files = await bundled()
    site = createServer((request, response) => {
      const script = files.get(request.url ?? '')
      response.writeHead(200, { 'content-type': script === undefined ? 'text/html' : 'text/javascript' })
      response.end(script ?? '<!doctype html><link rel="icon" href="data:,"><title>shop</title>')
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const address = site.address()
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    site?.close()
  })

  async function publicKey(): Promise<string> {
    const response = await fetch(`${collector().doors.api}/api/v1/keys`, {
      method: 'POST',
      headers: { 'x-api-key': 'key-of-the-shop', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'page', kind: 'public', origins: [origin] }),
    })
    return ((await response.json()) as { key: string }).key
  }

  /** A page that has asked a model once, and noted that its user liked it. */
  async function pageThatAsked(protocol: string, name: string, flush: boolean): Promise<Page> {
    const page = await browser.newPage()
    page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(origin)
    const set = { apiKey: await publicKey(), host: collector().doors.http, protocol, name, flush }
    await page.evaluate(
      `(async ({ apiKey, host, protocol, name, flush }) => {
        const { HanzoInsights } = await import('/insights.js')
        const insights = new HanzoInsights({ apiKey, host, protocol, serviceName: 'page' })
        await insights.flush() // a page is there before it asks: what its protocol needs is loaded
        await insights.trace({ name, userId: 'ann' }, async (trace) => {
          const span = trace.span({ name, input: { messages: [{ role: 'user', content: 'Grüße' }] } })
          span.end({ output: 'Hallo', usage: { input: 1000, output: 100 }, model: 'gpt-4o-mini' })
          insights.feedback({ traceId: trace.traceId, name: 'of ' + name, rating: 'positive' })
        })
        if (flush) await insights.flush()
      })(${JSON.stringify(set)})`,
    )
    return page
  }

  async function arrived(name: string): Promise<void> {
    const [call] = await eventually(`the call ${name}`, async () => {
      const rows = await collector().sql<Row>(
        'SELECT request_model, user_id, cost_usd FROM generations_v1 WHERE name = {name:String}',
        { name },
      )
      return rows.length > 0 ? rows : undefined
    })
    // 1000 x 0.15 and 100 x 0.60 per million
    expect(call).toEqual({ request_model: 'gpt-4o-mini', user_id: 'ann', cost_usd: '0.00021' })
    const [score] = await eventually(`the feedback on ${name}`, async () => {
      const rows = await collector().sql<Row>('SELECT value FROM scores_v1 WHERE name = {name:String}', {
        name: `of ${name}`,
      })
      return rows.length > 0 ? rows : undefined
    })
    expect(score).toEqual({ value: 1 })
  }

  it.each(['otlp', 'insights'])(
    '%s: calls and feedback arrive, and the page has nothing to complain of',
    async (protocol) => {
      const page = await pageThatAsked(protocol, `asked by ${protocol}`, true)
      await arrived(`asked by ${protocol}`)
      await page.close()
      expect(problems).toEqual([])
    },
  )

  it.each(['otlp', 'insights'])('%s: what waits leaves as the page goes away', async (protocol) => {
    const page = await pageThatAsked(protocol, `left by ${protocol}`, false)
    await page.goto('about:blank')
    await arrived(`left by ${protocol}`)
    await page.close()
  })
})
