// `insights prices …` as typed, beside a running collector and without one.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CollectorProcess, type RunningCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpan } from '../stored.ts'
import { typeCommand } from '../type-command.ts'

let dataDir: string
let collector: RunningCollector | undefined
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'insights-prices-'))
  await writeFile(
    join(dataDir, 'litellm.json'),
    JSON.stringify({
      'harbor-large': { litellm_provider: 'openai', input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
      'gpt-4o': { litellm_provider: 'openai', input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
      nothing: { litellm_provider: 'vllm', input_cost_per_token: 0, output_cost_per_token: 0 },
    }),
  )
  collector = await CollectorProcess.spawn({ dataDir, env: { INSIGHTS_BATCH_MAX_DELAY_MS: '20' } }).ready()
})
afterAll(async () => {
  await collector?.process.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const insights = (argv: readonly string[], api = collector?.doors.api) => typeCommand({ dataDir, api }, argv)
const json = async (...argv: string[]) => JSON.parse((await insights([...argv, '--json'])).out)

async function send(model: string): Promise<Record<string, unknown>> {
  const traceId = traceIdOf(`${model} ${Math.random()}`)
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': model,
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 100,
  }
  await collector?.post(
    request(span({ traceId, spanId: spanIdOf(1), name: 'chat', startUnixNano: NOW_NANO, attributes })),
  )
  return storedSpan(collector!, traceId)
}

describe('beside a running collector', () => {
  it('shows what has no price, takes a price for it, and the next call has a cost', async () => {
    expect(await send('harbor-70b')).toMatchObject({ cost_usd: null, cost_reason: 'unknown_model' })
    expect(await json('prices', 'unpriced')).toMatchObject([
      { model: 'harbor-70b', cost_reason: 'unknown_model', calls: 1, tokens: 1100 },
    ])
    expect((await insights(['prices', 'list'])).out).toBe('no prices of its own\n')
    const set = ['prices', 'set', 'ours', '--match', 'harbor-*', '--rate', 'input=0.20', '--rate', 'output=1']
    expect((await insights(set)).out).toMatch(/ours {2}harbor-\* {2}any/)
    expect(await send('harbor-70b')).toMatchObject({ cost_usd: '0.0003', price_id: 'project/ours' })
    expect((await insights(['prices', 'find', 'harbor-70b'])).out).toMatch(
      /^project\/ours \(override\)\ninput 0.2,.* output 1/,
    )
    expect(await insights(['prices', 'find', 'unheard-of'])).toMatchObject({
      code: 1,
      out: 'no price: unknown_model\n',
    })
  })

  it('adds, replaces and removes by name, and keeps the rest', async () => {
    await insights(['prices', 'alias', 'prod-chat', 'gpt-4o-mini'])
    await insights(['prices', 'set', 'ours', '--match', 'harbor-*', '--rate', 'input=0.5', '--start', '2026-01-01'])
    expect(await json('prices', 'list')).toMatchObject({
      prices: [
        { name: 'ours', per_million: { input: '0.20' } },
        { name: 'ours', start: '2026-01-01' },
      ],
      aliases: [{ match: 'prod-chat', model: 'gpt-4o-mini' }],
    })
    await insights(['prices', 'remove', 'ours', '--start', '2026-01-01'])
    expect((await json('prices', 'remove', 'prod-chat')).prices).toHaveLength(1)
    expect(await insights(['prices', 'remove', 'prod-chat'])).toMatchObject({ code: 1 })
  })

  it('imports a file, only what the list does not have', async () => {
    expect(await json('prices', 'import', 'litellm.json', '--dry-run')).toMatchObject({
      taken: 1,
      skipped: { placeholder: 1, listed_already: 1 },
      prices: [{ name: 'litellm/harbor-large', provider: 'openai' }],
    })
    expect((await insights(['prices', 'import', 'litellm.json'])).out).toBe(
      'took 1 prices, left out: 1 placeholder, 1 listed_already\n',
    )
    expect(await json('prices', 'import', 'litellm.json', '--all', '--provider', 'OpenAI')).toMatchObject({ taken: 2 })
    expect((await json('prices', 'list')).prices).toHaveLength(3)
  })

  it('says what is wrong, and where', async () => {
    const wrong = await insights(['prices', 'set', 'x', '--match', 'm', '--rate', 'inptu=1'])
    expect(wrong).toMatchObject({
      code: 1,
      err: expect.stringMatching(/prices\[\d\]\.per_million.*INSIGHTS_PRICES_INVALID/),
    })
    expect((await insights(['prices', 'set', 'x', '--match', 'm', '--rate', 'input'])).code).toBe(2)
    expect((await insights(['prices', 'import', 'missing.json'])).err).toMatch(/cannot read .*missing\.json/)
    const elsewhere = await insights(['prices', 'list'], 'http://127.0.0.1:9')
    expect(elsewhere.err).toMatch(/cannot reach the collector that uses .*127\.0\.0\.1:9/)
  })
})

it('works on the data directory itself when no collector runs', async () => {
  await collector?.process.stop()
  collector = undefined
  expect((await json('prices', 'list')).prices).toHaveLength(3)
  await insights(['prices', 'remove', 'ours'])
  expect((await json('prices', 'list')).prices).toHaveLength(2)
  expect(await json('prices', 'unpriced')).toHaveLength(1)
})
