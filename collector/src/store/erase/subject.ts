// Whom to erase in; the conditions that find their rows out.
//
// A DELETE is kept by ClickHouse as text in the table's directory, so it never names the subject: by hash, or by ids of traces.
import { createHash, randomBytes } from 'node:crypto'
import type { Params, Store } from '../client.ts'

export interface Subject {
  kind: 'user' | 'session' | 'trace'
  /** As spans tell it; of a trace 32 lower-case hex digits. */
  value: string
}

export interface EraseScope {
  /** 32 hex digits: names the erasure. */
  id: string
  project: string
  subject: Subject
  /** Hex. */
  traces: readonly string[]
}

/** Tables with rows of a subject, and where besides a trace's id a row says whose it is. Of each, any value that equals the subject's makes it theirs. */
export const ERASED_TABLES = {
  spans: { user: ['user_id'], session: ['session_id'] },
  log_events: {
    user: [`attributes['user.id']`, `resource_attributes['user.id']`],
    session: [`attributes['session.id']`, `attributes['gen_ai.conversation.id']`, `resource_attributes['session.id']`],
  },
  settlements: {},
  scores: { user: ['user_id'], session: ['session_id'] },
} as const satisfies Record<string, { user?: readonly string[]; session?: readonly string[] }>
export type ErasedTable = keyof typeof ERASED_TABLES
export const TABLE_NAMES = Object.keys(ERASED_TABLES) as ErasedTable[]

export interface Condition {
  sql: string
  params: Params
}

/** As many ids are named in one statement. */
const IDS_AT_ONCE = 4_000

type Whose = Pick<EraseScope, 'project' | 'subject' | 'traces'>

/** To read: by the subject itself, and by traces. One condition for each statement that is needed. */
export function conditionsOf(table: ErasedTable, { project, subject, traces }: Whose): Condition[] {
  const params = { project, subject: subject.value }
  const own = columnsOf(table, subject).map((column) => `${column} = {subject:String}`)
  return [
    ...(own.length === 0 ? [] : [{ sql: `project_id = {project:String} AND (${own.join(' OR ')})`, params }]),
    ...ofTraces(project, traces),
  ]
}

/** To delete: the same rows, told by a salted hash. */
export function hiddenConditionsOf(table: ErasedTable, { project, subject, traces }: Whose): Condition[] {
  const salt = randomBytes(16).toString('hex')
  const hash = createHash('sha256').update(`${salt}${subject.value}`).digest('hex')
  const own = columnsOf(table, subject).map(
    (column) => `SHA256(concat({salt:String}, ${column})) = unhex({hash:String})`,
  )
  const params = { project, salt, hash }
  return [
    ...(own.length === 0 ? [] : [{ sql: `project_id = {project:String} AND (${own.join(' OR ')})`, params }]),
    ...ofTraces(project, traces),
  ]
}

function columnsOf(table: ErasedTable, { kind }: Subject): readonly string[] {
  const columns: { user?: readonly string[]; session?: readonly string[] } = ERASED_TABLES[table]
  return (kind === 'trace' ? undefined : columns[kind]) ?? []
}

export function ofTraces(project: string, traces: readonly string[]): Condition[] {
  const conditions: Condition[] = []
  for (let i = 0; i < traces.length; i += IDS_AT_ONCE) {
    const ids = traces.slice(i, i + IDS_AT_ONCE).map((id) => `unhex('${hexOnly(id)}')`)
    conditions.push({ sql: `project_id = {project:String} AND trace_id IN (${ids.join(', ')})`, params: { project } })
  }
  return conditions
}

function hexOnly(id: string): string {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new Error('a trace id is 32 hex digits')
  return id
}

/** Beyond it the erasure is refused by the server's limit rather than done in part. */
const MAX_TRACES = 100_000

/** Traces of the subject in any table, hex. */
export async function findTraces(store: Store, project: string, subject: Subject): Promise<string[]> {
  if (subject.kind === 'trace') return [subject.value]
  const found = new Set<string>()
  for (const table of TABLE_NAMES) {
    for (const { sql, params } of conditionsOf(table, { project, subject, traces: [] })) {
      const rows = await store.select<{ id: string }>(
        `SELECT DISTINCT lower(hex(trace_id)) AS id FROM ${table} WHERE ${sql} AND trace_id != toFixedString('', 16)`,
        params,
        { timeoutMs: 600_000, maxRows: MAX_TRACES },
      )
      for (const { id } of rows) found.add(id)
    }
  }
  return [...found]
}
