import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner, createTestApp } from './query.fixture.ts'

const SCRIPT = 'export const page = "a page";\n'.repeat(50)
const INDEX = '<!doctype html><title>Page</title>'
const nothing = async <Row>() => [] as Row[]

let dashboardDir = ''
beforeAll(async () => {
  dashboardDir = await mkdtemp(join(tmpdir(), 'insights-page-'))
  await mkdir(join(dashboardDir, 'assets'))
  await writeFile(join(dashboardDir, 'index.html'), INDEX)
  await writeFile(join(dashboardDir, 'theme.js'), '1')
  await writeFile(join(dashboardDir, '.built'), 'hash')
  await writeFile(join(dashboardDir, 'assets/index-abc.js'), SCRIPT)
  await writeFile(join(dashboardDir, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT))
  await writeFile(join(dashboardDir, 'assets/index-abc.js.gz'), gzipSync(SCRIPT))
})
afterAll(() => rm(dashboardDir, { recursive: true, force: true }))

const ask = async (path: string, headers: Record<string, string> = {}, dir: string | undefined = dashboardDir) =>
  await createTestApp(nothing, { dashboardDir: dir }).request(path, { headers })

describe('the page', () => {
  it.each(['/', '/traces', '/traces/4bf92f3577b34da6a3ce929d0e0e4736?span=1', '/users/ada.lovelace', '/sql'])(
    'is the same at %s',
    async (path) => {
      const response = await ask(path, { accept: 'text/html,*/*;q=0.8' })
      expect([response.status, await response.text()]).toEqual([200, INDEX])
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      const policy = response.headers.get('content-security-policy')
      expect(policy).toBe(
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
    },
  )

  it.each([
    '/assets/gone-abc.js',
    '/theme.css',
    '/index.html.br',
    '/.built',
    '/assets/../index.html/x.js',
    '/api/nothing',
  ])('is not what is answered to %s', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  it('says how to build it where it was not, and is found as soon as it was', async () => {
    const later = await mkdtemp(join(tmpdir(), 'insights-page-'))
    const app = createTestApp(nothing, { dashboardDir: later })
    expect(await (await app.request('/')).text()).toContain('was not built')
    await writeFile(join(later, 'index.html'), INDEX)
    expect(await (await app.request('/')).text()).toBe(INDEX)
    await rm(later, { recursive: true })
  })
})

describe('a file of the page', () => {
  it('comes packed as the browser can unpack it, and plain to who cannot', async () => {
    const path = '/assets/index-abc.js'
    const br = await ask(path, { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(br.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()).toBe(SCRIPT)
    expect((await ask(path, { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip')
    const plain = await ask(path)
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, SCRIPT])
    expect(plain.headers.get('vary')).toBe('accept-encoding')
  })

  it('is kept for good when its name has a hash, else asked for by its tag', async () => {
    const hashed = await ask('/assets/index-abc.js')
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const named = await ask('/theme.js')
    const etag = named.headers.get('etag') ?? ''
    expect(named.headers.get('cache-control')).toBe('no-cache')
    const again = await ask('/theme.js', { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })
})

describe('what the page learns first', () => {
  const doors = () => ({ http: 'http://127.0.0.1:9999' })

  it('is the open doors, the version and who asks', async () => {
    const app = createTestApp(nothing, { doors })
    const about = async (headers: Record<string, string>) => await (await app.request('/api/about', { headers })).json()
    const open = { version: '1.2.3', doors: { http: 'http://127.0.0.1:9999' } }
    expect(await about({})).toEqual({ ...open, caller: null })
    expect(await about({ 'x-api-key': 'wrong' })).toEqual({ ...open, caller: null })
    expect(await about({ 'x-api-key': 'alpha-key' })).toEqual({
      ...open,
      caller: { project: 'alpha', scopes: [...asOwner('alpha').scopes] },
    })
  })
})
