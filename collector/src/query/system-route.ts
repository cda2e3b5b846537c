// GET /system: how the collector is, how fresh the project's data are, what became of what it sent; and to whoever needs no key, what the store holds.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, PROBLEM_RESPONSES } from './api.ts'
import type { Row } from './column.ts'
import type { QueryDeps } from './deps.ts'
import { rejectUnknown } from './filters.ts'
import { rangeConditions } from './range.ts'
import { LIMITS, type RunQuery } from './run-query.ts'
import type { SelectQuery } from './select-query.ts'
import { floorMinute } from './time.ts'

const HOUR_NANOS = 3_600_000_000_000n
const DAY_NANOS = 24n * HOUR_NANOS
const NANOS_PER_MS = 1_000_000n
const OUTCOMES = ['received', 'stored', 'rejected', 'filtered', 'deduplicated', 'dead_lettered'] as const

const count = z.number().int()
const ledger = z.object(Object.fromEntries(OUTCOMES.map((name) => [name, count])))
const answer = z.object({
  version: z.string(),
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
  freshness: z
    .object({
      last_received: z.string().nullable(),
      last_started: z.string().nullable(),
      lag_ms: z.number().nullable(),
    })
    .openapi({ description: "Of the project's spans of the last 24 h; lag_ms: since the last receipt." }),
  ledger_hour: ledger.openapi({ description: 'What became of what the project sent within the last hour.' }),
  pending: count.nullable().openapi({ description: 'Taken in and not in the ledger yet; null: not known.' }),
  redacted_hour: count.openapi({ description: 'Places taken out before they were written, within the last hour.' }),
  storage: z
    .array(
      z.object({
        table: z.string(),
        rows: count,
        bytes: count,
        index_bytes: count,
        parts: count,
        first_day: z.string().nullable(),
        last_day: z.string().nullable(),
      }),
    )
    .nullable()
    .openapi({ description: 'Of all projects together; null where keys are asked for.' }),
})

const EXAMPLE: z.infer<typeof answer> = {
  version: '0.1.0',
  ready: true,
  checks: { ingest: { ok: true, detail: '0 batches on their way to the store' } },
  freshness: {
    last_received: '2026-01-31T12:00:00.123000000Z',
    last_started: '2026-01-31T11:59:58.001000000Z',
    lag_ms: 1200,
  },
  ledger_hour: { received: 420, stored: 420, rejected: 0, filtered: 0, deduplicated: 0, dead_lettered: 0 },
  pending: 0,
  redacted_hour: 3,
  storage: [
    {
      table: 'spans',
      rows: 4200,
      bytes: 1048576,
      index_bytes: 4096,
      parts: 3,
      first_day: '2026-01-01',
      last_day: '2026-01-31',
    },
  ],
}

const route = createRoute({
  method: 'get',
  path: '/api/v1/system',
  summary: 'The collector and the store: versions, checks, freshness, ledger, and storage by table.',
  request: {},
  responses: { 200: json('How it is.', answer, EXAMPLE), ...PROBLEM_RESPONSES },
})

type SystemDeps = Pick<QueryDeps, 'auth' | 'select' | 'health' | 'clock' | 'version' | 'pending'> & { run: RunQuery }

export function addSystemRoute(api: Api, deps: SystemDeps): void {
  api.openapi(route, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    const project = c.get('project')
    const nowNanos = BigInt(Math.trunc(deps.clock.nowMs())) * NANOS_PER_MS
    const one = async (query: SelectQuery): Promise<Row> =>
      (await deps.run(project, { ...query, limit: 1 }, 1))[0] ?? {}
    const [fresh, ledgerRow, redacted, storage] = await Promise.all([
      one(freshQuery(nowNanos)),
      one(ledgerQuery(nowNanos)),
      one(redactedQuery(nowNanos)),
      readStorage(deps),
    ])
    const health = deps.health()
    const body = {
      version: deps.version,
      ready: health.ready,
      checks: health.checks,
      freshness: freshnessOf(fresh, deps.clock.nowMs()),
      ledger_hour: Object.fromEntries(OUTCOMES.map((name) => [name, Number(ledgerRow[name] ?? 0)])),
      pending: deps.pending?.(project).reduce((sum, { records }) => sum + records, 0) ?? null,
      redacted_hour: Number(redacted['replaced'] ?? 0),
      storage,
    }
    return c.json(body, 200)
  })
}

const since = (fromNanos: bigint, column: string) =>
  rangeConditions({ fromNanos, toNanos: undefined }, { from: column, to: column })

const freshQuery = (nowNanos: bigint): SelectQuery => ({
  source: { view: 'spans_v1' },
  items: [
    { name: 'spans', sql: 'count()' },
    { name: 'last_received', sql: 'max(toDateTime64(v.received_time, 9))' },
    { name: 'last_started', sql: 'max(v.start_time)' },
  ],
  where: since(nowNanos - DAY_NANOS, 'start_time'),
})

const ledgerQuery = (nowNanos: bigint): SelectQuery => ({
  source: { view: 'ingest_ledger_v1' },
  items: OUTCOMES.map((name) => ({ name, sql: `sum(v.${name})` })),
  where: since(floorMinute(nowNanos - HOUR_NANOS), 'minute'),
})

const redactedQuery = (nowNanos: bigint): SelectQuery => ({
  source: { view: 'redactions_v1' },
  items: [{ name: 'replaced', sql: 'sum(v.replaced)' }],
  where: since(floorMinute(nowNanos - HOUR_NANOS), 'time'),
})

function freshnessOf(row: Row, nowMs: number): z.infer<typeof answer>['freshness'] {
  if (Number(row['spans'] ?? 0) === 0) return { last_received: null, last_started: null, lag_ms: null }
  const received = isoOf(row['last_received'])
  return {
    last_received: received,
    last_started: isoOf(row['last_started']),
    lag_ms: Math.max(0, nowMs - Date.parse(received)),
  }
}

const isoOf = (value: Row[string] | undefined): string => `${String(value).replace(' ', 'T')}Z`

/** How much all projects keep is nobody's business who has a key of one: told where no key is asked for. */
async function readStorage({ auth, select }: SystemDeps): Promise<z.infer<typeof answer>['storage']> {
  const nobody = auth({ headers: new Headers(), certificateNames: undefined })
  if (nobody === undefined || 'status' in nobody) return null
  const rows = await select<Row>(STORAGE, {}, { settings: LIMITS })
  return rows.map((row) => ({
    table: String(row['table']),
    rows: Number(row['rows']),
    bytes: Number(row['bytes']),
    index_bytes: Number(row['index_bytes']),
    parts: Number(row['parts']),
    first_day: dayOf(row['first_day']),
    last_day: dayOf(row['last_day']),
  }))
}

const dayOf = (value: Row[string] | undefined): string | null =>
  typeof value === 'string' && !value.startsWith('1970') ? value : null

const STORAGE = `SELECT p.table AS table, sum(p.rows) AS rows, sum(p.bytes_on_disk) AS bytes, sum(p.secondary_indices_compressed_bytes) AS index_bytes,
  count() AS parts, toString(min(p.min_date)) AS first_day, toString(max(p.max_date)) AS last_day
FROM system.parts AS p WHERE p.active AND p.database = currentDatabase() GROUP BY p.table ORDER BY bytes DESC LIMIT 100`
