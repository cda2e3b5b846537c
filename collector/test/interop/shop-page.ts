// The scripts of an app's site in; a browser, the site at an origin of its own, and a public key for it out.
import { createServer, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from '../browser/browser.ts'
import { type RunningCollector, useCollector } from '../collector-process.ts'

export interface Shop {
  readonly collector: RunningCollector
  readonly browser: Browser
  readonly origin: string
  /** A public key that pages of this origin may show. */
  publicKey(): Promise<string>
}

/** @param scripts path -> text of each script that the site has */
export function useShop(scripts: () => Promise<ReadonlyMap<string, string>>): () => Shop {
  const collector = useCollector({ INSIGHTS_API_KEYS: 'shop/ingest+read+admin:key-of-the-shop' })
  let site: Server
  let origin: string
  let browser: Browser

  beforeAll(async () => {
    const files = await scripts()
    site = createServer((request, response) => {
      const script = files.get(request.url ?? '')
      response.writeHead(200, { 'content-type': script === undefined ? 'text/html' : 'text/javascript' })
      response.end(script ?? '<!doctype html><link rel="icon" href="data:,"><title>shop</title><button>Help</button>')
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const address = site.address()
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    browser = await launchBrowser()
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
  return () => ({ collector: collector(), browser, origin, publicKey })
}
