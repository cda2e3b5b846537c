// The audit, joined: what slipped through in the tables, and inserts that the journal has and the tables have not; asked for, or by the clock.
import type { Process } from './app-process.ts'
import type { Ingest, StoredBatch } from './ingest/ingest.ts'
import type { AuditRequest } from './query/deps.ts'
import { auditDays, type Finding } from './store/audit/audit.ts'
import { findGaps } from './store/audit/gaps.ts'
import type { Store } from './store/client.ts'
import type { DayGate } from './store/day-gate.ts'
import { InsightsError } from './telemetry/errors.ts'

const MS_PER_DAY = 86_400_000
/** The scheduled audit looks at today and yesterday: what is older has been looked at when it was young. */
const SCHEDULED_DAYS = 2
/** How long a stop waits for the step in hand. */
const STOP_MS = 10_000

export interface AuditResult {
  from: string
  to: string
  /** Days that hold something. */
  days: number
  /** Inserts that were looked up; undefined when no collector runs, since the journal is its own. */
  batches: number | undefined
  findings: Finding[]
}

export interface AuditorParts {
  store: Store
  gate: DayGate
  /** Absent when no collector runs. */
  ingest?: Ingest
  prepared: Promise<void>
  /** Whether this is the collector that looks after the tables. */
  leads?: () => boolean
}

export type OnDay = (day: string, done: number, total: number) => void

export interface Auditor {
  /** One at a time: rejects with INSIGHTS_CONFLICT while another is under way. */
  audit(request: AuditRequest, onDay: OnDay, signal: AbortSignal): Promise<AuditResult>
  stop(): Promise<void>
}

type Run = Omit<AuditRequest, 'from' | 'to'> & { from: number; to: number; sums: boolean; tables: boolean }

export function createAuditor(self: Process, parts: AuditorParts): Auditor {
  const { config, log, metrics, clock } = self
  const stopping = new AbortController()
  const found = metrics.counter('insights_audit_findings_total', 'What audits found, and whether they put it right', [
    'reason',
    'repaired',
  ])
  const runs = metrics.counter('insights_audit_runs_total', 'Audits, by how they ended', ['outcome'])
  const requeue = createGapAudit(self, parts)
  let running: Promise<unknown> | undefined

  const once = async (run: Run, onDay: OnDay, signal: AbortSignal): Promise<AuditResult> => {
    const tables = run.tables
      ? await auditDays({ ...run, onDay, signal }, parts)
      : { days: 0, findings: [], removedBatches: [] }
    const gaps = await requeue(run, tables.removedBatches)
    const findings = [...tables.findings, ...gaps.findings]
    for (const { reason, repaired, count } of findings) found.add(count, reason, repaired ? 'yes' : 'no')
    if (findings.length > 0) log.error({ findings }, 'an audit found what had slipped through')
    return { from: isoDay(run.from), to: isoDay(run.to), days: tables.days, batches: gaps.batches, findings }
  }

  const start = async (run: Run, onDay: OnDay, signal: AbortSignal): Promise<AuditResult> => {
    if (running) {
      throw new InsightsError('INSIGHTS_CONFLICT', 'cannot audit: another audit is under way', {
        hint: 'wait until it has ended',
      })
    }
    const task = once(run, onDay, AbortSignal.any([signal, stopping.signal]))
    running = task
    try {
      const result = await task
      runs.add(1, 'done')
      return result
    } catch (error) {
      runs.add(1, 'failed')
      throw error
    } finally {
      running = undefined
    }
  }

  const scheduled = async (): Promise<void> => {
    const to = Math.floor(clock.nowMs() / MS_PER_DAY)
    // Of several collectors on one ClickHouse the one that settles looks at the tables; each knows only its own inserts.
    const run = { from: to - SCHEDULED_DAYS + 1, to, repair: true, sums: false, tables: parts.leads?.() ?? true }
    try {
      await parts.prepared
      await start(run, () => undefined, stopping.signal)
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, 'the scheduled audit failed; the next one looks again')
    }
  }
  const everyMs = parts.ingest ? config.auditIntervalMs : 0
  const timer = everyMs > 0 ? setInterval(() => void scheduled(), everyMs) : undefined
  timer?.unref()

  return {
    audit: (request, onDay, signal) =>
      start(
        { ...request, from: dayNumber(request.from), to: dayNumber(request.to), sums: true, tables: true },
        onDay,
        signal,
      ),
    async stop() {
      clearInterval(timer)
      stopping.abort()
      const late = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())
      await Promise.race([Promise.allSettled([running]), late])
    },
  }
}

const isoDay = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY

/** Looks up what the journal still has of this collector's inserts, whatever their day. */
function createGapAudit({ config, log, clock }: Process, { store, ingest }: AuditorParts) {
  /** An insert of which an audit took rows out must not come back as a gap. */
  const thinned = new Set<string>()
  const retentionDays = Math.min(config.retentionDays, ...config.retention.values())
  const expected = (): StoredBatch[] => {
    // Rows of older days may have been taken by retention.
    const oldest = Math.floor(clock.nowMs() / MS_PER_DAY) - retentionDays + 1
    return (ingest?.storedBatches() ?? []).filter(({ day, id }) => day > oldest && !thinned.has(id))
  }
  return async ({ repair }: { repair: boolean }, removed: readonly string[]) => {
    for (const id of removed) thinned.add(id)
    if (!ingest) return { batches: undefined, findings: [] }
    const batches = expected()
    const findings = new Map<string, Finding>()
    for (const batch of await findGaps(store, batches)) {
      const repaired = repair && (await reload(ingest, batch))
      const key = `${batch.day} ${repaired}`
      const known = findings.get(key)
      if (known) known.count += 1
      else findings.set(key, { reason: 'missing_batches', day: isoDay(batch.day), count: 1, repaired })
    }
    return { batches: batches.length, findings: [...findings.values()] }
  }

  async function reload(from: Ingest, batch: StoredBatch): Promise<boolean> {
    try {
      await from.reload(batch)
      return true
    } catch (error) {
      log.error({ err: error, batch_id: batch.id }, 'a batch is gone from the store and cannot be built again')
      return false
    }
  }
}
