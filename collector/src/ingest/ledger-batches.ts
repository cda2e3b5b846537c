// Counts of a sealed range in; the batches of the ledger that a seal names, one a day of receipt, out.
import { LEDGER_TABLE, type LedgerRow, type SealedBatch } from './types.ts'

const MINUTES_PER_DAY = 1440

export const isLedger = ({ table }: SealedBatch): boolean => table === LEDGER_TABLE

/** Days in the order in which they first come. */
export function ledgerBatches(rows: readonly LedgerRow[]): SealedBatch[] {
  const days = new Map<number, number>()
  for (const row of rows) days.set(dayOf(row), (days.get(dayOf(row)) ?? 0) + 1)
  return [...days].map(([day, count]) => ({ table: LEDGER_TABLE, day, rows: count }))
}

export const rowsOfDay = (rows: readonly LedgerRow[], day: number): LedgerRow[] =>
  rows.filter((row) => dayOf(row) === day)

const dayOf = ({ minute }: LedgerRow): number => Math.floor(minute / MINUTES_PER_DAY)
