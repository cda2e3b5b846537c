// GET /tail: spans as they are stored, as server-sent events, until the listener leaves. The store is asked each second for what came since.
import { setTimeout as sleep } from 'node:timers/promises'
import { createRoute, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import type { Clock } from '../telemetry/clock.ts'
import { type Api, namesOf, PROBLEM_RESPONSES } from './api.ts'
import { type Columns, type Row, toJsonRow } from './column.ts'
import { SPAN_COLUMNS } from './columns.ts'
import { FILTER_SHAPE, readFilter } from './filter/request.ts'
import { rejectUnknown } from './filters.ts'
import { GENERATION_KINDS } from './kinds.ts'
import { chooseColumns } from './list-query.ts'
import { ProblemError, problemOf } from './problem.ts'
import type { RunQuery } from './run-query.ts'
import type { Condition, SelectQuery } from './select-query.ts'
import { toSqlTime } from './time.ts'

const POLL_MS = 1_000
const QUIET_MS = 15_000
const MAX_MS = 3_600_000
/** Rows wait in the journal before they are stored, so each look goes back a little. */
const LOOK_BACK_MS = 15_000
/** Spans that began before are not told of: whole hours that need not be read. */
const BEGAN_WITHIN_MS = 7_200_000
const MAX_AT_ONCE = 200
const MAX_SEEN = 20_000
const MAX_LISTENERS = 16
const NANOS_PER_MS = 1_000_000n
const FIELDS =
  'trace_id,span_id,parent_span_id,name,kind,start_time,latency_ms,status,error_type,service_name,environment,provider,model,total_tokens,cost_usd,input_preview,output_preview'

const query = z.object({
  of: z.enum(['spans', 'generations']).default('spans'),
  ...FILTER_SHAPE,
  fields: z.string().max(4_096).default(FIELDS).openapi({ description: 'Columns of a span, by commas.' }),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/tail',
  summary: 'Spans as they come in, as server-sent events.',
  description:
    'Event `span` with a row; `more` when more than 200 came within a second and some were left out; `problem` before the end when the store does not answer. Begins with what came in the last 15 s; at most an hour. Spans that began more than two hours ago are not told of.',
  request: { query },
  responses: {
    200: {
      description: 'Events.',
      content: {
        'text/event-stream': { schema: z.string() },
      },
    },
    ...PROBLEM_RESPONSES,
  },
})

export function addTailRoute(api: Api, { run, clock }: { run: RunQuery; clock: Clock }): void {
  let listeners = 0
  api.openapi(route, (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, namesOf(query), false)
    const { of, q, fields } = c.req.valid('query')
    const columns = chooseColumns(SPAN_COLUMNS, fields)
    // what is wrong with the filter is told before the stream begins
    const filters = readFilter(q, 'spans', { range: { fromNanos: 0n, toNanos: undefined }, nowMs: clock.nowMs() })
    if (listeners >= MAX_LISTENERS)
      throw new ProblemError({ code: 'INSIGHTS_OVERLOADED', detail: `cannot tail: ${MAX_LISTENERS} others do` })
    const fixed: Condition[] =
      of === 'spans' ? [] : [{ kind: 'any_of', column: 'kind', type: 'text', values: GENERATION_KINDS }]
    const project = c.get('project')
    const look = createLook({ columns, where: [...fixed, ...filters], clock }, (wanted) =>
      run(project, wanted, MAX_AT_ONCE + 1),
    )
    return streamSSE(c, async (out) => {
      listeners += 1
      const gone = new AbortController()
      out.onAbort(() => gone.abort())
      const until = clock.monotonicMs() + MAX_MS
      let spokeMs = clock.monotonicMs()
      try {
        while (!gone.signal.aborted && clock.monotonicMs() < until) {
          const { rows, more } = await look()
          for (const row of rows) await out.writeSSE({ event: 'span', data: JSON.stringify(row) })
          if (more) await out.writeSSE({ event: 'more', data: '{}' })
          if (rows.length > 0) spokeMs = clock.monotonicMs()
          else if (clock.monotonicMs() - spokeMs > QUIET_MS) {
            spokeMs = clock.monotonicMs()
            await out.write(': still here\n\n')
          }
          await sleep(POLL_MS, undefined, { signal: gone.signal }).catch(() => undefined)
        }
      } catch (cause) {
        await out.writeSSE({ event: 'problem', data: JSON.stringify(problemOf(cause)) })
      } finally {
        listeners -= 1
      }
    })
  })
}

interface Look {
  columns: Columns
  where: readonly Condition[]
  clock: Clock
}

/** Each call answers what came since the one before, oldest first. */
function createLook({ columns, where, clock }: Look, read: (query: SelectQuery) => Promise<Row[]>) {
  const seen = new Set<string>()
  return async (): Promise<{ rows: Row[]; more: boolean }> => {
    const nowMs = clock.nowMs()
    const since = (column: string, backMs: number): Condition => ({
      kind: 'compare',
      column,
      type: 'time',
      operator: '>=',
      value: toSqlTime(BigInt(Math.trunc(nowMs - backMs)) * NANOS_PER_MS),
    })
    const rows = await read({
      source: { view: 'spans_v1' },
      items: [...new Set(['received_time', 'trace_id', 'span_id', ...Object.keys(columns)])].map((name) => ({ name })),
      where: [since('start_time', BEGAN_WITHIN_MS), since('received_time', LOOK_BACK_MS), ...where],
      orderBy: ['received_time', 'trace_id', 'span_id'].map((name) => ({ name, descending: true })),
      limit: MAX_AT_ONCE + 1,
    })
    const fresh = rows.slice(0, MAX_AT_ONCE).filter((row) => {
      const id = `${row['trace_id']}/${row['span_id']}`
      if (seen.has(id)) return false
      seen.add(id)
      return true
    })
    for (const id of seen) {
      if (seen.size <= MAX_SEEN) break
      seen.delete(id)
    }
    const more = rows.length > MAX_AT_ONCE && fresh.length === MAX_AT_ONCE
    return { rows: fresh.toReversed().map((row) => toJsonRow(row, columns)), more }
  }
}
