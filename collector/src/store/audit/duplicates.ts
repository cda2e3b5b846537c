// A day in; spans that are stored more than once (same project, trace, span and start), counted, or taken down to one, out.
import { randomBytes } from 'node:crypto'
import type { Store } from '../client.ts'
import { insertLedger, type LedgerRow } from '../ledger.ts'
import { quoteIdentifier } from '../sql.ts'
import { type KeyRange, keyRanges, rangeCondition } from './key-ranges.ts'

/** What the resend filter takes for one span. A call that a log tells of has made ids, and is told apart all the same. */
const KEY = `project_id, trace_id, span_id, start_time, usage_role = 'log'`
const HASH = `cityHash64(${KEY})`
const KEYS_PER_ROUND = 500
const MAX_ROUNDS = 10_000
const READ = { timeoutMs: 600_000, settings: { max_bytes_before_external_group_by: '536870912' } }

/** Rows too many. */
export async function countDuplicates(store: Store, day: number): Promise<number> {
  let surplus = 0
  for (const range of await keyRanges(store, day)) {
    const [row] = await store.select<{ surplus: number }>(
      `SELECT sum(copies - 1) AS surplus FROM (
         SELECT count() AS copies FROM spans WHERE ${inRange(range)} GROUP BY ${HASH} HAVING copies > 1)`,
      { day },
      READ,
    )
    surplus += row?.surplus ?? 0
  }
  return surplus
}

const inRange = (range: KeyRange): string => `day = toDate({day:Int32})${rangeCondition(range)}`

/** Takes surplus rows out of `spans`; the rollups still hold them. The caller is alone in the day. @returns the inserts that lost rows */
export async function removeDuplicates(store: Store, day: number): Promise<Set<string>> {
  const thinned = new Set<string>()
  for (const range of await keyRanges(store, day)) {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const groups = await readGroups(store, day, range)
      if (groups.length === 0) break
      for (const batch of await thin(store, day, groups)) thinned.add(batch)
    }
  }
  return thinned
}

interface Copy {
  /** Project, ids and start; the same for all copies of a span. */
  key: string
  project: string
  span: string
  batch: string
  isLog: number
  counts: number
  stored: number
  minute: number
}

const KEY_TEXT = `concat(lower(hex(trace_id)), lower(hex(span_id)), '/', toString(toUnixTimestamp64Nano(start_time)), '/', toString(usage_role = 'log'), '/', project_id)`
const ROW_TEXT = `concat(lower(hex(batch_id)), '/', ${KEY_TEXT})`

async function readGroups(store: Store, day: number, range: KeyRange): Promise<Copy[][]> {
  const hashes = await store.select<{ h: string }>(
    `SELECT toString(${HASH}) AS h FROM spans WHERE ${inRange(range)} GROUP BY ${HASH} HAVING count() > 1 LIMIT ${KEYS_PER_ROUND}`,
    { day },
    READ,
  )
  if (hashes.length === 0) return []
  const copies = await store.select<Copy>(
    `SELECT ${KEY_TEXT} AS key, toString(project_id) AS project, concat(lower(hex(trace_id)), lower(hex(span_id)), lower(hex(batch_id))) AS span,
       lower(hex(batch_id)) AS batch, toUInt8(usage_role = 'log') AS isLog, toInt8(counts_usage) AS counts,
       toUnixTimestamp64Micro(stored_time) AS stored, toUInt32(intDiv(toUnixTimestamp64Milli(received_time), 60000)) AS minute
     FROM spans WHERE ${inRange(range)} AND ${HASH} IN (${hashes.map(({ h }) => `toUInt64('${h}')`).join(', ')})`,
    { day },
    READ,
  )
  return [...Map.groupBy(await withSettlements(store, day, copies), ({ key }) => key).values()].filter(
    (group) => group.length > 1,
  )
}

/** `counts` as settled by now. */
async function withSettlements(store: Store, day: number, copies: Copy[]): Promise<Copy[]> {
  const rows = await store.select<{ span: string; sign: number }>(
    `SELECT concat(lower(hex(trace_id)), lower(hex(span_id)), lower(hex(batch_id))) AS span, toInt32(sum(sign)) AS sign
     FROM settlements WHERE day = toDate({day:Int32}) AND batch_id IN (${unhexed(copies.map(({ batch }) => batch))}) GROUP BY span`,
    { day },
    READ,
  )
  const signs = new Map(rows.map(({ span, sign }) => [span, sign]))
  return copies.map((copy) => ({ ...copy, counts: copy.counts + (signs.get(copy.span) ?? 0) }))
}

const unhexed = (ids: readonly string[]): string => [...new Set(ids)].map((id) => `unhex('${id}')`).join(', ')

/** The copy that counts stays, or else the one that came first. Copies of one insert cannot be told apart: one is written anew. */
async function thin(store: Store, day: number, groups: readonly Copy[][]): Promise<string[]> {
  const surplus: Copy[] = []
  const renewed: string[] = []
  const doomed = new Set<string>()
  for (const group of groups) {
    const [kept, ...others] = group.toSorted((a, b) => b.counts - a.counts || a.stored - b.stored)
    if (!kept) continue
    surplus.push(...others)
    for (const { batch, key } of others) doomed.add(`${batch}/${key}`)
    if (doomed.has(`${kept.batch}/${kept.key}`)) renewed.push(`${kept.batch}/${kept.key}`)
  }
  const auditId = randomBytes(16).toString('hex')
  if (renewed.length > 0) await renew(store, day, { rows: renewed, batchId: auditId })
  await store.command(
    `DELETE FROM ${quoteIdentifier(store.database)}.spans WHERE day = toDate({day:Int32}) AND ${ROW_TEXT} IN (${texts(doomed)})`,
    { day },
    { lightweight_deletes_sync: 2 },
  )
  await insertLedger(store, correction(surplus), { batchId: auditId, token: `${auditId}-audit` })
  return surplus.map(({ batch }) => batch)
}

/** A crash behind this leaves one copy more, under an insert of its own: the next audit finds it. */
async function renew(
  store: Store,
  day: number,
  { rows, batchId }: { rows: readonly string[]; batchId: string },
): Promise<void> {
  const table = `${quoteIdentifier(store.database)}.spans`
  const columns = await store.select<{ name: string }>(
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'spans' AND default_kind NOT IN ('MATERIALIZED', 'ALIAS') ORDER BY position`,
  )
  const names = columns.map(({ name }) => quoteIdentifier(name))
  const values = columns.map(({ name }) =>
    name === 'batch_id' ? `toFixedString(unhex('${batchId}'), 16)` : quoteIdentifier(name),
  )
  await store.command(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table}
     WHERE day = toDate({day:Int32}) AND ${ROW_TEXT} IN (${texts(rows)}) LIMIT 1 BY ${KEY}`,
    { day },
    { async_insert: 0, insert_deduplication_token: batchId, max_threads: 1 },
  )
}

const texts = (values: Iterable<string>): string =>
  [...values].map((value) => `'${value.replace(/[\\']/g, '\\$&')}'`).join(', ')

/** They had been counted as stored, each in the minute of its own receipt. */
function correction(surplus: readonly Copy[]): LedgerRow[] {
  const records = surplus.filter(({ isLog }) => isLog === 0)
  const groups = Map.groupBy(records, ({ project, minute }) => `${minute} ${project}`)
  return [...groups.values()].flatMap((copies) => {
    const [{ project, minute }] = copies as [Copy, ...Copy[]]
    const row = { project, minute, signal: 'traces' as const }
    return [
      { ...row, outcome: 'stored' as const, reason: '', records: -copies.length },
      { ...row, outcome: 'deduplicated' as const, reason: 'audit', records: copies.length },
    ]
  })
}
