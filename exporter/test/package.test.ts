// The package as it is published: made anew, installed in an empty folder, and used there by runtimes, TypeScript and a bundler.
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOtlpServer } from './otlp-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const MAX_BYTES = 30 * 1024
const folder = mkdtempSync(join(tmpdir(), 'insights-package-'))
const installed = join(folder, 'node_modules/@hanzo/insights')

beforeAll(() => {
  const made = spawnSync(process.execPath, [join(ROOT, 'scripts/build-exporter.ts'), installed], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  mkdirSync(join(folder, 'node_modules/@opentelemetry'), { recursive: true })
  const dependencies = { '@hanzo/insights': '*', '@opentelemetry/api': '*' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies }))
  symlinkSync(join(ROOT, 'node_modules/@opentelemetry/api'), join(folder, 'node_modules/@opentelemetry/api'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** This Node, the machine's own when it is another, and those that HANZO_RUNTIMES names (`node22:/path,bun:/path`). */
function runtimes(): [name: string, command: string[]][] {
  const own = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((dir) => !dir.includes('node_modules'))
    .map((dir) => join(dir, 'node'))
    .find(existsSync)
  const more = (process.env['HANZO_RUNTIMES'] ?? '').split(',').filter(Boolean)
  return [
    [`Node ${process.version}`, [process.execPath]],
    ...(own ? [[versionOf(own), [own]] as [string, string[]]] : []),
    ...more.map((one): [string, string[]] => {
      const [name = '', path = ''] = one.split(':')
      return [name, name === 'deno' ? [path, 'run', '--allow-all'] : [path]]
    }),
  ]
}

function versionOf(node: string): string {
  return `Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`
}

const TEXT = '注文はどこ？ Où est ma commande ? 😀 '.repeat(5)

const APP = `
const insights = new HanzoInsights({ host: process.argv[2], protocol: process.argv[3], serviceName: 'app' })
insights.trace({ name: 'answer', userId: 'u-1' }, async (trace) => {
  await new Promise((resolve) => setTimeout(resolve, 5))
  await insights.generation({ name: 'generate', model: 'gpt-4o', input: '${TEXT}' }, async () => {})
  return trace.traceId
}).then(async (traceId) => {
  await insights.feedback({ traceId, rating: 'positive' })
  await insights.shutdown()
  console.log('dropped', insights.dropped)
})
`

const FORMS = [
  ['app.mjs', `import { HanzoInsights } from '@hanzo/insights'\n${APP}`],
  ['app.cjs', `const { HanzoInsights } = require('@hanzo/insights')\n${APP}`],
] as const

function run(command: string[], args: string[]): Promise<string> {
  const [file = '', ...before] = command
  const child = spawn(file, [...before, ...args], { cwd: folder })
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  return new Promise((resolve) => child.on('close', () => resolve(text.trim())))
}

describe.each(runtimes())('the package on %s', (_, command) => {
  it.each(FORMS)('loads and delivers, by both protocols: %s', async (file, text) => {
    writeFileSync(join(folder, file), text)
    const server = await startOtlpServer()
    expect(await run(command, [file, server.url, 'otlp'])).toBe('dropped 0')
    expect(await run(command, [file, server.url, 'insights'])).toBe('dropped 0')
    await server.close()
    expect(server.span('generate').parentId).toBe(server.span('answer').spanId)
    expect(server.span('generate').attributes['gen_ai.input.messages']).toContain(TEXT)
    expect(server.events().map((event) => event.event)).toEqual([
      'llm_feedback',
      'llm_feedback',
      '$ai_generation',
      '$ai_trace',
    ])
  })
})

describe('the types of the package', () => {
  const USE = `
import { HanzoInsights, HanzoSpanExporter, type DropReason, type Step } from '@hanzo/insights'
const onDrop = (count: number, reason: DropReason): void => void [count, reason]
const exporter = new HanzoSpanExporter({ apiKey: 'x', filter: 'llm', onDrop, mask: (value) => value })
const insights = new HanzoInsights({ host: 'http://localhost:4318' })
const answer: Promise<number> = insights.trace({ name: 'a' }, async (trace: Step) => trace.elapsedMs)
const client = { chat: 1 }
const same: { chat: number } = insights.openai(client)
const shout: (text: string) => string = insights.observe((text: string) => text.toUpperCase())
// @ts-expect-error a name is asked for
insights.trace({})
void [exporter, answer, same, shout]
`
  it.each([
    ['node16', 'use.mts', 'node16'],
    ['node16', 'use.cts', 'node16'],
    ['bundler', 'use.ts', 'esnext'],
  ])('are right under moduleResolution %s: %s', (moduleResolution, file, module) => {
    writeFileSync(join(folder, file), USE)
    const options = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
      target: 'es2022',
      module,
      moduleResolution,
    }
    const compilerOptions = { ...options, lib: ['es2022', 'dom'] }
    const config = join(folder, `tsconfig.${file}.json`)
    writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }))
    const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', config], { encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})

describe('the size of the package', () => {
  /** What a page loads at once: the entry and what it imports, without the tables that are loaded when asked for. */
  async function bundled(text: string): Promise<string> {
    const entry = join(folder, 'entry.mjs')
    writeFileSync(entry, text)
    const build = await rolldown({
      input: entry,
      external: ['@opentelemetry/api'],
      platform: 'browser',
      logLevel: 'silent',
    })
    const { output } = await build.generate({ format: 'esm', minify: true })
    const chunks = output.filter((part) => part.type === 'chunk')
    const wanted = new Set(chunks.filter((part) => part.isEntry).flatMap((part) => [part.fileName, ...part.imports]))
    return chunks.flatMap((part) => (wanted.has(part.fileName) ? [part.code] : [])).join('')
  }

  it('is at most 30 KB minified for the exporter, which brings nothing of the manual SDK', async () => {
    const entry = await bundled(`export { HanzoSpanExporter } from '@hanzo/insights'`)
    expect(Buffer.byteLength(entry)).toBeLessThanOrEqual(MAX_BYTES)
    expect(entry).not.toContain('observedFunction')
    expect(entry).not.toContain('openai.azure.com')
  })

  it('is nothing for who imports and uses none of it', async () => {
    const entry = await bundled(`import '@hanzo/insights'\nimport { HanzoInsights } from '@hanzo/insights'\n`)
    expect(entry.replaceAll(/import"@opentelemetry\/api";?/g, '').trim()).toBe('')
  })

  it('asks for nothing but the API of OpenTelemetry', () => {
    const wanted = readdirSync(installed)
      .filter((file) => /\.c?js$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(installed, file), 'utf8').matchAll(/(?:from|require\(|import\()\s*"([^".][^"]*)"/g),
      ])
      .map(([, name]) => name)
    expect(new Set(wanted)).toEqual(new Set(['@opentelemetry/api']))
  })
})
