// The recipes of exporter/README.md: each file runs as it stands, against a provider on loopback and a real collector; its rows are looked at.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../../exporter/test/fake-provider.ts'
import { eventually, useCollector } from './collector-process.ts'

const FOLDER = join(import.meta.dirname, '../../deploy/examples/node')
const TEXT = 'Berlin has 3.7 million people.'
const collector = useCollector()
let provider: FakeProvider

beforeAll(async () => {
  provider = await startFakeProvider()
})

afterAll(() => provider.close())

function start(file: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [join(FOLDER, file), ...args], {
    env: {
      ...process.env,
      HANZO_HOST: `http://${collector().doors.http.replace('http://', '')}`,
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: provider.url,
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: provider.origin,
      PORT: '0',
      NODE_COMPILE_CACHE: join(tmpdir(), 'insights-recipes'),
      ...env,
    },
  })
}

/** Runs a recipe to its end. @returns what it printed */
async function run(file: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const child = start(file, args, env)
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (error += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${error}`)
  return out.trim()
}

interface Generation {
  trace_id: string
  name: string
  operation: string
  provider: string
  request_model: string
  input_tokens: number | null
  output_tokens: number | null
  cache_read_tokens: number | null
  cost_usd: string | null
  user_id: string
  session_id: string
  input: string
  output: string
  counts_usage: number
  time_to_first_token_ms: number | null
  environment: string
  attributes: Record<string, string>
}

/** The generations of one recipe; there are as many as are waited for. */
function generations(service: string, count = 1): Promise<Generation[]> {
  const query = 'SELECT * FROM generations_v1 WHERE service_name = {service:String} ORDER BY start_time'
  return eventually(`rows of ${service}`, async () => {
    const rows = await collector().sql<Generation>(query, { service })
    return rows.length >= count ? rows : undefined
  })
}

function names(service: string, count: number): Promise<string[]> {
  const query = 'SELECT name FROM spans_v1 WHERE service_name = {service:String} ORDER BY name'
  return eventually(`spans of ${service}`, async () => {
    const rows = await collector().sql<{ name: string }>(query, { service })
    return rows.length >= count ? rows.map((row) => row.name) : undefined
  })
}

describe('recipe', () => {
  it('openai.ts: a streamed call with usage, cost, first token, user and session', async () => {
    expect(await run('openai.ts')).toBe(TEXT)
    const [row, more] = await generations('recipe-openai')
    expect(more).toBeUndefined()
    expect(row).toMatchObject({
      name: 'chat gpt-4o',
      operation: 'chat',
      provider: 'openai',
      request_model: 'gpt-4o',
      input_tokens: 1200,
      output_tokens: 40,
      cache_read_tokens: 1024,
      user_id: 'user_123',
      session_id: 'chat-7',
      counts_usage: 1,
    })
    // 176 of 1,200 at 2.50 a million, 1,024 from the cache at 1.25, 40 at 10
    expect(Number(row?.cost_usd)).toBeCloseTo(0.00212, 8)
    expect(row?.time_to_first_token_ms).toBeGreaterThanOrEqual(25)
    expect(row?.output).toContain(TEXT)
  })

  it('anthropic.ts: an agent, its call and its tool', async () => {
    await run('anthropic.ts')
    expect(await names('recipe-anthropic', 3)).toEqual(['agent', 'chat claude-haiku-4-5', 'weather'])
    const [row] = await generations('recipe-anthropic')
    expect(row).toMatchObject({ provider: 'anthropic', input_tokens: 2307, cache_read_tokens: 2000, output_tokens: 25 })
    expect(row?.cost_usd).not.toBeNull()
    const [tool] = await collector().sql<{ kind: string; output: string }>(
      `SELECT kind, output FROM span_details_v1 WHERE service_name = 'recipe-anthropic' AND name = 'weather'`,
    )
    expect(tool).toEqual({ kind: 'tool', output: 'Sunny in Berlin' })
  })

  it('vercel-ai-sdk.ts: the calls of the AI SDK in a trace of ours, counted once', async () => {
    expect(await run('vercel-ai-sdk.ts')).toBe(TEXT)
    const rows = await generations('recipe-vercel-ai-sdk')
    expect(rows.filter((row) => row.counts_usage === 1)).toMatchObject([
      { request_model: 'gpt-4o', input_tokens: 20, output_tokens: 12, user_id: 'user_123', session_id: 'chat-7' },
    ])
    expect(new Set(rows.map((row) => row.trace_id)).size).toBe(1)
  })

  it('langchain.ts: the steps of a chain', async () => {
    expect(await run('langchain.ts')).toBe(TEXT)
    const [row] = await generations('recipe-langchain')
    expect(row).toMatchObject({ input_tokens: 1200, output_tokens: 40, user_id: 'user_123' })
    expect((await names('recipe-langchain', 4)).includes('answer')).toBe(true)
  })

  it('express.ts: one trace a request, and feedback by its id', async () => {
    const server = start('express.ts')
    const [url] = await once(createInterface({ input: server.stdout }), 'line')
    const post = (path: string, body: unknown) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const reply = await post('/chat', { question: 'How large is Berlin?', userId: 'user_9', sessionId: 's-9' })
    const { answer, traceId } = (await reply.json()) as { answer: string; traceId: string }
    expect(answer).toBe(TEXT)
    expect((await post('/feedback', { traceId, userId: 'user_9', stars: 4 })).status).toBe(204)
    server.kill('SIGTERM')
    await once(server, 'close')
    expect(await generations('recipe-express')).toMatchObject([
      { trace_id: traceId, user_id: 'user_9', input_tokens: 20 },
    ])
    expect(await scores(traceId)).toMatchObject([{ name: 'feedback', value: 4, author: 'user_9', source: 'human' }])
  })

  it('nextjs: a route that streams', async () => {
    expect(await run('nextjs/run.ts')).toBe(TEXT)
    expect(await generations('recipe-nextjs')).toMatchObject([{ input_tokens: 1200, session_id: 'chat-7' }])
    expect(await names('recipe-nextjs', 2)).toEqual(['POST /api/chat', 'chat gpt-4o'])
  })

  it('serverless.ts: sent before the handler returns', async () => {
    expect(await run('serverless.ts')).toBe('{ statusCode: 200, body: \'{"vectors":1}\' }')
    expect(await generations('recipe-serverless')).toMatchObject([
      { operation: 'embeddings', request_model: 'text-embedding-3-small', input_tokens: 5, user_id: 'user_123' },
    ])
  })

  it('browser-feedback.ts: what a user says last counts', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    await run('browser-feedback.ts', [traceId])
    expect(await scores(traceId, 2)).toMatchObject([
      { name: 'comment', value: null, explanation: 'Berlin has grown since.' },
      { name: 'thumbs', value: 0, label: 'negative' },
    ])
  })

  it('existing-otel.ts: ours in the request of the app', async () => {
    await run('existing-otel.ts')
    expect(await names('recipe-existing-otel', 3)).toEqual(['GET /answer', 'answer', 'chat gpt-4o'])
    expect(await generations('recipe-existing-otel')).toMatchObject([{ user_id: 'user_123', input_tokens: 1200 }])
  })

  it('filtering.ts: steps and what they hang on, masked', async () => {
    const out = await run('filtering.ts', [], { SAMPLE_RATE: '1' })
    expect(out).toBe('left out { filtered: 2, sampledOut: 0 }')
    const [row] = await generations('recipe-filtering')
    expect(row).toMatchObject({ environment: 'staging', input_tokens: 9 })
    expect(`${row?.input}${row?.output}`).not.toContain('ada@example.com')
    expect(await names('recipe-filtering', 2)).toEqual(['answer', 'chat'])
    expect(await run('filtering.ts', [], { SAMPLE_RATE: '0' })).toBe('left out { filtered: 0, sampledOut: 4 }')
  })
})

interface ScoreRow {
  name: string
  value: number | null
  label: string
  explanation: string
  author: string
  source: string
}

function scores(traceId: string, count = 1): Promise<ScoreRow[]> {
  const query = 'SELECT * FROM scores_v1 WHERE trace_id = {trace:String} ORDER BY name'
  return eventually(`scores of ${traceId}`, async () => {
    const rows = await collector().sql<ScoreRow>(query, { trace: traceId })
    return rows.length >= count ? rows : undefined
  })
}

describe('exporter/README.md', () => {
  const text = readFileSync(join(FOLDER, '../../../exporter/README.md'), 'utf8')

  it('links every recipe that there is', () => {
    const linked = [...text.matchAll(/\(\.\.\/deploy\/examples\/node\/([^)]+)\)/g)].map(([, file]) => file ?? '')
    expect(linked.filter((file) => !existsSync(join(FOLDER, file)))).toEqual([])
    expect(new Set(linked).size).toBeGreaterThanOrEqual(10)
  })
})
