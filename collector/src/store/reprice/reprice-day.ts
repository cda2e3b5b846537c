// One day of `spans` whose rows have other costs by today's prices in; the day rewritten by them out: a twin table gets every row with its cost
// columns made anew, and takes the partition's place as one, so readers see the old day or the new. Never a mutation.
import { InsightsError } from '../../telemetry/errors.ts'
import type { Store } from '../client.ts'
import type { DayGate } from '../day-gate.ts'
import { compareRollups, createTwin, rebuildRollups } from '../rebuild.ts'
import { quoteIdentifier } from '../sql.ts'
import { refuseOtherWriters } from './other-writers.ts'
import type { PlanTables } from './plan-tables.ts'
import { COST_COLUMNS, READ_COLUMNS, REPRICE_SETTINGS, repriceSelect } from './price-sql.ts'

export interface RewriteDeps {
  readonly store: Store
  /** The gate that this process's inserts pass. */
  readonly gate: DayGate
}

/** How often a day is copied outside of the gate; the next time inserts wait meanwhile. */
const OPEN_ROUNDS = 2

export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
export const spansOf = (store: Store): string => `${quoteIdentifier(store.database)}.spans`

/** A run that died between the swap of a day and its rollups left those behind. */
export async function mendRollups(day: number, { store, gate }: RewriteDeps): Promise<void> {
  const [comparison] = await compareRollups(store, { day })
  if (comparison && !comparison.equal) await gate.own(day, () => rebuildRollups(store, day))
}

/** Swaps the day for its copy, and its rollups for theirs. @throws InsightsError INSIGHTS_STORE_MISMATCH when somebody else keeps changing it */
export async function rewriteDay(day: number, plans: PlanTables, { store, gate }: RewriteDeps): Promise<void> {
  await checkSpace(store, day)
  const twin = `${quoteIdentifier(store.database)}.spans_reprice_${day}`
  const copy = copier(day, twin, { store, plans, columns: await readColumns(store) })
  try {
    for (let round = 1; ; round++) {
      const repairs = gate.repairs()
      const isOpen = round <= OPEN_ROUNDS
      if (isOpen) await copy.all()
      const isDone = await gate.own(day, async () => {
        // What another repair did to the day meanwhile is not in the copy.
        if (!isOpen) await copy.all()
        else if (gate.repairs() !== repairs) return false
        await refuseOtherWriters(store, dayText(day))
        if (!(await copy.rest())) return false
        await swap(store, day, twin)
        await rebuildRollups(store, day)
        return true
      })
      if (isDone) return
      if (!isOpen) throw changing(day)
    }
  } finally {
    await store.command(`DROP TABLE IF EXISTS ${twin} SYNC`)
  }
}

const changing = (day: number): InsightsError =>
  new InsightsError(
    'INSIGHTS_STORE_MISMATCH',
    `cannot reprice ${dayText(day)}: its rows change all the time, and not by this collector`,
    { hint: 'stop the other writers of this ClickHouse, then run it again' },
  )

/** Retention takes rows out of either table when it likes. */
const IS_KEPT = 'day + toIntervalDay(retention_days) > today()'

interface Copy {
  readonly store: Store
  readonly plans: PlanTables
  readonly columns: readonly string[]
}

function copier(day: number, twin: string, { store, plans, columns }: Copy) {
  const spans = spansOf(store)
  const list = columns.map(quoteIdentifier).join(', ')
  const anew = new Set<string>(COST_COLUMNS)
  const read = new Set<string>(READ_COLUMNS)
  // The others travel as one: a statement that names each of them at every step takes ClickHouse a second to understand.
  const carried = columns.filter((name) => !read.has(name)).map(quoteIdentifier)
  const source = `SELECT ${READ_COLUMNS.join(', ')}, tuple(${carried.join(', ')}) AS x_carried FROM ${spans} WHERE day = toDate({day:Int32})`
  const values = columns.map((name) => {
    const column = quoteIdentifier(name)
    if (read.has(name)) return anew.has(name) ? `n_${name} AS ${column}` : column
    return `tupleElement(x_carried, ${carried.indexOf(column) + 1}) AS ${column}`
  })
  const insert = async (rows: string): Promise<void> => {
    const priced = repriceSelect(`(${plans.join(`(${source} ${rows})`)})`, plans.shape)
    await store.command(
      `INSERT INTO ${twin} (${list}) SELECT ${values.join(', ')} FROM (${priced})`,
      { day },
      { ...COPY_SETTINGS, ...REPRICE_SETTINGS },
    )
  }
  return {
    async all(): Promise<void> {
      await store.command(`DROP TABLE IF EXISTS ${twin} SYNC`)
      await createTwin(store, twin, spans)
      await insert('')
    },
    /** Batches that came since: a batch is one part, so it is in the copy as a whole or not at all. False = the copy is of other rows. */
    async rest(): Promise<boolean> {
      await insert(`AND batch_id NOT IN (SELECT batch_id FROM ${twin})`)
      const [row] = await store.select<{ base: number; copied: number }>(
        `SELECT (SELECT count() FROM ${spans} WHERE day = toDate({day:Int32}) AND ${IS_KEPT}) AS base,
           (SELECT count() FROM ${twin} WHERE ${IS_KEPT}) AS copied`,
        { day },
        { timeoutMs: 600_000 },
      )
      return row?.base === row?.copied
    },
  }
}

const COPY_SETTINGS = { async_insert: 0, insert_deduplicate: 0, max_partitions_per_insert_block: 1 }

async function swap(store: Store, day: number, twin: string): Promise<void> {
  const [row] = await store.select<{ rows: number }>(`SELECT count() AS rows FROM ${twin}`)
  // All gone by retention meanwhile: nothing is left to put in place of nothing.
  if (!row?.rows) return
  await store.command(`ALTER TABLE ${spansOf(store)} REPLACE PARTITION '${dayText(day)}' FROM ${twin}`)
}

/** Every column that is stored: a copy that left one out would lose it. */
async function readColumns(store: Store): Promise<string[]> {
  const rows = await store.select<{ name: string }>(
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'spans' AND default_kind NOT IN ('ALIAS', 'MATERIALIZED')
     ORDER BY position`,
  )
  return rows.map(({ name }) => name)
}

/** The copy needs as much disk as the day; an engine whose disk is full takes no spans either. */
async function checkSpace(store: Store, day: number): Promise<void> {
  const [row] = await store.select<{ needed: number; free: number }>(
    `SELECT (SELECT sum(bytes_on_disk) FROM system.parts WHERE database = currentDatabase() AND table = 'spans' AND active AND partition = {day:String}) AS needed,
       (SELECT max(unreserved_space) FROM system.disks) AS free`,
    { day: dayText(day) },
  )
  if (row && row.needed * 1.2 > row.free) {
    throw new InsightsError(
      'INSIGHTS_STORE_REJECTED',
      `cannot reprice ${dayText(day)}: a copy of it needs ${gib(row.needed)} GiB, and ${gib(row.free)} are free`,
      { hint: 'make room, or shorten retention_days' },
    )
  }
}

const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1)
