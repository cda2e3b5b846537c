// Unmodified instrumentations at work: an app calls a provider on loopback, the instrumentation tells of it, and the rows say what the provider answered.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../../../exporter/test/fake-provider.ts'
import { eventually, useCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'

const SEND = join(import.meta.dirname, '../../../interop/instrumentations/send.ts')
// The provider answers each call under one id, of which only one would count.
const collector = useCollector({ INSIGHTS_SETTLE: 'off' })
let provider: FakeProvider
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider?.close())

const COLUMNS =
  'provider, request_model, response_model, input_tokens, output_tokens, cache_read_tokens, reasoning_tokens, cost_usd, finish_reasons, tool_names, input, output'
const QUESTION = 'How large is Berlin?'
const ANSWER = 'Berlin has 3.7 million people.'

interface Told {
  usage: {
    input_tokens: number
    output_tokens: number
    cache_read_tokens: number | null
    reasoning_tokens: number | null
  }
  /** Of 1,200 tokens in, 1,024 of them cached where that is told, and 40 out. */
  cost_usd: string
  /** Whether it tells of tokens where the answer is a stream. */
  countsStreams: boolean
  /** Its own word. */
  toolFinish: string
}

const USAGE = { input_tokens: 1200, output_tokens: 40, cache_read_tokens: 1024, reasoning_tokens: null }
const NO_USAGE = { input_tokens: null, output_tokens: null, cache_read_tokens: null, reasoning_tokens: null }

/** What each tells of what the provider answered. */
const SENDERS: Readonly<Record<string, Told>> = {
  openinference: {
    usage: { ...USAGE, reasoning_tokens: 16 },
    cost_usd: '0.00212',
    countsStreams: false,
    toolFinish: 'tool_calls',
  },
  traceloop: {
    usage: { ...USAGE, cache_read_tokens: null },
    cost_usd: '0.0034',
    countsStreams: false,
    toolFinish: 'tool_call',
  },
  'vercel-ai-sdk': { usage: USAGE, cost_usd: '0.00212', countsStreams: true, toolFinish: 'tool-calls' },
}

/** The calls of a sender, in order. */
const callsOf = (sender: string): Promise<Row[]> =>
  eventually(`the calls of ${sender}`, async () => {
    const rows = await collector().sql<Row>(
      `SELECT ${COLUMNS} FROM generations_v1 WHERE service_name = {sender:String} AND kind = 'generation' ORDER BY start_time`,
      { sender },
    )
    return rows.length >= 3 ? rows : undefined
  })

const run = (sender: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SEND, sender, provider.url, collector().doors.http], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', resolve)
  })

describe.each(Object.entries(SENDERS))('unmodified, from npm, live: %s', (sender, told) => {
  const paid = { ...told.usage, cost_usd: told.cost_usd }

  test('88: a call, a stream and a tool are rows with what the provider answered', async () => {
    expect(await run(sender)).toBe(0)
    const [whole, stream, tool] = await callsOf(sender)
    const text = { provider: 'openai', request_model: 'gpt-4o', input: expect.stringContaining(QUESTION) }
    const ofModel = { response_model: 'gpt-4o-2024-11-20' }
    const answered = { finish_reasons: ['stop'], tool_names: [], output: expect.stringContaining(ANSWER) }
    expect(whole).toMatchObject({ ...text, ...ofModel, ...answered, ...paid })
    expect(stream).toMatchObject({
      ...text,
      ...answered,
      ...(told.countsStreams ? paid : { ...NO_USAGE, cost_usd: null }),
    })
    const asked = {
      finish_reasons: [told.toolFinish],
      tool_names: ['weather'],
      output: expect.stringContaining('Berlin'),
    }
    expect(tool).toMatchObject({ ...text, ...ofModel, ...asked, ...paid })
  })
})
