// What is accepted and what became of it in; received = stored + rejected + filtered + deduplicated + dead-lettered + pending, at any moment, out.
import type { Counter, Gauge, Metrics } from '../telemetry/metrics.ts'
import type { DeadRecords, LedgerRow } from './types.ts'

type Signal = LedgerRow['signal']

/** Records that the journal holds and the ledger in the store does not tell of yet. */
export interface Pending {
  project: string
  /** Minutes since 1970, of receipt. */
  minute: number
  signal: Signal
  records: number
}

export interface Account {
  /** A request was written, or is found in the journal by a start: `sealed` when it is part of a seal already. @param records good and bad */
  receive(from: { project: string; receivedMs: number }, signal: Signal, records: number, sealed?: boolean): void
  /** A range is sealed, durably. */
  seal(rows: readonly LedgerRow[]): void
  /** The ledger rows of a sealed range are in the store. @param dead those of its records that are dead letters instead of stored */
  settle(rows: readonly LedgerRow[], dead: readonly DeadRecords[]): void
  /** What is not sealed is not in the journal after all, or is read from it once more. */
  withdraw(): void
  pending(): Pending[]
}

const MS_PER_MINUTE = 60_000

export function createAccount(metrics: Metrics): Account {
  const received = metrics.counter(
    'insights_ledger_received_records_total',
    'Spans and log records taken into the journal, and those that a start found in it still to be stored',
    ['project', 'signal'],
  )
  const settled = metrics.counter(
    'insights_ledger_records_total',
    'Spans and log records by what became of them, once the ledger in the store tells of it too',
    ['project', 'signal', 'outcome', 'reason'],
  )
  const pendingGauge = metrics.gauge(
    'insights_ledger_pending_records',
    'Spans and log records in the journal that the ledger in the store does not tell of yet',
    ['signal'],
  )
  const forgotten = metrics.counter(
    'insights_ledger_withdrawn_records_total',
    'Spans and log records received whose journal write failed: refused, or read from the journal and received once more',
    ['signal'],
  )
  return new Books(received, settled, pendingGauge, forgotten)
}

class Books implements Account {
  private readonly unsealed = new Map<string, Pending>()
  private readonly sealed = new Map<string, Pending>()
  private readonly totals: Record<Signal, number> = { traces: 0, logs: 0 }
  private readonly received: Counter
  private readonly settled: Counter
  private readonly gauge: Gauge
  private readonly withdrawn: Counter

  constructor(received: Counter, settled: Counter, gauge: Gauge, withdrawn: Counter) {
    this.received = received
    this.settled = settled
    this.gauge = gauge
    this.withdrawn = withdrawn
    this.show()
  }

  receive(from: { project: string; receivedMs: number }, signal: Signal, records: number, sealed = false): void {
    this.received.add(records, from.project, signal)
    const minute = Math.floor(from.receivedMs / MS_PER_MINUTE)
    change(sealed ? this.sealed : this.unsealed, { project: from.project, minute, signal, records })
    this.totals[signal] += records
    this.show()
  }

  seal(rows: readonly LedgerRow[]): void {
    for (const { project, minute, signal, records } of rows) {
      change(this.unsealed, { project, minute, signal, records: -records })
      change(this.sealed, { project, minute, signal, records })
    }
  }

  settle(rows: readonly LedgerRow[], dead: readonly DeadRecords[]): void {
    const lost = new Map<string, number>()
    for (const { project, signal, reason, records } of dead) {
      this.settled.add(records, project, signal, 'dead_lettered', reason)
      const key = `${signal} ${project}`
      lost.set(key, (lost.get(key) ?? 0) + records)
    }
    for (const row of rows) {
      const { project, minute, signal, outcome, reason, records } = row
      const key = `${signal} ${project}`
      const dying = outcome === 'stored' ? Math.min(lost.get(key) ?? 0, records) : 0
      if (dying > 0) lost.set(key, (lost.get(key) ?? 0) - dying)
      this.settled.add(records - dying, project, signal, outcome, reason)
      change(this.sealed, { project, minute, signal, records: -records })
      this.totals[signal] -= records
    }
    this.show()
  }

  withdraw(): void {
    for (const { signal, records } of this.unsealed.values()) {
      this.withdrawn.add(records, signal)
      this.totals[signal] -= records
    }
    this.unsealed.clear()
    this.show()
  }

  pending(): Pending[] {
    const all = new Map<string, Pending>()
    for (const entry of [...this.unsealed.values(), ...this.sealed.values()]) change(all, entry)
    return [...all.values()]
  }

  private show(): void {
    this.gauge.set(this.totals.traces, 'traces')
    this.gauge.set(this.totals.logs, 'logs')
  }
}

function change(entries: Map<string, Pending>, { project, minute, signal, records }: Pending): void {
  const key = `${minute} ${signal} ${project}`
  const entry = entries.get(key)
  const left = (entry?.records ?? 0) + records
  if (left === 0) entries.delete(key)
  else if (entry) entry.records = left
  else entries.set(key, { project, minute, signal, records })
}
