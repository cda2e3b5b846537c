// The SDK as a bundler puts it into an edge function, run by Vercel's edge runtime, and by Cloudflare's when HANZO_RUNTIMES names it (`workerd:/path`).
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EdgeVM } from '@edge-runtime/vm'
import { rolldown } from 'rolldown'
import { afterAll, describe, expect, it } from 'vitest'
import { type OtlpServer, startOtlpServer } from './otlp-server.ts'

const INDEX = join(import.meta.dirname, '../src/index.ts')
const folder = mkdtempSync(join(tmpdir(), 'insights-edge-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One client a request, as Workers have it, whose settings come with the request. */
const APP = `
import { HanzoInsights } from '${INDEX}'
export async function handle(host, protocol) {
  const insights = new HanzoInsights({ host, protocol, apiKey: 'key of ' + protocol, serviceName: 'edge' })
  const traceId = await insights.trace({ name: 'answer' }, async (trace) => {
    await trace.span({ name: 'generate', kind: 'generation', model: 'gpt-4o', input: '${'Grüße '.repeat(30)}' }, async () => {})
    return trace.traceId
  })
  await insights.feedback({ traceId, rating: 'positive' })
  await insights.flush()
  return 'dropped ' + insights.dropped
}`

async function bundled(format: 'esm' | 'iife'): Promise<string> {
  const entry = join(folder, 'app.mjs')
  writeFileSync(entry, APP)
  const build = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' })
  const { output } = await build.generate({ format, name: 'app', codeSplitting: false })
  return output[0].code
}

function expectAll(server: OtlpServer): void {
  expect(server.spanNames().sort()).toEqual(['answer', 'generate'])
  expect(server.span('generate').attributes['gen_ai.input.messages']).toContain('Grüße')
  expect(
    server
      .events()
      .map(({ event }) => event)
      .sort(),
  ).toEqual(['$ai_generation', '$ai_trace', 'llm_feedback', 'llm_feedback'])
  const keys = server.requests.flatMap(({ json }) => json?.api_key ?? [])
  expect(keys.sort()).toEqual(['key of insights', 'key of insights', 'key of otlp'])
}

it('Vercel: delivers by both protocols, one client after the other', async () => {
  const server = await startOtlpServer()
  const vm = new EdgeVM()
  vm.evaluate(`${await bundled('iife')}\nglobalThis.app = app`)
  for (const protocol of ['otlp', 'insights'])
    expect(await vm.evaluate(`app.handle('${server.url}', '${protocol}')`)).toBe('dropped 0')
  await server.close()
  expectAll(server)
})

const workerd = (process.env['HANZO_RUNTIMES'] ?? '')
  .split(',')
  .find((it) => it.startsWith('workerd:'))
  ?.slice(8)

describe.skipIf(workerd === undefined)('Cloudflare (skipped where HANZO_RUNTIMES names no workerd)', () => {
  let child: ChildProcess | undefined
  afterAll(() => child?.kill())

  it('delivers by both protocols, one client after the other', async () => {
    const port = await freePort()
    writeFileSync(
      join(folder, 'worker.mjs'),
      `${await bundled('esm')}
export default { async fetch({ url }) { const { searchParams: p } = new URL(url); return new Response(await handle(p.get('host'), p.get('protocol'))) } }`,
    )
    writeFileSync(
      join(folder, 'config.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private", "local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]);
const main :Workerd.Worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2026-09-01");`,
    )
    child = spawn(workerd ?? '', ['serve', join(folder, 'config.capnp')], { stdio: 'inherit' })
    const server = await startOtlpServer()
    for (const protocol of ['otlp', 'insights'])
      expect(await asked(`http://127.0.0.1:${port}/?host=${encodeURIComponent(server.url)}&protocol=${protocol}`)).toBe(
        'dropped 0',
      )
    await server.close()
    expectAll(server)
  })
})

/** Asks again until the server is up. */
async function asked(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined)
    if (response) return response.text()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
