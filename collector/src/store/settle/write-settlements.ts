// Changes of what counts in; one insert a day, of entries with the figures of their spans, out.
import { createHash } from 'node:crypto'
import type { Store } from '../client.ts'
import type { Reason } from './decide.ts'
import { BATCH_HASH, chunksOf, IDS_AT_ONCE, LARGE, timeOfMs } from './read-arrivals.ts'
import { idOf, quoteText, type StoredRow } from './read-rows.ts'

export interface Change {
  row: StoredRow
  /** What is added to its count; 1 or -1 unless something was settled twice. */
  sign: number
  reason: Reason
}

/** Columns that go from spans into settlement_entries as they are. */
const COPIED = [
  'project_id',
  'day',
  'start_time',
  'retention_days',
  'kind',
  'operation',
  'provider',
  'request_model',
  'response_model',
  'environment',
  'service_name',
  'error_type',
  'error_class',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'cost_usd',
  'input_cost_usd',
  'output_cost_usd',
  'cache_savings_gross_usd',
  'cache_savings_net_usd',
]

type Entry = Record<string, unknown>

/** Inserts changes of one day. The token is made of them, so that doing it again, here or in another collector, adds nothing. */
export async function writeSettlements(store: Store, changes: readonly Change[], nonce: string): Promise<void> {
  const figures = await readFigures(store, changes)
  const entries = changes.flatMap((change) => {
    const found = figures.get(keyOf(change.row))
    // Taken out meanwhile: when it comes back it is stored anew, and looked at again.
    return found === undefined ? [] : [toEntry(change, found)]
  })
  if (entries.length === 0) return
  await store.insertRows({ table: 'settlement_entries', rows: entries, token: `settle-${digest(changes)}${nonce}` })
}

function toEntry({ row, sign, reason }: Change, figures: Entry): Entry {
  return { ...figures, sign, base: row.base, reason, response_hash: row.response }
}

/** Names the changes: which row, the how manieth of its changes, and the change. */
export function digest(changes: readonly Change[]): string {
  const lines = changes.map(({ row, sign }) => `${keyOf(row)} ${row.settlements} ${sign}`)
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 32)
}

type FiguresJson = Entry & { project_id: string; trace_id: string; span_id: string; batch: number }

async function readFigures(store: Store, changes: readonly Change[]): Promise<Map<string, Entry>> {
  const figures = new Map<string, Entry>()
  for (const chunk of chunksOf(changes, IDS_AT_ONCE)) {
    for (const { batch, ...entry } of await readEntries(
      store,
      chunk.map(({ row }) => row),
    ))
      figures.set(keyOf({ project: entry.project_id, trace: entry.trace_id, span: entry.span_id, batch }), entry)
  }
  return figures
}

async function readEntries(store: Store, rows: readonly StoredRow[]): Promise<FiguresJson[]> {
  const list = (values: readonly string[], quote: (text: string) => string): string =>
    [...new Set(values)].map(quote).join(', ')
  const starts = rows.map(({ startUs }) => Math.floor(startUs / 1000))
  const projects = list(
    rows.map(({ project }) => project),
    quoteText,
  )
  const traces = list(
    rows.map(({ trace }) => trace),
    idOf,
  )
  const spans = list(
    rows.map(({ span }) => span),
    idOf,
  )
  return await store.select<FiguresJson>(
    `SELECT lower(hex(s.trace_id)) AS trace_id, lower(hex(s.span_id)) AS span_id, lower(hex(s.batch_id)) AS batch_id,
       ${BATCH_HASH.replace('batch_id', 's.batch_id')} AS batch, ${COPIED.map((column) => `s.${column} AS ${column}`).join(', ')}
     FROM spans AS s
     WHERE s.day = toDate({day:Int32}) AND s.project_id IN (${projects})
       AND s.start_time >= ${timeOfMs('from')} AND s.start_time <= ${timeOfMs('to')} AND s.trace_id IN (${traces}) AND s.span_id IN (${spans})`,
    { day: rows[0]?.day ?? 0, from: Math.min(...starts), to: Math.max(...starts) + 1 },
    LARGE,
  )
}

const keyOf = ({ project, trace, span, batch }: Pick<StoredRow, 'project' | 'trace' | 'span' | 'batch'>): string =>
  `${trace} ${span} ${batch} ${project}`
