// Rollups against their base: compare a day, or recompute it and swap it in as one.
import { InsightsError } from '../telemetry/errors.ts'
import type { Store } from './client.ts'
import { quoteIdentifier } from './sql.ts'

/**
 * Every rollup of `spans`, each filled by the materialized views `<table>_mv` and, with what was settled later, `<table>_settled_mv`; metrics_hour by
 * its own alone, out of metrics_minute, which comes before it.
 */
export const ROLLUPS = ['traces', 'metrics_minute', 'metrics_hour'] as const
export type Rollup = (typeof ROLLUPS)[number]
/** Counted out of a rollup (count-traces), and not kept when that is made anew. */
export const COUNTS_OF_TRACES = 'trace_counts'

/** Figures of one day as the table has them; sums are exact text, so that nothing is lost to a float. */
export interface DayFigures {
  spans: number
  errors: number
  calls: number
  settlements: number
  input_tokens: string
  output_tokens: string
  cost_usd: string
}

export interface DayComparison {
  /** `2026-01-31` */
  day: string
  base: DayFigures
  rollups: Record<Rollup, DayFigures>
  equal: boolean
}

export interface CompareOptions {
  /** Days since 1970; undefined = all days. */
  day?: number
  /** Only row counts: reads no figures, so it is cheap enough for each repair. */
  countsOnly?: boolean
}

/**
 * Base and rollups side by side, a row a day. Days of which retention has begun to take rows can differ: the base drops rows one by one,
 * a rollup only whole groups.
 */
export async function compareRollups(store: Store, options: CompareOptions = {}): Promise<DayComparison[]> {
  const [base, ...rollups] = await Promise.all(['spans', ...ROLLUPS].map((table) => readFigures(store, table, options)))
  const days = new Set([base, ...rollups].flatMap((figures) => [...(figures?.keys() ?? [])]))
  return [...days].sort().map((day) => {
    const own = base?.get(day) ?? NO_FIGURES
    const [traces = NO_FIGURES, metrics_minute = NO_FIGURES, metrics_hour = NO_FIGURES] = rollups.map((found) =>
      found.get(day),
    )
    return {
      day,
      base: own,
      rollups: { traces, metrics_minute, metrics_hour },
      equal: [traces, metrics_minute, metrics_hour].every((figures) => same(own, figures)),
    }
  })
}

const NO_FIGURES: DayFigures = {
  spans: 0,
  errors: 0,
  calls: 0,
  settlements: 0,
  input_tokens: '0',
  output_tokens: '0',
  cost_usd: '0',
}

const same = (a: DayFigures, b: DayFigures): boolean =>
  a.spans === b.spans &&
  a.errors === b.errors &&
  a.calls === b.calls &&
  a.settlements === b.settlements &&
  a.input_tokens === b.input_tokens &&
  a.output_tokens === b.output_tokens &&
  a.cost_usd === b.cost_usd

async function readFigures(store: Store, table: string, options: CompareOptions): Promise<Map<string, DayFigures>> {
  const columns = figuresOf(options.countsOnly ?? false)
  const from = table === 'spans' ? `(${recount(options.countsOnly ?? false)})` : table
  const rows = await store.select<DayFigures & { day: string }>(
    `SELECT toString(t.day) AS day, ${columns} FROM ${from} AS t
     WHERE {day:Int32} < 0 OR t.day = toDate({day:Int32}) GROUP BY t.day`,
    { day: options.day ?? -1 },
    { timeoutMs: AUDIT_TIMEOUT_MS },
  )
  return new Map(rows.map(({ day, ...figures }) => [day, { ...NO_FIGURES, ...figures }]))
}

const AUDIT_TIMEOUT_MS = 600_000
const COUNTS = ['spans', 'errors', 'calls', 'settlements']
const SUMS = ['input_tokens', 'output_tokens', 'cost_usd']

/** What the rollups of a day must say: its spans as they arrived, and its settlements with the figures that their spans have now. */
function recount(countsOnly: boolean): string {
  if (countsOnly) {
    return `SELECT day, count() AS spans, 0 AS settlements FROM spans GROUP BY day
      UNION ALL SELECT day, 0, count() FROM settlements GROUP BY day`
  }
  return `SELECT day, ${figures({
    spans: 'count()',
    errors: 'countIf(status_code = 2)',
    calls: 'countIf(counts_usage = 1)',
    settlements: '0',
    input_tokens: 'sumIf(input_tokens, counts_usage = 1)',
    output_tokens: 'sumIf(output_tokens, counts_usage = 1)',
    cost_usd: 'sumIf(cost_usd, counts_usage = 1)',
  })} FROM spans GROUP BY day
  UNION ALL SELECT day, ${figures({
    spans: '0',
    errors: '0',
    calls: 'sum(sign)',
    settlements: 'count()',
    input_tokens: 'sum(sign * toInt64(input_tokens))',
    output_tokens: 'sum(sign * toInt64(output_tokens))',
    cost_usd: 'sum(sign * cost_usd)',
  })} FROM settled_spans GROUP BY day`
}

const figures = (expressions: Record<keyof DayFigures, string>): string =>
  Object.entries(expressions)
    .map(([name, sql]) => `${name === 'cost_usd' ? `ifNull(${sql}, 0)` : `toInt64(ifNull(${sql}, 0))`} AS ${name}`)
    .join(', ')

function figuresOf(countsOnly: boolean): string {
  if (countsOnly) return 'sum(t.spans) AS spans, sum(t.settlements) AS settlements'
  const counts = COUNTS.map((column) => `sum(t.${column}) AS ${column}`)
  const sums = SUMS.map((column) => `toString(ifNull(sum(t.${column}), 0)) AS ${column}`)
  return [...counts, ...sums].join(', ')
}

/**
 * Recomputes one day of a rollup from the base into a twin table and swaps the partition: readers see the old day or the new one.
 * The caller keeps inserts of that day away (see day-gate.ts), or compares afterwards and repeats.
 */
export async function rebuildRollup(
  store: Store,
  rollup: Rollup,
  day: number,
  windowRows = WINDOW_ROWS,
): Promise<void> {
  const database = quoteIdentifier(store.database)
  const table = `${database}.${rollup}`
  const twin = `${database}.${rollup}_rebuild_${day}`
  const partition = isoDay(day)
  // Left over from a crash, it may be of an older shape.
  await store.command(`DROP TABLE IF EXISTS ${twin} SYNC`)
  await createTwin(store, twin, table)
  try {
    for (const { columns, select } of await partsOf(store, rollup, { day, windowRows })) {
      await store.command(
        `INSERT INTO ${twin} (${columns}) SELECT ${columns} FROM (${select}) WHERE day = toDate({day:Int32})`,
        { day },
        REBUILD_SETTINGS,
      )
    }
    const [row] = await store.select<{ rows: number }>(`SELECT count() AS rows FROM ${twin}`)
    // ClickHouse refuses to replace by nothing, lest it be a mistake; here an empty base means an empty rollup.
    const swap = row?.rows ? `REPLACE PARTITION '${partition}' FROM ${twin}` : `DROP PARTITION '${partition}'`
    await store.command(`ALTER TABLE ${table} ${swap}`)
  } finally {
    await store.command(`DROP TABLE IF EXISTS ${twin} SYNC`)
  }
}

/**
 * An empty table in the shape of another, whose parts soon go to that one: merging them is for there and later. A remote server may not
 * let us say so, and then merges as it likes.
 */
export async function createTwin(store: Store, twin: string, table: string): Promise<void> {
  await store.command(`CREATE TABLE ${twin} AS ${table}`)
  if (store.generation !== undefined) await store.command(`SYSTEM STOP MERGES ${twin}`)
}

/** A large day must not need its groups in memory at once, and the twin starts empty, so nothing is to be deduplicated. */
const REBUILD_SETTINGS = {
  async_insert: 0,
  insert_deduplicate: 0,
  max_partitions_per_insert_block: 1,
  max_bytes_before_external_group_by: '536870912',
}

const DAY_MS = 86_400_000
const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
const HOURS = 24
/** About as many rows are grouped at once: their groups fit in memory, where spilling them to disk costs half as much again. */
const WINDOW_ROWS = 250_000

interface Definition {
  columns: string
  select: string
}

/** What fills a day of the rollup, one after the other. */
async function partsOf(
  store: Store,
  rollup: Rollup,
  window: { day: number; windowRows: number },
): Promise<Definition[]> {
  const arrived = await readDefinition(store, `${rollup}_mv`)
  // Out of minutes, which hold what was settled and are few.
  if (rollup === 'metrics_hour') return [arrived]
  return [...(await inWindows(store, arrived, window)), await readDefinition(store, `${rollup}_settled_mv`)]
}

/**
 * A large day hour by hour, as its rows lie. A trace or a minute in two windows has two rows in the rollup then, as it has when its spans
 * arrive in two batches; a merge puts them together.
 */
async function inWindows(
  store: Store,
  { columns, select }: Definition,
  { day, windowRows }: { day: number; windowRows: number },
): Promise<Definition[]> {
  const [row] = await store.select<{ rows: number }>(
    'SELECT count() AS rows FROM spans WHERE day = toDate({day:Int32})',
    {
      day,
    },
  )
  const hours = Math.ceil(HOURS / Math.min(HOURS, Math.ceil((row?.rows ?? 0) / windowRows) || 1))
  const starts = Array.from({ length: Math.ceil(HOURS / hours) }, (_, i) => i * hours)
  return starts.map((from) => {
    const at = (hour: number): string => `fromUnixTimestamp64Milli(toInt64(${day * DAY_MS + hour * 3_600_000}), 'UTC')`
    // Open at both ends: a start time may lie outside of its day.
    const bounds = [from > 0 && `start_time >= ${at(from)}`, from + hours < HOURS && `start_time < ${at(from + hours)}`]
    const where = ['day = toDate({day:Int32})', ...bounds.filter((bound) => bound !== false)].join(' AND ')
    const rows = `FROM (SELECT * FROM ${quoteIdentifier(store.database)}.spans WHERE ${where}) AS s`
    return { columns, select: select.replace(/FROM \S+\.`?spans`? AS s\b/, () => rows) }
  })
}

/** What a materialized view makes of an insert, to be made of a whole day. */
/** What a materialized view selects. */
export async function readDefinition(store: Store, view: string): Promise<Definition> {
  const rows = await store.select<{ columns: string[]; as_select: string }>(
    `SELECT
       (SELECT groupArray(name) FROM (SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {view:String} ORDER BY position)) AS columns,
       (SELECT as_select FROM system.tables WHERE database = currentDatabase() AND name = {view:String}) AS as_select`,
    { view },
  )
  const found = rows[0]
  if (found === undefined || found.as_select === '' || found.columns.length === 0) {
    throw new InsightsError(
      'INSIGHTS_STORE_MISMATCH',
      `cannot rebuild rollups: the materialized view ${view} is missing`,
      {
        hint: 'run `insights migrate`',
      },
    )
  }
  // Entries pass through their table; what they were is read back from the settlements and their spans.
  const select = found.as_select.replaceAll('settlement_entries', 'settled_spans')
  return { columns: found.columns.map(quoteIdentifier).join(', '), select }
}

const MAX_ROUNDS = 5

/** What was counted of traces that may not be so: they are read again until the next count. First, so that no crash leaves it; it holds names of traces too. */
export async function forgetCounts(store: Store, day: number): Promise<void> {
  await store.command(
    `ALTER TABLE ${quoteIdentifier(store.database)}.${COUNTS_OF_TRACES} DROP PARTITION '${isoDay(day)}'`,
  )
}

/**
 * Rebuilds every rollup of a day until it equals the base.
 * @throws InsightsError INSIGHTS_STORE_MISMATCH when it still differs after five rounds: someone else inserts into this day all the time.
 */
export async function rebuildRollups(store: Store, day: number): Promise<DayComparison | undefined> {
  await forgetCounts(store, day)
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    for (const rollup of ROLLUPS) await rebuildRollup(store, rollup, day)
    const [comparison] = await compareRollups(store, { day })
    if (comparison === undefined || comparison.equal) return comparison
  }
  throw new InsightsError(
    'INSIGHTS_STORE_MISMATCH',
    `cannot rebuild the rollups of day ${day}: they differ from the base after ${MAX_ROUNDS} rounds`,
    {
      hint: 'stop other writers, then run `insights rebuild` again',
    },
  )
}
