// Poison rows in; whose records they were and when they came, counted, out.
import type { DeadRecords, LoadTable } from './batch.ts'
import { readNativeRow } from './native-row.ts'

const MS_PER_MINUTE = 60_000
const SIGNALS: Readonly<Record<LoadTable, DeadRecords['signal'] | undefined>> = {
  spans: 'traces',
  log_events: 'logs',
  ingest_ledger: undefined,
}

export interface DeadRow {
  reason: string
  /** One row as a Native block. */
  block: Uint8Array
}

/** Undefined for a row that is no record of its own: the call that a log tells of stands beside the log's row. */
export function deadRecordOf(table: LoadTable, { reason, block }: DeadRow): DeadRecords | undefined {
  const signal = SIGNALS[table]
  const values = signal && readRow(block)
  if (!signal || !values) return undefined
  const text = (name: string): string => Buffer.from(values.get(name) ?? []).toString('utf8')
  if (text('usage_role') === 'log') return undefined
  const received = values.get('received_time')
  const receivedMs = received?.length === 8 ? Number(Buffer.from(received).readBigInt64LE()) : 0
  return { project: text('project_id'), minute: Math.floor(receivedMs / MS_PER_MINUTE), signal, reason, records: 1 }
}

export function countDeadRecords(table: LoadTable, rows: readonly DeadRow[]): DeadRecords[] {
  const counted = new Map<string, DeadRecords>()
  for (const row of rows) {
    const record = deadRecordOf(table, row)
    if (!record) continue
    const key = `${record.minute} ${record.reason} ${record.project}`
    const known = counted.get(key)
    if (known) known.records += 1
    else counted.set(key, record)
  }
  return [...counted.values()]
}

function readRow(block: Uint8Array): Map<string, Uint8Array> | undefined {
  try {
    return readNativeRow(block)
  } catch {
    return undefined // a block that nobody could read is kept whole, and tells nothing
  }
}
