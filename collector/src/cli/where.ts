// `insights where <trace_id>`: where the spans of a trace are, by the API.
import { z } from 'zod'
import { withApi } from './api-client.ts'
import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { table } from './table.ts'

const answer = z.object({
  trace_id: z.string(),
  spans: z.number(),
  log_events: z.number(),
  stored: z.array(
    z.object({
      table: z.string(),
      day: z.string(),
      batch_id: z.string(),
      rows: z.number(),
      first_received: z.string(),
      last_received: z.string(),
    }),
  ),
  pending: z
    .object({
      requests: z.number(),
      first_received: z.string().optional(),
      last_received: z.string().optional(),
      complete: z.boolean(),
    })
    .nullable(),
  dead_letters: z.array(
    z.object({ file: z.string(), table: z.string(), row: z.number(), error: z.string(), time: z.string() }),
  ),
})
type Whereabouts = z.output<typeof answer>

/** Exit code 1 when nobody knows the trace: a script can wait for it. */
export function runWhere(call: CommandCall): Promise<number> {
  const traceId = call.command.args[0] ?? ''
  return withApi(call, async (api) => {
    const found = answer.parse(await api.call('GET', `/api/v1/where/${encodeURIComponent(traceId)}`))
    call.output.result(found, text(found))
    const known = found.stored.length + found.dead_letters.length + (found.pending?.requests ?? 0)
    return known > 0 ? EXIT.ok : EXIT.failed
  })
}

function text({ spans, log_events, stored, pending, dead_letters }: Whereabouts): string {
  const parts = stored.map((part) => [
    part.table,
    part.day,
    String(part.rows),
    part.batch_id,
    part.first_received,
    part.last_received,
  ])
  const dead = dead_letters.map(({ file, row, error, time }) => [file, String(row), error, time])
  return [
    `stored         ${spans} spans, ${log_events} log records`,
    `pending        ${pendingText(pending)}`,
    `dead letters   ${dead_letters.length}`,
    table(['TABLE', 'DAY', 'ROWS', 'BATCH', 'FIRST RECEIVED', 'LAST RECEIVED'], parts),
    table(['DEAD LETTER', 'ROW', 'ERROR', 'REFUSED'], dead),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function pendingText(pending: Whereabouts['pending']): string {
  if (pending === null) return 'unknown: no collector runs'
  const more = pending.complete ? '' : ', and more was left to read'
  if (pending.requests === 0) return `nothing in the journal${more}`
  return `${pending.requests} requests in the journal, received ${pending.first_received} to ${pending.last_received}${more}`
}
