// Names of calls and the prices that they had -> two small tables beside `spans`, and the join that gives each row its plan.
import { randomUUID } from 'node:crypto'
import type { Store } from '../client.ts'
import { ByteWriter } from '../native-bytes.ts'
import { quoteIdentifier } from '../sql.ts'
import { BUCKETS, type SumShape } from './price-sql.ts'

/** What a price is looked up by; one row of `spans` has just one of these. */
export interface CallNames {
  project: string
  provider: string
  responseModel: string
  requestModel: string
  serviceTier: string
}

/** A price as figures, see price/price-table.ts. */
export interface TabledPrice {
  readonly id: string
  readonly reason: string
  readonly matchedBy: string
  readonly levels: readonly {
    readonly aboveInputTokens: number
    readonly tier: string
    readonly denominator: bigint
    readonly numerators: readonly bigint[]
    readonly unpriced: number
    readonly needsTokens: boolean
    readonly flags: readonly number[]
  }[]
}

/** The price of a call at a time; the same answer, by identity, until the next multiple of STEP_MS. */
export type FindPrice = (names: CallNames, atMs: number) => TabledPrice

/** Prices change with the day and, for a few models, with the half hour. */
const STEP_MS = 1_800_000
const DAY_MS = 86_400_000
export const STEPS_PER_DAY = DAY_MS / STEP_MS

export interface PlanTables {
  /** A SELECT of every column of `source` (a table or subquery with the columns of spans) with PLAN_COLUMNS beside. */
  join(source: string): string
  readonly shape: SumShape
  drop(): Promise<void>
}

export interface PlanTableOptions {
  readonly store: Store
  /** Distinct names, with the day that their start time is of. */
  readonly names: readonly (CallNames & { startDay: number })[]
  readonly findPrice: FindPrice
}

const KEY_TABLE = 'reprice_keys'
const PLAN_TABLE = 'reprice_plans'

/** Fills the tables; there is one run at a time. Whoever gets them drops them. */
export async function createPlanTables({ store, names, findPrice }: PlanTableOptions): Promise<PlanTables> {
  const plans = new Map<TabledPrice, number>()
  const planOf = (price: TabledPrice): number => {
    // From 1: a row whose names are in no key asks for plan 0, which there is not.
    const known = plans.get(price) ?? plans.size + 1
    plans.set(price, known)
    return known
  }
  const keys = names.map((call) => ({ call, plans: plansOfDay(call, findPrice).map(planOf) }))
  const prices = [...plans.keys()]
  const shape = shapeOf(prices)
  const drop = async (): Promise<void> => {
    for (const table of [KEY_TABLE, PLAN_TABLE]) await store.command(`DROP TABLE IF EXISTS ${full(store, table)} SYNC`)
  }
  await drop()
  await store.command(createTable(full(store, KEY_TABLE), KEY_TYPES))
  await store.command(createTable(full(store, PLAN_TABLE), planTypes(shape.all)))
  await insert(
    store,
    KEY_TABLE,
    KEY_TYPES,
    keys.map(({ call, plans: ids }) => keyRow(call, ids)),
  )
  await insert(
    store,
    PLAN_TABLE,
    planTypes(shape.all),
    prices.flatMap((price, i) => planRows(price, i + 1)),
  )
  return { join: (source) => joinText(source, full(store, KEY_TABLE), full(store, PLAN_TABLE)), shape, drop }
}

const full = (store: Store, table: string): string => `${quoteIdentifier(store.database)}.${table}`

/** One price, or one for each half hour when it changes in between. */
function plansOfDay(call: CallNames & { startDay: number }, findPrice: FindPrice): TabledPrice[] {
  const prices = Array.from({ length: STEPS_PER_DAY }, (_, step) =>
    findPrice(call, call.startDay * DAY_MS + step * STEP_MS),
  )
  return new Set(prices).size === 1 ? prices.slice(0, 1) : prices
}

/**
 * The buckets of a side are parts of one count below 2^32, so a sum is below 2^32 times its largest rate; half of an Int64 is left for the
 * rounding. An operator's odd factor makes denominators of any length.
 */
function shapeOf(prices: readonly TabledPrice[]): SumShape {
  const levels = prices.flatMap((price) => price.levels)
  const isBelow = (bits: bigint, buckets: number): boolean =>
    levels.every((level) =>
      [...level.numerators.slice(0, buckets), level.denominator].every((figure) => figure < 2n ** bits),
    )
  const all = isBelow(85n, BUCKETS.length) ? 'Int128' : 'Int256'
  return {
    tokens: isBelow(30n, TOKEN_BUCKETS) ? 'Int64' : all,
    all,
    isWhole: levels.every(({ denominator }) => denominator === 1n),
  }
}

const TOKEN_BUCKETS = 10

type Types = Readonly<Record<string, string>>
type Cell = string | number | bigint | readonly number[]

const KEY_TYPES: Types = {
  k_project: 'String',
  k_provider: 'String',
  k_response: 'String',
  k_request: 'String',
  k_tier: 'String',
  k_day: 'Int32',
  k_plans: 'Array(UInt32)',
}

const planTypes = (sumType: string): Types => ({
  p_plan: 'UInt32',
  p_above: 'Int64',
  p_known: 'UInt8',
  p_id: 'String',
  p_reason: 'String',
  p_matched: 'String',
  p_tier: 'String',
  p_unpriced: 'UInt32',
  p_needs_tokens: 'UInt8',
  p_denominator: sumType,
  ...Object.fromEntries(BUCKETS.map((_, i) => [`p_n${i}`, sumType])),
  ...Object.fromEntries(BUCKETS.map((_, i) => [`p_f${i}`, 'UInt8'])),
})

const createTable = (name: string, types: Types): string =>
  `CREATE TABLE ${name} (${Object.entries(types).map(([column, type]) => `${column} ${type}`)}) ENGINE = Memory`

const keyRow = (call: CallNames & { startDay: number }, plans: readonly number[]): Cell[] => [
  call.project,
  call.provider,
  call.responseModel,
  call.requestModel,
  call.serviceTier,
  call.startDay,
  plans,
]

const planRows = ({ id, reason, matchedBy, levels }: TabledPrice, plan: number): Cell[][] =>
  levels.map((level) => [
    plan,
    level.aboveInputTokens,
    1,
    id,
    reason,
    matchedBy,
    level.tier,
    level.unpriced,
    level.needsTokens ? 1 : 0,
    level.denominator,
    ...level.numerators,
    ...level.flags,
  ])

// The nearest level below the whole input is the one that holds.
const joinText = (source: string, keys: string, plans: string): string => `
  SELECT * FROM (
    SELECT s.*, toInt64(ifNull(s.input_tokens, 0)) AS k_input,
      k.k_plans[if(length(k.k_plans) = 1, 1, 1 + intDiv(toUnixTimestamp64Milli(s.start_time) % ${DAY_MS}, ${STEP_MS}))] AS k_plan
    FROM ${source} AS s
    ANY LEFT JOIN ${keys} AS k ON s.project_id = k.k_project AND s.provider = k.k_provider AND s.response_model = k.k_response
      AND s.request_model = k.k_request AND s.service_tier = k.k_tier AND toInt32(toDate(s.start_time)) = k.k_day
  ) AS s ASOF LEFT JOIN ${plans} AS p ON s.k_plan = p.p_plan AND s.k_input > p.p_above`

async function insert(store: Store, table: string, types: Types, rows: readonly Cell[][]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(types)
  const block = new ByteWriter()
  block.varint(columns.length)
  block.varint(rows.length)
  columns.forEach((column, i) => {
    block.text(column)
    block.text(types[column]!)
    putColumn(
      block,
      types[column]!,
      rows.map((row) => row[i]!),
    )
  })
  await store.insertNative({ table, columns, bytes: block.finish(), token: randomUUID() })
}

function putColumn(block: ByteWriter, type: string, cells: readonly Cell[]): void {
  if (type === 'String') {
    for (const cell of cells) block.text(String(cell))
  } else if (type.startsWith('Array')) {
    const lists = cells as readonly (readonly number[])[]
    let end = 0
    for (const list of lists) {
      end += list.length
      block.uint64(end)
    }
    for (const item of lists.flat()) block.put(littleEndian(item, 4))
  } else for (const cell of cells) block.put(littleEndian(cell as number | bigint, Number(/\d+/.exec(type)![0]) / 8))
}

function littleEndian(value: number | bigint, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes)
  let rest = BigInt.asUintN(bytes * 8, BigInt(value))
  for (let i = 0; i < bytes; i++) {
    out[i] = Number(rest & 255n)
    rest >>= 8n
  }
  return out
}
