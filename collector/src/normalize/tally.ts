// What became of each request's records in, once a request; counts by project, minute of receipt and reason out, for the ledger.

export type TallyOutcome = 'stored' | 'rejected' | 'filtered' | 'deduplicated'

export interface TallyRow {
  project: string
  /** Minutes since 1970. */
  minute: number
  signal: 'traces' | 'logs'
  outcome: TallyOutcome
  /** '' of what is stored. */
  reason: string
  records: number
}

export interface Tallied {
  stored: number
  resent: number
  rejected: ReadonlyMap<string, number>
}

const MS_PER_MINUTE = 60_000
/** Left out by rule, not by fault. Any other reason is a rejection. */
const FILTERS: ReadonlySet<string> = new Set(['not_gen_ai'])

/** Rows come in the order in which they were first needed, so that the same requests give the same rows. */
export class Tally {
  private readonly counts = new Map<string, TallyRow>()

  add(from: { project: string; receivedMs: number }, signal: TallyRow['signal'], written: Tallied): void {
    const { stored, resent, rejected } = written
    const minute = Math.floor(from.receivedMs / MS_PER_MINUTE)
    const { project } = from
    if (stored > 0) this.count({ project, minute, signal, outcome: 'stored', reason: '', records: stored })
    if (resent > 0) this.count({ project, minute, signal, outcome: 'deduplicated', reason: 'resent', records: resent })
    for (const [reason, records] of rejected) {
      const outcome = FILTERS.has(reason) ? 'filtered' : 'rejected'
      this.count({ project, minute, signal, outcome, reason, records })
    }
  }

  rows(): TallyRow[] {
    return [...this.counts.values()]
  }

  clear(): void {
    this.counts.clear()
  }

  private count(row: TallyRow): void {
    const key = `${row.minute} ${row.signal} ${row.outcome} ${row.reason} ${row.project}`
    const known = this.counts.get(key)
    if (known) known.records += row.records
    else this.counts.set(key, row)
  }
}
