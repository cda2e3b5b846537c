// The embedded engine may die at any time: the doors keep answering, and what they took arrives exactly once.
import { createClient } from '@clickhouse/client'
import { expect, test } from 'vitest'
import { eventually, type RunningCollector, useCollector } from '../collector-process.ts'
import { enginePid } from '../engine-child.ts'
import { settled } from '../interop/settled.ts'
import { clean, readAccounts, readFigures } from './accounts.ts'
import { NumberedLoad } from './numbered-load.ts'

/** By the kernel, by its own code, by itself. */
const DEATHS = ['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const
const LOAD_BETWEEN_DEATHS_MS = 700

const collector = useCollector({ INSIGHTS_SETTLE_IDLE_MS: '300' })

test('the engine is killed, crashes and aborts under load: the doors answer 200 meanwhile, it comes back, and each span is stored exactly once', async () => {
  const load = new NumberedLoad({ seed: 7, workers: 4, pauseMs: 5 })
  load.start(collector().doors.http)
  for (const signal of DEATHS) {
    await pause(LOAD_BETWEEN_DEATHS_MS)
    const acknowledged = load.acknowledged.size
    await killEngine(collector(), signal)
    // Its door is shut while the other doors take spans.
    await expect(collector().sql('SELECT 1')).rejects.toThrow()
    await pause(LOAD_BETWEEN_DEATHS_MS)
    expect(load.acknowledged.size).toBeGreaterThan(acknowledged)
    await eventually('the engine to come back', () => collector().sql('SELECT 1'))
  }
  await load.pause()
  expect([...load.answers.keys()]).toEqual([200])
  await settled(collector(), 120_000)
  expect(await readAccounts(collector(), load)).toEqual(clean(load))
  const figures = await readFigures(collector())
  expect(figures.get('traces')).toEqual(figures.get('spans'))
  expect(figures.get('metrics_minute')).toEqual(figures.get('spans'))
  expect(figures.get('metrics_hour')).toEqual(figures.get('spans'))
}, 240_000)

test('nobody reads the engine without its password', async () => {
  const { doors, password } = collector()
  const query = encodeURIComponent('SELECT count() FROM insights.generations_v1')
  const ask = (headers: Record<string, string>) => fetch(`${doors.clickhouse}/?query=${query}`, { headers })
  const basic = (user: string, key: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`,
  })
  for (const headers of [{}, basic('insights', ''), basic('insights', `${password}x`), basic('default', '')]) {
    const refused = await ask(headers)
    expect(refused.status).toBe(401)
    expect(await refused.text()).not.toMatch(/^\d+\n$/)
  }
  const answer = await ask(basic('insights', password))
  expect([answer.status, Number(await answer.text())]).toEqual([200, expect.any(Number)])
})

test('the public ClickHouse client reads the views', async () => {
  const { doors, password } = collector()
  const client = createClient({ url: doors.clickhouse, username: 'insights', password, database: 'insights' })
  try {
    const query = 'SELECT trace_id, cost_usd FROM generations_v1 WHERE request_model = {model:String} LIMIT 2'
    const result = await client.query({ query, query_params: { model: 'gpt-4o' }, format: 'JSONEachRow' })
    expect(await result.json()).toEqual([
      { trace_id: expect.stringMatching(/^[0-9a-f]{32}$/), cost_usd: expect.anything() },
      { trace_id: expect.stringMatching(/^[0-9a-f]{32}$/), cost_usd: expect.anything() },
    ])
  } finally {
    await client.close()
  }
})

async function killEngine({ process: { pid } }: RunningCollector, signal: NodeJS.Signals): Promise<void> {
  const engine = await eventually('an engine to kill', () => enginePid(pid))
  process.kill(engine, signal)
  await eventually('the engine to be gone', async () => ((await enginePid(pid)) === engine ? undefined : true))
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
