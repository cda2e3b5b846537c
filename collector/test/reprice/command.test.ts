// `insights reprice` as typed, beside a running collector and without one.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CollectorProcess, eventually, type RunningCollector } from '../collector-process.ts'
import { NOW_NANO, request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { typeCommand } from '../type-command.ts'

const TODAY = new Date(Number(NOW_NANO / 1_000_000n)).toISOString().slice(0, 10)
const CALLS = 50

let dataDir: string
let collector: RunningCollector | undefined
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'insights-reprice-'))
  collector = await CollectorProcess.spawn({ dataDir, env: { INSIGHTS_BATCH_MAX_DELAY_MS: '20' } }).ready()
  await send(1)
})
afterAll(async () => {
  await collector?.process.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

async function send(round: number): Promise<void> {
  const spans = Array.from({ length: CALLS }, (_, i) =>
    span({
      traceId: traceIdOf(`reprice ${round}`),
      spanId: spanIdOf(round * 1000 + i),
      name: 'chat',
      startUnixNano: NOW_NANO,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'harbor-70b',
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 100,
      },
    }),
  )
  expect((await collector?.post(request(...spans)))?.status).toBe(200)
  await eventually('the spans', async () => ((await calls()).calls >= round * CALLS ? true : undefined))
}

interface Figures {
  calls: number
  usd: string | null
  prices: string[]
}

const calls = async (): Promise<Figures> => {
  const [row] = await collector!.sql<Figures>(
    'SELECT toUInt32(count()) AS calls, toString(sum(cost_usd)) AS usd, groupUniqArray(price_id) AS prices FROM generations_v1',
  )
  return row!
}

const insights = (argv: readonly string[], api = collector?.doors.api) => typeCommand({ dataDir, api }, argv)
const setPrice = (input: string) =>
  insights(['prices', 'set', 'ours', '--match', 'harbor-*', '--rate', `input=${input}`, '--rate', 'output=1'])
const reprice = (...flags: string[]) => insights(['reprice', '--from', TODAY, ...flags])

describe('beside a running collector', () => {
  it('shows the difference by model, and changes nothing', async () => {
    expect((await reprice('--dry-run')).out).toBe('no difference: every span costs what it would cost today\n')
    await setPrice('0.2')
    const { code, out, err } = await reprice('--dry-run')
    expect(code).toBe(0)
    expect(err).toContain(`1/1  ${TODAY}  50 rows would change`)
    expect(out).toMatch(/default {2}- +harbor-70b {2}50 +0 +0\.015 +\+0\.015 +50 now have a cost/)
    expect(out).toMatch(/50 rows would change: 0 -> 0\.015 USD \(\+0\.015\)/)
    expect(await calls()).toMatchObject({ usd: null })
  })

  it('rewrites the rows and their rollups, once; the next call and the old ones cost the same', async () => {
    const result = JSON.parse((await reprice('--json')).out)
    expect(result).toMatchObject({
      dryRun: false,
      changed: 50,
      new_usd: '0.015',
      days: [{ day: TODAY, changed: 50, rewritten: true }],
    })
    await send(2)
    expect(await calls()).toEqual({ calls: 2 * CALLS, usd: '0.03', prices: ['project/ours'] })
    // rollups show a row a moment after its table does
    const sum = () => collector?.sql<{ usd: string }>('SELECT toString(sum(cost_usd)) AS usd FROM cost_v1')
    await expect.poll(sum, { timeout: 30_000 }).toEqual([{ usd: '0.03' }])
    expect((await reprice()).out).toMatch(/^no difference/)
  })

  it('is for the operator alone, one at a time, and says what is wrong', async () => {
    const post = (key: string, body: object) =>
      fetch(`${collector?.doors.api}/operator/reprice`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await post('', { from: TODAY, to: TODAY })).status).toBe(401)
    const key = (await readFile(join(dataDir, 'operator-key'), 'utf8')).trim()
    expect((await post(key, { from: 'yesterday', to: TODAY })).status).toBe(400)
    const both = await Promise.all(
      [1, 2].map(async () => (await post(key, { from: TODAY, to: TODAY, dry_run: true })).text()),
    )
    expect(both.filter((text) => text.includes('INSIGHTS_CONFLICT'))).toHaveLength(1)
    expect((await reprice('--to', '2020-01-01')).err).toMatch(/--to 2020-01-01 is before --from/)
    const elsewhere = await insights(['reprice', '--from', TODAY], 'http://127.0.0.1:9')
    expect(elsewhere.err).toMatch(/cannot reprice: a collector uses .*127\.0\.0\.1:9/)
  })
})

it('works on the data directory itself when no collector runs', async () => {
  await setPrice('0.4')
  await collector?.process.stop()
  collector = undefined
  const result = JSON.parse((await reprice('--json')).out)
  expect(result).toMatchObject({ changed: 100, old_usd: '0.03', new_usd: '0.05' })
  expect((await reprice()).out).toMatch(/^no difference/)
})
