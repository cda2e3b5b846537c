// A trace id in; where its spans are: in the tables, by insert, and among the dead letters.
import type { Store } from './client.ts'
import type { DeadLetters } from './dead-letters.ts'
import { readNativeRow } from './native-row.ts'

/** Rows of one insert. */
export interface StoredPart {
  table: 'spans' | 'log_events'
  /** 2026-01-31 */
  day: string
  batch_id: string
  rows: number
  first_received: string
  last_received: string
}

export interface DeadPart {
  file: string
  table: string
  row: number
  error: string
  time: string
}

const MAX_PARTS = 10_000

/** @param traceId 32 hex digits, lower case */
export async function findStored(store: Store, project: string, traceId: string): Promise<StoredPart[]> {
  const partsOf = (table: string): string =>
    `SELECT '${table}' AS table, toString(t.day) AS day, lower(hex(t.batch_id)) AS batch_id, count() AS rows,
       toString(min(t.received_time)) AS first_received, toString(max(t.received_time)) AS last_received
     FROM ${table} AS t WHERE t.project_id = {project:String} AND lower(hex(t.trace_id)) = {trace:String}
     GROUP BY t.day, t.batch_id ORDER BY first_received, batch_id LIMIT ${MAX_PARTS}`
  const params = { project, trace: traceId }
  const [spans, logs] = await Promise.all([
    store.select<StoredPart>(partsOf('spans'), params),
    store.select<StoredPart>(partsOf('log_events'), params),
  ])
  return [...spans, ...logs]
}

export async function findDead(letters: DeadLetters, project: string, traceId: string): Promise<DeadPart[]> {
  const found: DeadPart[] = []
  for await (const { file, letter } of letters.letters()) {
    const block = Buffer.from(letter.native, 'base64')
    if (isOf(block, project, traceId))
      found.push({ file, table: letter.table, row: letter.row, error: letter.error, time: letter.time })
  }
  return found
}

function isOf(block: Buffer, project: string, traceId: string): boolean {
  try {
    const row = readNativeRow(block)
    const text = (name: string, encoding: BufferEncoding): string => Buffer.from(row.get(name) ?? []).toString(encoding)
    return text('trace_id', 'hex') === traceId && text('project_id', 'utf8') === project
  } catch {
    return false // kept whole because nobody could read it
  }
}
