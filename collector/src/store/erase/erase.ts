// A subject and its traces in; their rows gone from every table, the rollups of those days made anew, out.
//
// Rows go by a lightweight DELETE, and the rollups by a swap, alone in the day: nothing can take out of a sum what went into it. Then the marked rows
// are written out of their parts and the old parts removed from the disk, which merges alone would do some day. No mutation is left behind.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { InsightsError } from '../../telemetry/errors.ts'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { insertLedger, type LedgerRow } from '../ledger.ts'
import { COUNTS_OF_TRACES, ROLLUPS, rebuildRollups } from '../rebuild.ts'
import { quoteIdentifier } from '../sql.ts'
import {
  type Condition,
  conditionsOf,
  type ErasedTable,
  type EraseScope,
  hiddenConditionsOf,
  ofTraces,
  TABLE_NAMES,
} from './subject.ts'

const READ = { timeoutMs: 600_000 }
const IN_DAYS: readonly ErasedTable[] = ['spans', 'log_events', 'settlements']
const DAY_MS = 86_400_000
const OLD_PARTS_MS = 90_000
const LOOK_MS = 250
/** The rollup that has rows of single traces; the other has sums only. */
const ROLLUP_OF_TRACES = 'traces'

/** @throws InsightsError INSIGHTS_STORE_REJECTED in a cluster: a DELETE would reach one shard */
export function refuseCluster(store: Store): void {
  if (store.cluster === undefined) return
  throw new InsightsError('INSIGHTS_STORE_REJECTED', 'cannot erase in a cluster: the statements reach one shard', {
    hint: 'run it on each shard, with clickhouse.url of the shard and without clickhouse.cluster',
  })
}

/** Rows of the subject by table, and of its traces in the rollup that has a row a trace. */
export async function countRows(store: Store, scope: EraseScope): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of TABLE_NAMES)
    counts[table] = await countIn(store, table, withoutOverlap(conditionsOf(table, scope)))
  counts[ROLLUP_OF_TRACES] = await countIn(store, ROLLUP_OF_TRACES, ofTraces(scope.project, scope.traces))
  return counts
}

async function countIn(store: Store, table: string, conditions: readonly Condition[]): Promise<number> {
  let rows = 0
  for (const { sql, params } of conditions) {
    const [row] = await store.select<{ rows: number }>(
      `SELECT count() AS rows FROM ${table} WHERE ${sql}`,
      params,
      READ,
    )
    rows += row?.rows ?? 0
  }
  return rows
}

/** Parts that no table has any more and that were, and still are, on the disk. */
export interface OldParts {
  before: number
  after: number
}

export async function eraseRows(
  scope: EraseScope,
  { store, gate }: { store: Store; gate: DayGate },
): Promise<OldParts> {
  const days = await readDays(store, scope)
  for (const day of days) {
    await gate.own(day, async () => {
      const ledger = await readLedger(store, scope, day)
      for (const table of IN_DAYS) await removeFrom(store, table, scope, day)
      await rebuildRollups(store, day)
      const hash = createHash('sha256').update(JSON.stringify(ledger)).digest('hex').slice(0, 16)
      await insertLedger(store, ledger, { batchId: scope.id, token: `erase-${scope.id}-${day}-${hash}` })
    })
  }
  await removeFrom(store, 'scores', scope)
  return await purge(store, days.length > 0 ? [...TABLE_NAMES, ...ROLLUPS, COUNTS_OF_TRACES] : ['scores'])
}

async function readDays(store: Store, scope: EraseScope): Promise<number[]> {
  const days = new Set<number>()
  const read = async (table: string, { sql, params }: Condition): Promise<void> => {
    const rows = await store.select<{ day: number }>(
      `SELECT DISTINCT toUInt16(day) AS day FROM ${table} WHERE ${sql}`,
      params,
      READ,
    )
    for (const { day } of rows) days.add(day)
  }
  for (const table of IN_DAYS) for (const condition of conditionsOf(table, scope)) await read(table, condition)
  // Of a run that died between rows and rollups.
  for (const condition of ofTraces(scope.project, scope.traces)) await read(ROLLUP_OF_TRACES, condition)
  return [...days].sort((a, b) => a - b)
}

const RECORDS = [
  // A call that a log tells of is no record of its own.
  ['spans', 'traces', ` AND usage_role != 'log'`],
  ['log_events', 'logs', ''],
] as const

/** They had been counted as stored. */
async function readLedger(store: Store, scope: EraseScope, day: number): Promise<LedgerRow[]> {
  const counted = new Map<string, LedgerRow>()
  for (const [table, signal, own] of RECORDS) {
    for (const { sql, params } of withoutOverlap(conditionsOf(table, scope))) {
      const rows = await store.select<{ minute: number; records: number }>(
        `SELECT toUInt32(intDiv(toUnixTimestamp64Milli(received_time), 60000)) AS minute, count() AS records FROM ${table}
         WHERE ${sql}${own} AND day = toDate({day:Int32}) GROUP BY minute ORDER BY minute`,
        { ...params, day },
        READ,
      )
      for (const { minute, records } of rows) {
        const key = `${signal} ${minute}`
        const row = { project: scope.project, minute, signal, outcome: 'filtered' as const, reason: 'erased' }
        counted.set(key, { ...row, records: (counted.get(key)?.records ?? 0) + records })
      }
    }
  }
  return [...counted.values()].flatMap((row) => [
    { ...row, outcome: 'stored' as const, reason: '', records: -row.records },
    row,
  ])
}

// The first condition may name what the others do; they do not overlap among each other.
function withoutOverlap(conditions: readonly Condition[]): Condition[] {
  return conditions.map(({ sql, params }, i) => {
    const first = i > 0 ? conditions[0] : undefined
    const overlaps = first?.sql.includes('{subject:String}') === true
    return overlaps
      ? { params: { ...params, ...first?.params }, sql: `${sql} AND NOT (${first?.sql})` }
      : { sql, params }
  })
}

async function removeFrom(store: Store, table: ErasedTable, scope: EraseScope, day?: number): Promise<void> {
  const name = `${quoteIdentifier(store.database)}.${table}`
  const partition = day === undefined ? '' : ` IN PARTITION '${new Date(day * DAY_MS).toISOString().slice(0, 10)}'`
  for (const { sql, params } of hiddenConditionsOf(table, scope))
    await store.command(`DELETE FROM ${name}${partition} WHERE ${sql}`, params, { lightweight_deletes_sync: 2 })
  await store.command(`ALTER TABLE ${name} APPLY DELETED MASK${partition}`, {}, { mutations_sync: 2 })
}

/** Parts that were written anew stay on the disk for some minutes, in case of a crash; here they must go. What becomes old later never held the rows. */
async function purge(store: Store, tables: readonly string[]): Promise<OldParts> {
  const alter = async (change: string): Promise<void> => {
    for (const table of tables) await store.command(`ALTER TABLE ${quoteIdentifier(store.database)}.${table} ${change}`)
  }
  const [clock] = await store.select<{ now: number }>('SELECT toUnixTimestamp(now()) AS now')
  const count = async (): Promise<number> => {
    const [row] = await store.select<{ parts: number }>(
      `SELECT count() AS parts FROM system.parts WHERE database = currentDatabase() AND NOT active
         AND table IN ({tables:Array(String)}) AND toUnixTimestamp(remove_time) <= {now:Int64}`,
      { tables: [...tables], now: clock?.now ?? 0 },
    )
    return row?.parts ?? 0
  }
  const before = await count()
  let after = before
  await alter('MODIFY SETTING old_parts_lifetime = 1')
  try {
    const end = store.clock.monotonicMs() + OLD_PARTS_MS
    while (after > 0 && store.clock.monotonicMs() < end) {
      await sleep(LOOK_MS)
      after = await count()
    }
  } finally {
    await alter('RESET SETTING old_parts_lifetime')
  }
  return { before, after }
}
