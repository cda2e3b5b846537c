// Our SDK in a real browser: a page of another origin with a public key, by both protocols, and as the page goes away.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { expect, it } from 'vitest'
import { describeInBrowser } from '../browser/browser.ts'
import { eventually } from '../collector-process.ts'
import type { Row } from '../stored.ts'
import { useShop } from './shop-page.ts'

const INDEX = join(import.meta.dirname, '../../../exporter/src/index.ts')

/** The package and what it needs, as a bundler makes it for a page: file name -> text. */
async function bundled(): Promise<Map<string, string>> {
  const bundle = await rolldown({ input: INDEX, platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: 'insights.js' })
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code] as const] : [])))
}

describeInBrowser('the SDK in a browser', () => {
  const shop = useShop(bundled)
  const problems: string[] = []

  /** A page that has asked a model once, and noted that its user liked it. */
  async function pageThatAsked(protocol: string, name: string, flush: boolean): Promise<Page> {
    const { browser, origin, collector, publicKey } = shop()
    const page = await browser.newPage()
    page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(origin)
    const set = { apiKey: await publicKey(), host: collector.doors.http, protocol, name, flush }
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
      const rows = await shop().collector.sql<Row>(
        'SELECT request_model, user_id, cost_usd FROM generations_v1 WHERE name = {name:String}',
        { name },
      )
      return rows.length > 0 ? rows : undefined
    })
    // 1000 x 0.15 and 100 x 0.60 per million
    expect(call).toEqual({ request_model: 'gpt-4o-mini', user_id: 'ann', cost_usd: '0.00021' })
    const [score] = await eventually(`the feedback on ${name}`, async () => {
      const rows = await shop().collector.sql<Row>('SELECT value FROM scores_v1 WHERE name = {name:String}', {
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
