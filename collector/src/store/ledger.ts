// Counts of what became of records in; rows of `ingest_ledger` out: as one Native block, and as corrections for what was stored after all, or was not.
import type { DeadRecords } from './batch.ts'
import type { Store } from './client.ts'
import { ByteWriter } from './native-bytes.ts'
import { quoteIdentifier } from './sql.ts'

export type LedgerOutcome = 'stored' | 'rejected' | 'filtered' | 'deduplicated' | 'dead_lettered'

export interface LedgerRow {
  project: string
  /** Minutes since 1970, of receipt. */
  minute: number
  signal: 'traces' | 'logs'
  outcome: LedgerOutcome
  /** '' of what is stored. */
  reason: string
  records: number
}

export const MINUTES_PER_DAY = 1440
const SECONDS_PER_MINUTE = 60

/** Name, type, and how a row's value is written. */
const COLUMNS: readonly [name: string, type: string, put: (row: LedgerRow, out: ByteWriter) => void][] = [
  ['project_id', 'String', (row, out) => out.text(row.project)],
  ['minute', `DateTime('UTC')`, (row, out) => out.put(uint32(row.minute * SECONDS_PER_MINUTE))],
  ['signal', 'String', (row, out) => out.text(row.signal)],
  ['outcome', 'String', (row, out) => out.text(row.outcome)],
  ['reason', 'String', (row, out) => out.text(row.reason)],
  ['records', 'Int64', (row, out) => out.put(int64(row.records))],
]
const COLUMN_NAMES = ['batch_id', 'day', ...COLUMNS.map(([name]) => name)]

/** One block of one day, every row of the batch. @param batchId 32 hex digits @param day days since 1970 */
export function encodeLedger(
  rows: readonly LedgerRow[],
  batchId: string,
  day: number,
): { columns: string[]; bytes: Buffer<ArrayBuffer> } {
  const out = new ByteWriter()
  out.varint(COLUMN_NAMES.length)
  out.varint(rows.length)
  column(out, 'batch_id', 'FixedString(16)')
  for (const _ of rows) out.put(Buffer.from(batchId, 'hex'))
  column(out, 'day', 'Date')
  for (const _ of rows) out.put(uint16(day))
  for (const [name, type, put] of COLUMNS) {
    column(out, name, type)
    for (const row of rows) put(row, out)
  }
  return { columns: COLUMN_NAMES, bytes: out.finish() }
}

function column(out: ByteWriter, name: string, type: string): void {
  out.text(name)
  out.text(type)
}

/** What dead letters change in the ledger, which counted their records as stored; with `-1` what taking them again changes. */
export function deadLetterRows(dead: readonly DeadRecords[], sign: 1 | -1 = 1): LedgerRow[] {
  return dead.flatMap(({ project, minute, signal, reason, records }) => [
    { project, minute, signal, outcome: 'stored' as const, reason: '', records: -sign * records },
    { project, minute, signal, outcome: 'dead_lettered' as const, reason, records: sign * records },
  ])
}

/** Inserts corrections under a token, one insert a day. */
export async function insertLedger(
  store: Store,
  rows: readonly LedgerRow[],
  { batchId, token }: { batchId: string; token: string },
): Promise<void> {
  for (const [day, ofDay] of byDay(rows)) {
    const block = encodeLedger(ofDay, batchId, day)
    await store.insertNative({ table: 'ingest_ledger', ...block, token: `${token}:${day}` })
  }
}

/** Takes out the corrections that an earlier attempt at the same batch left. */
export async function removeCorrections(store: Store, batchId: string): Promise<void> {
  const params = { id: batchId }
  const [found] = await store.select<{ rows: number }>(
    'SELECT count() AS rows FROM ingest_ledger WHERE batch_id = unhex({id:String})',
    params,
  )
  if (!found?.rows) return
  const table = `${quoteIdentifier(store.database)}.ingest_ledger`
  await store.command(`DELETE FROM ${table} WHERE batch_id = unhex({id:String})`, params, {
    lightweight_deletes_sync: 2,
  })
}

function byDay(rows: readonly LedgerRow[]): Map<number, LedgerRow[]> {
  const days = new Map<number, LedgerRow[]>()
  for (const row of rows) {
    const day = Math.floor(row.minute / MINUTES_PER_DAY)
    const ofDay = days.get(day)
    if (ofDay) ofDay.push(row)
    else days.set(day, [row])
  }
  return days
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(value))
  return bytes
}
