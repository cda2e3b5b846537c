// A range of days in; each of them priced anew, and what that changed, out.
import { InsightsError } from '../../telemetry/errors.ts'
import type { Store } from '../client.ts'
import { quoteIdentifier } from '../sql.ts'
import { type ModelDifference, readDifferences } from './differences.ts'
import { type CallNames, createPlanTables, type FindPrice } from './plan-tables.ts'
import { IS_PRICED, READ_COLUMNS, repriceSelect } from './price-sql.ts'
import { dayText, mendRollups, type RewriteDeps, rewriteDay, spansOf } from './reprice-day.ts'

export interface RepriceDeps extends RewriteDeps {
  readonly findPrice: FindPrice
}

export interface RepriceOptions {
  /** Days since 1970, both included. */
  readonly from: number
  readonly to: number
  /** Undefined: every project. */
  readonly project: string | undefined
  readonly dryRun: boolean
  readonly onDay?: (day: RepricedDay, done: number, total: number) => void
  /** Aborted: it ends after the day in hand. */
  readonly signal?: AbortSignal
}

export interface RepricedDay {
  /** `2026-01-31` */
  day: string
  /** Rows that were, or would be, priced otherwise. */
  changed: number
  rewritten: boolean
}

export interface RepriceResult {
  days: RepricedDay[]
  /** Over all days, the largest difference first. */
  models: ModelDifference[]
  changed: number
  old_usd: string
  new_usd: string
  delta_usd: string
}

/** As many are compared in one statement, which alone takes half a second to be understood. */
const DAYS_AT_ONCE = 31
/** Distinct names in those days: more than a hostile sender could make in dictionary columns. */
const MAX_NAMES = 1_000_000

/** @throws InsightsError INSIGHTS_STORE_REJECTED in a cluster: there, partitions of several shards cannot be swapped as one */
export async function reprice(options: RepriceOptions, deps: RepriceDeps): Promise<RepriceResult> {
  const { store } = deps
  if (store.cluster !== undefined) {
    throw new InsightsError(
      'INSIGHTS_STORE_REJECTED',
      'cannot reprice a cluster: its shards cannot be swapped as one',
      {
        hint: 'run it on each shard, with clickhouse.url of the shard and without clickhouse.cluster',
      },
    )
  }
  await dropLeftovers(store)
  const all = await readDays(store, options)
  const days: RepricedDay[] = []
  const differences: ModelDifference[] = []
  const onDay = (day: RepricedDay, models: readonly ModelDifference[]): void => {
    days.push(day)
    differences.push(...models)
    options.onDay?.(day, days.length, all.length)
  }
  for (let i = 0; i < all.length && !options.signal?.aborted; i += DAYS_AT_ONCE) {
    await repriceDays(all.slice(i, i + DAYS_AT_ONCE), { ...options, onDay }, deps)
  }
  return { days, ...summarize(differences) }
}

type OnDay = (day: RepricedDay, models: readonly ModelDifference[]) => void

async function repriceDays(
  days: readonly number[],
  { project, dryRun, signal, onDay }: Omit<RepriceOptions, 'onDay'> & { onDay: OnDay },
  deps: RepriceDeps,
): Promise<void> {
  const { store } = deps
  const range = { from: days[0]!, to: days.at(-1)! }
  const plans = await createPlanTables({ ...deps, names: await readNames(store, range, project) })
  try {
    const thin = `(SELECT ${READ_COLUMNS.join(', ')} FROM ${spansOf(store)})`
    const found = await readDifferences(store, repriceSelect(`(${plans.join(thin)})`, plans.shape), range)
    for (const day of days) {
      if (signal?.aborted) return
      const models = found.get(day) ?? []
      const rewritten = !dryRun && models.length > 0
      if (rewritten) await rewriteDay(day, plans, deps)
      else if (!dryRun) await mendRollups(day, deps)
      onDay({ day: dayText(day), changed: models.reduce((sum, { changed }) => sum + changed, 0), rewritten }, models)
    }
  } finally {
    await plans.drop()
  }
}

function readNames(
  store: Store,
  range: { from: number; to: number },
  project: string | undefined,
): Promise<(CallNames & { startDay: number })[]> {
  return store.select(
    `SELECT project_id AS project, provider, response_model AS responseModel, request_model AS requestModel,
       service_tier AS serviceTier, toInt32(toDate(start_time)) AS startDay
     FROM spans WHERE day BETWEEN toDate({from:Int32}) AND toDate({to:Int32}) AND ${IS_PRICED}
       AND ({all:UInt8} = 1 OR project_id = {project:String})
     GROUP BY ALL`,
    { ...range, project: project ?? '', all: project === undefined ? 1 : 0 },
    { timeoutMs: 600_000, maxRows: MAX_NAMES },
  )
}

async function readDays(store: Store, { from, to }: RepriceOptions): Promise<number[]> {
  const rows = await store.select<{ number: number }>(
    'SELECT DISTINCT toInt32(day) AS number FROM spans WHERE day BETWEEN toDate({from:Int32}) AND toDate({to:Int32}) ORDER BY number',
    { from, to },
  )
  return rows.map(({ number }) => number)
}

/** Tables of a run that died. */
async function dropLeftovers(store: Store): Promise<void> {
  const rows = await store.select<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '^(spans_reprice_[0-9]+|reprice_keys|reprice_plans)$')`,
  )
  for (const { name } of rows) {
    await store.command(`DROP TABLE IF EXISTS ${quoteIdentifier(store.database)}.${quoteIdentifier(name)} SYNC`)
  }
}

function summarize(differences: readonly ModelDifference[]): Omit<RepriceResult, 'days'> {
  const models = new Map<string, ModelDifference>()
  for (const difference of differences) {
    const key = [difference.project, difference.provider, difference.model].join('\0')
    const known = models.get(key)
    models.set(key, known ? add(known, difference) : difference)
  }
  const all = [...models.values()]
  const total = (pick: (one: ModelDifference) => string): string => all.map(pick).reduce(addUsd, '0')
  return {
    models: all.sort((a, b) => Math.abs(Number(b.delta_usd)) - Math.abs(Number(a.delta_usd))),
    changed: all.reduce((sum, { changed }) => sum + changed, 0),
    old_usd: total(({ old_usd }) => old_usd),
    new_usd: total(({ new_usd }) => new_usd),
    delta_usd: total(({ delta_usd }) => delta_usd),
  }
}

const add = (a: ModelDifference, b: ModelDifference): ModelDifference => ({
  ...a,
  rows: a.rows + b.rows,
  changed: a.changed + b.changed,
  old_usd: addUsd(a.old_usd, b.old_usd),
  new_usd: addUsd(a.new_usd, b.new_usd),
  delta_usd: addUsd(a.delta_usd, b.delta_usd),
  now_priced: a.now_priced + b.now_priced,
  now_unpriced: a.now_unpriced + b.now_unpriced,
})

const PICO_DIGITS = 12

/** Exact, as text in and out. */
function addUsd(a: string, b: string): string {
  const sum = toPico(a) + toPico(b)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(PICO_DIGITS + 1, '0')
  const fraction = digits.slice(-PICO_DIGITS).replace(/0+$/, '')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -PICO_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`
}

function toPico(usd: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(usd) ?? []
  const pico = BigInt(whole + fraction.padEnd(PICO_DIGITS, '0').slice(0, PICO_DIGITS))
  return sign === '-' ? -pico : pico
}
