// What keeps the store right, joined: dead letters, audits, erasures, and where a trace is; in the running collector, or on its store when none runs.
import { createAuditor } from './app-audit.ts'
import { createEraser } from './app-erase.ts'
import { createProcess, type Process } from './app-process.ts'
import { withStore } from './app-store.ts'
import type { Config } from './config/schema.ts'
import { findPending } from './ingest/find-trace.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { Journal } from './journal/types.ts'
import type { ErasedTraces } from './normalize/erased-traces.ts'
import type { PendingRecords, TraceWhereabouts, Upkeep } from './query/deps.ts'
import type { Store } from './store/client.ts'
import { createDayGate, type DayGate } from './store/day-gate.ts'
import { createDeadLetters, type DeadLetters } from './store/dead-letters.ts'
import { migrate } from './store/migrate.ts'
import { findDead, findStored } from './store/where.ts'
import type { Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'

const MS_PER_MINUTE = 60_000
const COUNT_EVERY_MS = 60_000

export interface UpkeepParts {
  store: Store
  gate: DayGate
  /** Absent when no collector runs. */
  live?: { ingest: Ingest; journal: Journal; erased: ErasedTraces }
  /** Tables and views are there. */
  prepared: Promise<void>
  /** Whether this is the collector that looks after the tables. */
  leads?: () => boolean
}

export interface RunningUpkeep extends Upkeep {
  where(project: string, traceId: string): Promise<TraceWhereabouts>
  /** Absent when no collector runs. */
  pending: ((project: string) => PendingRecords[]) | undefined
  stop(): Promise<void>
}

/** @param key what an operator shows, see `operator-key` in the data directory */
export function createUpkeep(self: Process, parts: UpkeepParts, key: string): RunningUpkeep {
  const { store, gate, live, prepared, leads } = parts
  const { config, clock } = self
  const letters = createDeadLetters({ store, gate, dataDir: config.dataDir })
  const auditor = createAuditor(self, {
    ...{ store, gate, prepared },
    ...(live ? { ingest: live.ingest } : {}),
    ...(leads ? { leads } : {}),
  })
  const counted = countLetters(letters, self)
  const eraser = createEraser(self, { store, gate, ...(live ? { live } : {}) })
  if (live) void prepared.then(() => eraser.start())
  return {
    key,
    deadLetters: {
      list: letters.list,
      show: letters.show,
      replay: counted.after(letters.replay),
      drop: counted.after(letters.drop),
    },
    audit: auditor.audit,
    erase: eraser.erase,
    async where(project, traceId) {
      const [stored, dead_letters, pending] = await Promise.all([
        findStored(store, project, traceId),
        findDead(letters, project, traceId),
        live && findPending({ journal: live.journal, clock }, project, traceId),
      ])
      return { stored, dead_letters, ...(pending ? { pending } : {}) }
    },
    pending: live && ((project) => pendingOf(live.ingest, project)),
    async stop() {
      counted.stop()
      await auditor.stop()
      await eraser.stop()
    },
  }
}

function pendingOf(ingest: Ingest, project: string): PendingRecords[] {
  return ingest.pending().flatMap(({ project: owner, minute, signal, records }) => {
    const at = new Date(minute * MS_PER_MINUTE).toISOString()
    return owner === project ? [{ minute: at, signal, records }] : []
  })
}

interface Counted {
  after<T>(task: (file: string) => Promise<T>): (file: string) => Promise<T>
  stop(): void
}

/** What lies in the dead-letter folder, as metrics: looked at each minute and after each change. */
function countLetters(letters: DeadLetters, { metrics, log }: { metrics: Metrics; log: Log }): Counted {
  const files = metrics.gauge('insights_deadletter_files', 'Files in the dead-letter folder')
  const rows = metrics.gauge('insights_deadletter_rows', 'Rows in the dead-letter folder')
  const bytes = metrics.gauge('insights_deadletter_bytes', 'Bytes in the dead-letter folder')
  const count = async (): Promise<void> => {
    try {
      const found = await letters.list()
      files.set(found.length)
      rows.set(found.reduce((sum, file) => sum + file.rows, 0))
      bytes.set(found.reduce((sum, file) => sum + file.size_bytes, 0))
    } catch (error) {
      log.warn({ err: error }, 'cannot look into the dead-letter folder')
    }
  }
  void count()
  const timer = setInterval(() => void count(), COUNT_EVERY_MS)
  timer.unref()
  return {
    after: (task) => async (file) => {
      try {
        return await task(file)
      } finally {
        await count()
      }
    },
    stop: () => clearInterval(timer),
  }
}

/** On the configured store, in this process. @throws InsightsError INSIGHTS_DATA_DIR_LOCKED when a collector uses the data directory */
export function withUpkeep<T>(config: Config, use: (upkeep: Upkeep) => Promise<T>): Promise<T> {
  return withStore(config, async (store) => {
    await migrate(store)
    const upkeep = createUpkeep(
      createProcess(config),
      { store, gate: createDayGate(), prepared: Promise.resolve() },
      '',
    )
    try {
      return await use(upkeep)
    } finally {
      await upkeep.stop()
    }
  })
}
