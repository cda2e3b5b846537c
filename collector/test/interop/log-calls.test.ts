// Coding agents tell of a call as span, as log and as metric: whatever of it comes, in any order, the call counts once. Through a running collector.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type AgentSession, claudeLogs, claudeMetrics, claudeSpans } from '../agent-telemetry.ts'
import { eventually, useCollector } from '../collector-process.ts'
import { settled } from './settled.ts'

const LIVE = join(import.meta.dirname, '..', 'fixtures', 'live')

interface Request {
  signal: 'traces' | 'logs' | 'metrics'
  body: string
}

interface Totals {
  calls: number
  input: number
  output: number
  cost: string | null
}

const recorded = (fixture: string, signal?: Request['signal']): Request[] =>
  readdirSync(join(LIVE, fixture))
    .filter(
      (file) => file.endsWith('.json') && file !== 'expected.json' && (signal === undefined || file.includes(signal)),
    )
    .sort()
    .map((file) => ({
      signal: file.slice(file.indexOf('-') + 1, -5) as Request['signal'],
      body: readFileSync(join(LIVE, fixture, file), 'utf8'),
    }))

// Two calls of the session are equal in all but their ids; a minute is between its prompts.
const SESSION: AgentSession = {
  session: 'session-1',
  startMs: Date.now() - 600_000,
  calls: [
    {
      requestId: 'req_1',
      promptId: 'p1',
      atS: 0,
      tookS: 4,
      input: 20,
      output: 60,
      cacheRead: 3000,
      cacheWrite: 500,
      costUsd: 0.0038,
    },
    {
      requestId: 'req_2',
      promptId: 'p2',
      atS: 60,
      tookS: 4,
      input: 20,
      output: 60,
      cacheRead: 3000,
      cacheWrite: 500,
      costUsd: 0.0038,
    },
    {
      requestId: 'req_3',
      promptId: 'p2',
      atS: 66,
      tookS: 2,
      input: 8000,
      output: 90,
      cacheRead: 3500,
      cacheWrite: 0,
      costUsd: 0.0264,
    },
  ],
}
const LOGS: Request = { signal: 'logs', body: claudeLogs(SESSION) }
const SPANS: Request = { signal: 'traces', body: claudeSpans(SESSION) }
const METRICS: Request = { signal: 'metrics', body: claudeMetrics(SESSION) }
const CLAUDE: Totals = { calls: 3, input: 3520 + 3520 + 11_500, output: 210, cost: '0.034' }

const WAYS: Readonly<Record<string, Request[]>> = {
  'claude-logs': [LOGS],
  'claude-logs-metrics': [METRICS, LOGS],
  'claude-logs-twice': [LOGS, LOGS],
  'claude-spans': [SPANS],
  'claude-logs-then-spans': [LOGS, SPANS],
  'claude-spans-then-logs': [SPANS, LOGS, METRICS],
  'codex-all': recorded('codex-0.169'),
  'codex-backwards': recorded('codex-0.169').toReversed(),
  'codex-logs': recorded('codex-0.169', 'logs'),
  'codex-spans': recorded('codex-0.169', 'traces'),
  'codex-twice': [...recorded('codex-0.169'), ...recorded('codex-0.169')],
  'codex-logs-then-spans': [...recorded('codex-0.169', 'logs'), ...recorded('codex-0.169', 'traces')],
  'codex-spans-then-logs': [...recorded('codex-0.169', 'traces'), ...recorded('codex-0.169', 'logs')],
  'openlit-logs': recorded('openlit-js-1.15', 'logs'),
  'openlit-logs-then-spans': [...recorded('openlit-js-1.15', 'logs'), ...recorded('openlit-js-1.15', 'traces')],
}

const collector = useCollector({
  INSIGHTS_SETTLE_IDLE_MS: '100',
  INSIGHTS_API_KEYS: Object.keys(WAYS)
    .map((way) => `${way}:key-${way}`)
    .join(','),
})

/** Spans and logs apart: what came first is settled before the other comes, so that nothing is counted once by luck. */
async function send(way: string): Promise<void> {
  const requests = WAYS[way] ?? []
  for (const [i, { signal, body }] of requests.entries()) {
    if (i > 0 && requests[i - 1]?.signal !== signal) await settled(collector())
    const response = await collector().post(body, { signal, headers: { 'x-api-key': `key-${way}` } })
    expect(response.status).toBe(200)
  }
  await settled(collector())
}

async function totalsOf(way: string): Promise<Totals | undefined> {
  const [totals] = await collector().sql<Totals>(
    `SELECT toUInt32(sum(t.calls)) AS calls, toUInt32(ifNull(sum(t.input_tokens), 0)) AS input, toUInt32(ifNull(sum(t.output_tokens), 0)) AS output,
       toString(sum(c.cost_usd)) AS cost
     FROM token_usage_v1 AS t LEFT JOIN cost_v1 AS c USING (project_id, time, kind, operation, provider, model, environment, service_name)
     WHERE t.project_id = {way:String}`,
    { way },
  )
  return totals
}

describe('Claude Code', () => {
  test.each(Object.keys(WAYS).filter((way) => way.startsWith('claude')))(
    '%s: three calls, with their cost',
    async (way) => {
      await send(way)
      const totals = await totalsOf(way)
      // Its spans do not tell their cost, which is then computed.
      expect(way.includes('spans') ? { ...totals, cost: CLAUDE.cost } : totals).toEqual(CLAUDE)
    },
  )

  test('without spans every prompt is a trace of its calls, in its session', async () => {
    const project = { way: 'claude-logs' }
    const traces = await collector().sql(
      `SELECT name, toUInt32(calls) AS calls, session_id, user_id FROM traces_v1 WHERE project_id = {way:String} ORDER BY start_time`,
      project,
    )
    const trace = { name: 'chat claude-sonnet-4-5-20250929', session_id: 'session-1', user_id: 'user-1' }
    expect(traces).toEqual([
      { ...trace, calls: 1 },
      { ...trace, calls: 2 },
    ])
    const events = await collector().sql<{ event_name: string; n: number }>(
      `SELECT event_name, toUInt32(count()) AS n FROM log_events WHERE project_id = {way:String}
         AND lower(hex(trace_id)) IN (SELECT trace_id FROM traces_v1 WHERE project_id = {way:String}) GROUP BY event_name ORDER BY event_name`,
      project,
    )
    expect(events).toEqual(['api_request', 'tool_result', 'user_prompt'].map((event_name) => ({ event_name, n: 3 })))
  })

  test('beside its spans only they count', async () => {
    for (const way of ['claude-logs-then-spans', 'claude-spans-then-logs']) {
      const roles = await collector().sql(
        `SELECT DISTINCT usage_role FROM spans_v1 WHERE project_id = {way:String} AND counts_usage = 1`,
        { way },
      )
      expect([way, roles]).toEqual([way, [{ usage_role: 'call' }]])
    }
  })
})

describe('Codex, as recorded', () => {
  test.each(Object.keys(WAYS).filter((way) => way.startsWith('codex')))('%s: two calls', async (way) => {
    await send(way)
    // Its spans name no model; its log records do: 352 x 0.25, 2,048 read from the cache x 0.025 and 170 x 2 per million.
    const cost = way === 'codex-spans' ? null : '0.0004792'
    expect(await totalsOf(way)).toMatchObject({ calls: 2, input: 2400, output: 170, cost })
  })
})

describe('details records of calls that have spans', () => {
  test('count when the spans do not come', async () => {
    await send('openlit-logs')
    await eventually('its calls to count', async () =>
      (await totalsOf('openlit-logs'))?.calls === 6 ? true : undefined,
    )
    expect(await totalsOf('openlit-logs')).toMatchObject({ input: 7200, output: 510 })
  })

  test('do not count beside them', async () => {
    await send('openlit-logs-then-spans')
    // Six that have logs, an embedding, and one that failed.
    expect(await totalsOf('openlit-logs-then-spans')).toMatchObject({ calls: 8, input: 7216, output: 510 })
  })
})
