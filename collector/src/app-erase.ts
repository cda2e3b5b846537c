// Journal, ingest and store, joined to erase a user, a session or a trace: nothing of it may be left, and nothing may come back.
//
// In this order: the subject is kept in a file, so that a crash only interrupts; its traces are noted, so that nothing of them is taken in any more;
// the store takes what the journal still holds, and the journal lets go of it; then the rows go, with their rollups; last the file.
import { createHmac, randomBytes } from 'node:crypto'
import { type EraseOrder, ordersIn } from './app-erase-orders.ts'
import { type Process, stageOf } from './app-process.ts'
import { loadOrCreatePassword } from './engine/password.ts'
import type { Ingest } from './ingest/ingest.ts'
import { openJournal } from './journal/journal.ts'
import type { Journal } from './journal/types.ts'
import { ErasedTraces } from './normalize/erased-traces.ts'
import type { EraseReceipt, EraseRequest } from './query/deps.ts'
import type { Store } from './store/client.ts'
import type { DayGate } from './store/day-gate.ts'
import { eraseDeadFiles } from './store/erase/dead-files.ts'
import { countRows, eraseRows, refuseCluster } from './store/erase/erase.ts'
import { mentions, type Sought } from './store/erase/mentions.ts'
import { noteErasure, readErased } from './store/erase/receipts.ts'
import { findTraces } from './store/erase/subject.ts'
import { InsightsError } from './telemetry/errors.ts'

const REFRESH_MS = 10_000
/** How far back each look goes: clocks of collectors differ, and an insert takes a while. */
const LOOK_BACK_MS = 600_000
const RESUME_MS = 60_000
const SETTLE_MS = 120_000
/** Each looks for what came in while the one before waited. */
const MAX_ROUNDS = 5

/** Traces that were erased, by any collector of the store. */
export interface Erased {
  readonly traces: ErasedTraces
  connect(store: Store): Promise<void>
  stop(): void
}

export function openErased(self: Process): Erased {
  const traces = new ErasedTraces()
  const { log } = stageOf(self, 'erase')
  let timer: NodeJS.Timeout | undefined
  const refresh = async (store: Store, sinceMs: number): Promise<void> => {
    for (const [project, ids] of await readErased(store, sinceMs)) traces.add(project, ids)
  }
  return {
    traces,
    async connect(store) {
      await refresh(store, 0)
      timer = setInterval(() => {
        refresh(store, self.clock.nowMs() - LOOK_BACK_MS).catch((error: unknown) =>
          log.debug({ err: error }, 'cannot look for erasures now'),
        )
      }, REFRESH_MS)
      timer.unref()
    },
    stop: () => clearInterval(timer),
  }
}

export interface EraseParts {
  store: Store
  gate: DayGate
  /** Absent when no collector runs: then the journal of the directory must hold nothing that the store lacks. */
  live?: { ingest: Ingest; journal: Journal; erased: ErasedTraces }
}

export interface Eraser {
  erase(request: EraseRequest): Promise<EraseReceipt>
  /** Finishes what an earlier process began, from now on until `stop`. */
  start(): void
  stop(): Promise<void>
}

export function createEraser(self: Process, parts: EraseParts): Eraser {
  const { log } = stageOf(self, 'erase')
  const orders = ordersIn(self.config.dataDir)
  let running: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  // One after the other: two could wait for each other's days.
  const queue = <T>(task: () => Promise<T>): Promise<T> => {
    const done = running.then(task)
    running = done.catch(() => undefined)
    return done
  }
  const carryOut = async (order: EraseOrder): Promise<EraseReceipt> => {
    const receipt = await erase(self, parts, order)
    await orders.remove(order.id)
    return receipt
  }
  const resume = async (): Promise<void> => {
    for (const order of await orders.list()) {
      log.warn({ erasure_id: order.id }, 'an erasure was interrupted; going on with it')
      await carryOut(order)
    }
  }
  const tryToResume = (): void =>
    void queue(resume).catch((error: unknown) => log.warn({ err: error }, 'cannot finish an erasure now; trying again'))
  return {
    erase(request) {
      refuseCluster(parts.store)
      if (request.dryRun) return queue(() => look(self, parts, request))
      return queue(async () => {
        const order = { id: randomBytes(16).toString('hex'), project: request.project, subject: request.subject }
        await orders.keep(order)
        return await carryOut(order)
      })
    },
    start() {
      tryToResume()
      timer = setInterval(tryToResume, RESUME_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      const late = new Promise((resolve) => setTimeout(resolve, 10_000).unref())
      await Promise.race([running, late])
    },
  }
}

/** What there is, and nothing changed. */
async function look(self: Process, parts: EraseParts, { project, subject }: EraseRequest): Promise<EraseReceipt> {
  const traces = await findTraces(parts.store, project, subject)
  const sought = { project, subject, traces: new Set(traces) }
  const rows = await countRows(parts.store, { id: '', project, subject, traces })
  const dead = await eraseDeadFiles(self.config.dataDir, sought, true)
  const journal = await countInJournal(self, parts, sought)
  const counts = { ...pair(rows, rows), ...dead, journal: { before: journal, after: journal } }
  return toReceipt(
    self,
    { id: '', project, kind: subject.kind, hash: await hashOf(self, subject) },
    traces.length,
    counts,
  )
}

async function erase(self: Process, parts: EraseParts, { id, project, subject }: EraseOrder): Promise<EraseReceipt> {
  const { store, gate, live } = parts
  const { log } = stageOf(self, 'erase')
  const about = { id, project, kind: subject.kind, hash: await hashOf(self, subject) }
  const known = new Set<string>()
  const sought: Sought & { project: string } = { project, subject, traces: known }
  let journalBefore = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = (await findTraces(store, project, subject)).filter((trace) => !known.has(trace))
    if (round > 0 && found.length === 0) break
    for (const trace of found) known.add(trace)
    // First, so that nothing of them gets in any more; durably, so that no restart forgets.
    live?.erased.add(project, found)
    await noteErasure(store, { ...about, traces: found, counts: '' }, self.clock.nowMs())
    if (round === 0) journalBefore = await countInJournal(self, parts, sought)
    await emptyJournal(self, parts)
  }
  const scope = { id, project, subject, traces: [...known] }
  const before = await countRows(store, scope)
  const old_parts = await eraseRows(scope, { store, gate })
  const dead = await eraseDeadFiles(self.config.dataDir, sought)
  const after = await countRows(store, scope)
  const journal = { before: journalBefore, after: await countInJournal(self, parts, sought) }
  const counts = { ...pair(before, after), old_parts, ...dead, journal }
  await noteErasure(store, { ...about, traces: [], counts: JSON.stringify(counts) }, self.clock.nowMs())
  log.info({ erasure_id: id, kind: subject.kind, traces: known.size, counts }, 'erased')
  return toReceipt(self, about, known.size, counts)
}

type CountPairs = EraseReceipt['counts']

const pair = (before: Record<string, number>, after: Record<string, number>): CountPairs =>
  Object.fromEntries(Object.entries(before).map(([where, n]) => [where, { before: n, after: after[where] ?? 0 }]))

function toReceipt(
  { clock }: Process,
  { id, project, kind, hash }: { id: string; project: string; kind: string; hash: string },
  traces: number,
  counts: CountPairs,
): EraseReceipt {
  const time = new Date(clock.nowMs()).toISOString()
  const named = id === '' ? {} : { erasure_id: id }
  return { ...named, project, time, subject_kind: kind, subject_hash: hash, traces, counts }
}

/** Whoever has the key can tell whether a receipt is of a given subject; nobody can read it out of the receipt. */
async function hashOf({ config }: Process, { kind, value }: EraseRequest['subject']): Promise<string> {
  const key = await loadOrCreatePassword(config.dataDir, 'erase-key')
  return createHmac('sha256', key).update(`${kind} ${value}`).digest('hex').slice(0, 32)
}

/** Everything that was sent is in the store, and the journal's copies of it are deleted. */
async function emptyJournal(self: Process, { live }: EraseParts): Promise<void> {
  if (live) {
    if (!(await live.ingest.settle(SETTLE_MS)))
      throw new InsightsError('INSIGHTS_STORE_UNREACHABLE', 'cannot erase yet: spans still wait in the journal', {
        hint: 'nothing was deleted yet; it goes on by itself when ClickHouse takes them',
      })
    await live.journal.expire()
    return
  }
  await withJournal(self, async (journal) => {
    if (journal.owed().length > 0)
      throw new InsightsError(
        'INSIGHTS_STORE_MISMATCH',
        'cannot erase: the journal holds spans that the store does not',
        {
          hint: 'start the collector, which stores them and then goes on with it by itself',
        },
      )
    await journal.expire()
  })
}

async function withJournal<T>(self: Process, use: (journal: Journal) => Promise<T>): Promise<T> {
  const { config } = self
  const journal = await openJournal({
    dir: `${config.dataDir}/journal`,
    ...config.journal,
    codec: () => '',
    ...stageOf(self, 'journal'),
  })
  try {
    return await use(journal)
  } finally {
    await journal.close()
  }
}

/** Requests in the journal that speak of the subject. */
function countInJournal(self: Process, { live }: EraseParts, sought: Sought & { project: string }): Promise<number> {
  return live ? countIn(live.journal, sought) : withJournal(self, (journal) => countIn(journal, sought))
}

const READ_TRIES = 3

async function countIn(journal: Journal, sought: Sought & { project: string }): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      let count = 0
      for await (const { project, bytes } of journal.read(1, Number.MAX_SAFE_INTEGER))
        if (project === sought.project && mentions(bytes, sought)) count++
      return count
    } catch (error) {
      // A file of the journal went while it was read, as files do.
      if (tries === READ_TRIES) throw error
    }
  }
}
