// GET /where/{trace_id}: where the spans of a trace are. GET /ledger: what became of what was received, minute by minute.
import { createRoute, z } from '@hono/zod-openapi'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, json, namesOf, PROBLEM_RESPONSES, rowSchema } from './api.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import type { PendingRecords, TraceWhereabouts } from './deps.ts'
import { plainHex, rejectUnknown } from './filters.ts'
import { invalid } from './problem.ts'
import { RANGE_SHAPE, rangeConditions, readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'

const MAX_MINUTES = 10_000
const TRACE_ID = /^[0-9a-f]{32}$/

const stored = z.object({
  table: z.string(),
  day: z.string(),
  batch_id: z.string(),
  rows: z.number().int(),
  first_received: z.string(),
  last_received: z.string(),
})
const pending = z.object({
  requests: z.number().int(),
  first_received: z.string().optional(),
  last_received: z.string().optional(),
  complete: z.boolean(),
})
const dead = z.object({
  file: z.string(),
  table: z.string(),
  row: z.number().int(),
  error: z.string(),
  time: z.string(),
})
const whereabouts = z.object({
  trace_id: z.string(),
  spans: z.number().int(),
  log_events: z.number().int(),
  stored: z.array(stored),
  pending: pending.nullable(),
  dead_letters: z.array(dead),
})

const WHERE_EXAMPLE = {
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  spans: 3,
  log_events: 0,
  stored: [
    {
      table: 'spans',
      day: '2026-01-31',
      batch_id: '0b0c6a623f074d6a9c570a4d7c4f1f4e',
      rows: 3,
      first_received: '2026-01-31 12:00:00.120',
      last_received: '2026-01-31 12:00:00.480',
    },
  ],
  pending: { requests: 0, complete: true },
  dead_letters: [],
}

const whereRoute = createRoute({
  method: 'get',
  path: '/api/v1/where/{trace_id}',
  summary: 'Where the spans of a trace are: stored, on their way, or refused by the store for good.',
  description:
    '`pending` are requests that the journal holds and the store may not have yet; null when no collector runs. Resends that were left out are counted by minute (`/ledger`), not by trace.',
  request: { params: z.object({ trace_id: z.string().openapi({ example: WHERE_EXAMPLE.trace_id }) }) },
  responses: { 200: json('Whereabouts.', whereabouts, WHERE_EXAMPLE), ...PROBLEM_RESPONSES },
})

export function addWhereRoute(
  api: Api,
  { where }: { where: (project: string, traceId: string) => Promise<TraceWhereabouts> },
): void {
  api.openapi(whereRoute, async (c) => {
    const traceId = plainHex(c.req.valid('param').trace_id)
    if (!TRACE_ID.test(traceId)) throw invalid('trace_id', 'it is not 32 hexadecimal digits')
    const { pending: inJournal, ...found } = await where(c.get('project'), traceId)
    const rowsIn = (table: string): number =>
      found.stored.reduce((sum, part) => sum + (part.table === table ? part.rows : 0), 0)
    return c.json(
      {
        trace_id: traceId,
        spans: rowsIn('spans'),
        log_events: rowsIn('log_events'),
        stored: [...found.stored],
        pending: inJournal ?? null,
        dead_letters: [...found.dead_letters],
      },
      200,
    )
  })
}

const LEDGER_COLUMNS = {
  minute: 'time',
  signal: 'text',
  reason: 'text',
  received: 'count',
  stored: 'count',
  rejected: 'count',
  filtered: 'count',
  deduplicated: 'count',
  dead_lettered: 'count',
} as const satisfies Columns

const ledgerQuery = z.object({
  ...RANGE_SHAPE,
  limit: z.coerce.number().int().min(1).max(MAX_MINUTES).default(MAX_MINUTES),
})
const pendingSchema = z.object({ minute: z.string(), signal: z.string(), records: z.number().int() })
const LEDGER_EXAMPLE = {
  data: [
    {
      minute: '2026-01-31T12:00:00.000000000Z',
      signal: 'traces',
      reason: null,
      received: 420,
      stored: 420,
      rejected: 0,
      filtered: 0,
      deduplicated: 0,
      dead_lettered: 0,
    },
  ],
  pending: [{ minute: '2026-01-31T12:01:00.000Z', signal: 'traces', records: 12 }],
}

const ledgerRoute = createRoute({
  method: 'get',
  path: '/api/v1/ledger',
  summary:
    'What became of the spans and log records that were received, by minute of receipt and reason; newest first.',
  description:
    'received = stored + rejected + filtered + deduplicated + dead_lettered in each row; `pending` are those that this collector has taken in and that the rows do not tell of yet, null when none runs.',
  request: { query: ledgerQuery },
  responses: {
    200: json(
      'The ledger.',
      z.object({ data: z.array(rowSchema(LEDGER_COLUMNS)), pending: z.array(pendingSchema).nullable() }),
      LEDGER_EXAMPLE,
    ),
    ...PROBLEM_RESPONSES,
  },
})

export interface LedgerDeps {
  run: RunQuery
  clock: Clock
  pending: ((project: string) => PendingRecords[]) | undefined
}

export function addLedgerRoute(api: Api, { run, clock, pending: pendingOf }: LedgerDeps): void {
  api.openapi(ledgerRoute, async (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(ledgerQuery), false)
    const { from, to, limit } = c.req.valid('query')
    const project = c.get('project')
    const where = rangeConditions(readRange({ from, to }, clock.nowMs()), { from: 'minute', to: 'minute' })
    const items = Object.keys(LEDGER_COLUMNS).map((name) => ({ name }))
    const orderBy = ['minute', 'signal', 'reason'].map((name) => ({ name, descending: name === 'minute' }))
    const rows = await run(project, { source: { view: 'ingest_ledger_v1' }, items, where, orderBy, limit }, limit)
    const data = rows.map((row) => toJsonRow(row, LEDGER_COLUMNS))
    return c.json<{ data: Row[]; pending: PendingRecords[] | null }, 200>(
      { data, pending: pendingOf?.(project) ?? null },
      200,
    )
  })
}
