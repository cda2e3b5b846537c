// GET of a page or of one of its files -> the built dashboard. Each page of it is the same document: its script reads the address.
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ApiEnv } from './api.ts'
import { readStaticFiles, type StaticFile, type StaticFiles } from './dashboard-files.ts'
import type { QueryDeps } from './deps.ts'

const INDEX = '/index.html'
/** What programs ask for is never answered with a page. */
const NOT_PAGES = /^\/(?:api|assets|operator|livez|readyz|metrics)(?:\/|$)/

/** @returns undefined for what is no page and no file of one */
export function createDashboard({
  dashboardDir,
}: Pick<QueryDeps, 'dashboardDir'>): (c: Context<ApiEnv>) => Promise<Response | undefined> {
  const files = lazily(dashboardDir)
  return async (c) => {
    const { path, method } = c.req
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const found = await files()
    const file = found?.get(path)
    if (file !== undefined && path !== INDEX) return fileResponse(c, file)
    if (NOT_PAGES.test(path) || !wantsPage(c)) return undefined
    const index = found?.get(INDEX)
    return index === undefined ? c.html(NOT_BUILT) : fileResponse(c, index)
  }
}

// A page that was built after the start is found too; once read, it is kept.
function lazily(folder: string | undefined): () => Promise<StaticFiles | undefined> {
  let reading: Promise<StaticFiles | undefined> | undefined
  return async () => {
    if (folder === undefined) return undefined
    reading ??= readStaticFiles(folder)
    const files = await reading
    if (files === undefined) reading = undefined
    return files
  }
}

// Programs, and pages that load a file, do not ask for HTML and are told the truth.
const wantsPage = (c: Context<ApiEnv>): boolean =>
  c.req.path === '/' || (c.req.header('accept') ?? '').includes('text/html')

function fileResponse(c: Context<ApiEnv>, file: StaticFile): Response {
  const headers: Record<string, string> = {
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  // proxies weaken a tag when they pack an answer themselves
  if ((c.req.header('if-none-match') ?? '').split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === file.etag))
    return new Response(undefined, { status: 304, headers })
  const accepted = new Set((c.req.header('accept-encoding') ?? '').split(/\s*,\s*/).map((one) => one.split(';')[0]))
  const [encoding, bytes] = [...file.packed].find(([name]) => accepted.has(name)) ?? [undefined, file.plain]
  return new Response(bytes, {
    headers: { ...headers, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
  })
}

const NOT_BUILT = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hanzo Insights</title></head>
<body>
<h1>Hanzo Insights</h1>
<p>The collector runs. Its dashboard was not built: <code>npm start</code> does that, or <code>node scripts/build-dashboard.mjs</code>.</p>
<p><a href="/api/openapi.json">The API</a>, <a href="/readyz">readiness</a>, <a href="/metrics">metrics</a></p>
</body>
</html>`
