// What each key has sent this month: counted here, written and read again by whoever owns a store, the same in every collector of it.
import type { Clock } from '../telemetry/clock.ts'

export interface Totals {
  bytes: number
  spans: number
}

/** Of one key in one month (`2026-01`, UTC). As a change it is what has come since the last one that was written. */
export interface KeyUsage extends Totals {
  project: string
  keyId: string
  month: string
  requests: number
  lastUsedMs: number
}

export interface UsageBook {
  add(project: string, keyId: string, totals: Totals): void
  ofKey(project: string, keyId: string): Totals
  ofProject(project: string): Totals
  /**
   * Takes what was counted since the last time, to be written. Asked again before `written`, it gives the same:
   * whether a failed write arrived is for the store's token to tell.
   */
  changes(): readonly KeyUsage[]
  /** The changes are in the store. */
  written(): void
  /** All that the store has of this month; called after `written`, else what is under way would count twice. */
  setStored(rows: readonly Pick<KeyUsage, 'project' | 'keyId' | 'month' | 'bytes' | 'spans'>[]): void
}

export const monthOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 7)

export function createUsageBook(clock: Clock): UsageBook {
  let month = monthOf(clock.nowMs())
  let monthEndMs = endOf(month)
  const keys = new Map<string, Totals>()
  const projects = new Map<string, Totals>()
  let open = new Map<string, KeyUsage>()
  let taken: readonly KeyUsage[] = []

  const turnMonth = (): void => {
    const nowMs = clock.nowMs()
    if (nowMs < monthEndMs) return
    month = monthOf(nowMs)
    monthEndMs = endOf(month)
    keys.clear()
    projects.clear()
  }
  const count = (project: string, keyId: string, totals: Totals): void => {
    grow(keys, `${project} ${keyId}`, totals)
    grow(projects, project, totals)
  }
  return {
    add(project, keyId, totals) {
      turnMonth()
      count(project, keyId, totals)
      const name = `${project} ${keyId} ${month}`
      const change = open.get(name) ?? { project, keyId, month, bytes: 0, spans: 0, requests: 0, lastUsedMs: 0 }
      change.bytes += totals.bytes
      change.spans += totals.spans
      change.requests += 1
      change.lastUsedMs = clock.nowMs()
      open.set(name, change)
    },
    ofKey(project, keyId) {
      turnMonth()
      return keys.get(`${project} ${keyId}`) ?? NOTHING
    },
    ofProject(project) {
      turnMonth()
      return projects.get(project) ?? NOTHING
    },
    changes() {
      if (taken.length === 0) {
        taken = [...open.values()]
        open = new Map()
      }
      return taken
    },
    written() {
      taken = []
    },
    setStored(rows) {
      turnMonth()
      keys.clear()
      projects.clear()
      for (const row of [...rows, ...taken, ...open.values()]) {
        if (row.month === month) count(row.project, row.keyId, row)
      }
    },
  }
}

const NOTHING: Totals = Object.freeze({ bytes: 0, spans: 0 })

function grow(map: Map<string, Totals>, name: string, { bytes, spans }: Totals): void {
  const totals = map.get(name)
  if (totals === undefined) map.set(name, { bytes, spans })
  else {
    totals.bytes += bytes
    totals.spans += spans
  }
}

function endOf(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Date.UTC(year, number, 1)
}
