// What was acknowledged against what is stored: missing, doubled, phantom, altered; and every rollup against its base.
import type { RunningCollector } from '../collector-process.ts'
import { settled } from '../interop/settled.ts'
import type { NumberedLoad } from './numbered-load.ts'

export interface Accounts {
  acknowledged: number
  /** Acknowledged and not stored: data loss. */
  missing: number[]
  /** Stored more than once. */
  doubled: number[]
  /** Stored and never sent. */
  phantom: number[]
  /** Stored with another content than was sent. */
  altered: number[]
}

const NOTHING_WRONG = { missing: [], doubled: [], phantom: [], altered: [] }

export const clean = (load: NumberedLoad): Accounts => ({ acknowledged: load.acknowledged.size, ...NOTHING_WRONG })

/** Numbers from 0 to `sent`, and those of them that were acknowledged. */
type Sent = Pick<NumberedLoad, 'sent' | 'acknowledgedOnRecord'>

interface StoredNumber {
  n: number
  copies: number
  intact: number
}

/** One row a number: its id, its checksum and its tokens are worked out again by the engine. */
const STORED = `
  SELECT toUInt32(attributes['test.number']) AS n, toUInt32(count()) AS copies,
    min(span_id = lower(leftPad(hex(n + 1), 16, '0'))
      AND attributes['test.checksum'] = lower(hex(SHA256(concat(toString(n), '|', JSONExtractString(input, 1, 'parts', 1, 'content'), '|', toString(input_tokens), '|', toString(output_tokens)))))
      AND input_tokens = n % 4001 AND output_tokens = n % 977 AND latency_ms = n % 1000) AS intact
  FROM spans_v1 GROUP BY n ORDER BY n`

export async function readAccounts(collector: RunningCollector, load: NumberedLoad): Promise<Accounts> {
  return account(await collector.sql<StoredNumber>(STORED), load)
}

function account(rows: readonly StoredNumber[], load: Sent): Accounts {
  const stored = new Set(rows.map(({ n }) => n))
  const acknowledged = load.acknowledgedOnRecord()
  return {
    acknowledged: acknowledged.size,
    missing: [...acknowledged].filter((n) => !stored.has(n)),
    doubled: rows.flatMap(({ n, copies }) => (copies > 1 ? [n] : [])),
    phantom: rows.flatMap(({ n }) => (n >= load.sent ? [n] : [])),
    altered: rows.flatMap(({ n, intact }) => (intact === 1 ? [] : [n])),
  }
}

/** What a run comes to, in counts. */
export interface Verdict {
  sent: number
  acknowledged: number
  stored: number
  missing: number
  doubled: number
  altered: number
  phantom: number
  rollupsEqual: boolean
}

const SETTLED_WITHIN_MS = 600_000

/** Waits until everything is stored and settled, then counts. */
export async function judge(collector: RunningCollector, load: Sent): Promise<Verdict> {
  await settled(collector, SETTLED_WITHIN_MS)
  const rows = await collector.sql<StoredNumber>(STORED)
  const { acknowledged, missing, doubled, altered, phantom } = account(rows, load)
  return {
    sent: load.sent,
    acknowledged,
    stored: rows.length,
    missing: missing.length,
    doubled: doubled.length,
    altered: altered.length,
    phantom: phantom.length,
    rollupsEqual: await rollupsEqual(collector),
  }
}

/** Spans, calls, tokens and money of each day are the same in each rollup as in a recount of the base table. */
export async function rollupsEqual(collector: RunningCollector): Promise<boolean> {
  const figures = await readFigures(collector)
  const base = JSON.stringify(figures.get('spans'))
  return ['traces', 'metrics_minute', 'metrics_hour'].every((table) => JSON.stringify(figures.get(table)) === base)
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
  metrics_hour: ROLLED_UP,
}

/** Spans, calls, tokens and money of each day, as the base table and as each rollup has them. */
export async function readFigures(collector: RunningCollector): Promise<Map<string, DayFigures[]>> {
  const figures = new Map<string, DayFigures[]>()
  for (const [table, columns] of Object.entries(FIGURES_OF)) {
    const from = table === 'spans' ? '(SELECT *, toDate(start_time) AS day FROM spans_v1)' : table
    const query = `SELECT toString(day) AS day, ${columns} FROM ${from} GROUP BY day ORDER BY day`
    figures.set(table, await collector.sql<DayFigures>(query))
  }
  return figures
}
