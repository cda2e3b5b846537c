// What was acknowledged against what is stored: missing, doubled, invented, altered; and every rollup against its base.
import { eventually, type RunningCollector } from '../collector-process.ts'
import type { NumberedLoad } from './numbered-load.ts'

export interface Accounts {
  acknowledged: number
  /** Acknowledged and not stored: data loss. */
  missing: number[]
  /** Stored more than once. */
  doubled: number[]
  /** Stored and never sent. */
  invented: number[]
  /** Stored with another content than was sent. */
  altered: number[]
}

const NOTHING_WRONG = { missing: [], doubled: [], invented: [], altered: [] }

export const clean = (load: NumberedLoad): Accounts => ({ acknowledged: load.acknowledged.size, ...NOTHING_WRONG })

interface StoredNumber {
  n: number
  copies: number
  intact: number
}

/** One row a number: its id, its checksum and its tokens are worked out again by the engine. */
const STORED = `
  SELECT toUInt32(attributes['test.number']) AS n, toUInt32(count()) AS copies,
    min(span_id = lower(leftPad(hex(n + 1), 16, '0'))
      AND attributes['test.checksum'] = lower(hex(SHA256(concat(toString(n), '|', input, '|', toString(input_tokens), '|', toString(output_tokens)))))
      AND input_tokens = n % 4001 AND output_tokens = n % 977 AND latency_ms = n % 1000) AS intact
  FROM spans_v1 GROUP BY n ORDER BY n`

export async function readAccounts(collector: RunningCollector, load: NumberedLoad): Promise<Accounts> {
  const rows = await collector.sql<StoredNumber>(STORED)
  const stored = new Set(rows.map(({ n }) => n))
  return {
    acknowledged: load.acknowledged.size,
    missing: [...load.acknowledged].filter((n) => !stored.has(n)).slice(0, 20),
    doubled: rows.flatMap(({ n, copies }) => (copies > 1 ? [n] : [])).slice(0, 20),
    invented: rows.flatMap(({ n }) => (n >= load.sent ? [n] : [])).slice(0, 20),
    altered: rows.flatMap(({ n, intact }) => (intact === 1 ? [] : [n])).slice(0, 20),
  }
}

interface Status {
  checks: { ingest: { detail: string } }
}

/** Above the longest wait of a batch for company, so that an open one shows up as waiting in between. */
const QUIET_MS = 1_000

/** Resolves when every batch is stored: none has been on its way for a while. */
export async function drained(collector: RunningCollector, timeoutMs = 60_000): Promise<void> {
  let quietSince: number | undefined
  await eventually(
    'the collector to have stored everything',
    async () => {
      const { checks } = await collector.api<Status>('/readyz')
      if (!checks.ingest.detail.startsWith('0 batches')) quietSince = undefined
      else quietSince ??= performance.now()
      return quietSince !== undefined && performance.now() - quietSince > QUIET_MS ? true : undefined
    },
    timeoutMs,
  )
}

export interface DayFigures {
  day: string
  spans: number
  calls: number
  tokens: string
  cost: string
}

const ROLLED_UP = `sum(spans) AS spans, sum(calls) AS calls,
  concat(toString(sum(input_tokens)), '+', toString(sum(output_tokens))) AS tokens, toString(sum(cost_usd)) AS cost`

const FIGURES_OF: Readonly<Record<string, string>> = {
  spans: `count() AS spans, countIf(counts_usage = 1) AS calls,
    concat(toString(sumIf(input_tokens, counts_usage = 1)), '+', toString(sumIf(output_tokens, counts_usage = 1))) AS tokens,
    toString(sumIf(cost_usd, counts_usage = 1)) AS cost`,
  traces: ROLLED_UP,
  metrics_minute: ROLLED_UP,
}

/** Spans, calls, tokens and money of each day, as the base table and as each rollup has them. */
export async function readFigures(collector: RunningCollector): Promise<Map<string, DayFigures[]>> {
  const figures = new Map<string, DayFigures[]>()
  for (const [table, columns] of Object.entries(FIGURES_OF)) {
    const query = `SELECT toString(day) AS day, ${columns} FROM ${table} GROUP BY day ORDER BY day`
    figures.set(table, await collector.sql<DayFigures>(query))
  }
  return figures
}
