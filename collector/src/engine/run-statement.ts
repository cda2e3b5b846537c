// One statement -> its result, on a connection of its own.
// A fresh connection per statement (0.2 ms) makes leaks impossible: settings, bound parameters, the current database and
// temporary tables end with it. They are given by SET and USE on that connection, since the engine's API call for
// parameters is not safe between connections and a SETTINGS clause would mean editing the user's text.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineConnection, EngineDatabase, EngineResult } from './chdb-session.ts'
import { refuse, toClickHouseException } from './clickhouse-exception.ts'
import type { QueryOptions } from './http-request.ts'
import { createLane, type Lane } from './lane.ts'
import { toNativeRevision } from './native-revision.ts'
import { readStatement, type Statement } from './sql-text.ts'

export interface StatementRunner {
  /** `body` comes after `options.query`, as in ClickHouse. `signal` = the client went away: a read is killed, a write goes on. */
  run(options: QueryOptions, body: Buffer, signal: AbortSignal): Promise<{ result: EngineResult; format: string }>
}

/** Statements at one time. The sum, one more for KILL, and zlib's share must fit in the child's libuv thread pool. */
const LANES = { read: [8, 64], insert: [4, 64], other: [3, 64] } as const
export const UV_THREADS = 20
const KILL_RETRY_MS = 250

export function createStatementRunner(
  database: EngineDatabase,
  defaults: readonly (readonly [string, string])[],
): StatementRunner {
  const lanes: Record<Statement['kind'], Lane> = {
    read: createLane(...LANES.read),
    insert: createLane(...LANES.insert),
    other: createLane(...LANES.other),
  }
  return {
    async run(options, body, signal) {
      const task = toTask(options, body)
      const tag = randomUUID()
      const settings = new Map([...defaults, ['log_comment', tag], ...options.settings])
      const result = await lanes[task.kind].run(async () => {
        const ended = new AbortController()
        const kill = (): void => void killUntilEnded(database, tag, ended.signal)
        if (task.kind === 'read') signal.addEventListener('abort', kill, { once: true })
        try {
          return await withConnection(database, async (connection) => {
            await connection.query(preludeOf(options, settings), 'Null')
            return await task.run(connection)
          })
        } finally {
          ended.abort()
          signal.removeEventListener('abort', kill)
        }
      }, signal)
      return { result: atRevision(result, task.format, options.clientRevision), format: task.format }
    },
  }
}

function atRevision(result: EngineResult, format: string, revision: number): EngineResult {
  if (revision <= 0 || format.toLowerCase() !== 'native') return result
  return { ...result, bytes: toNativeRevision(result.bytes, revision) }
}

interface Task {
  kind: Statement['kind']
  format: string
  run(connection: EngineConnection): Promise<EngineResult>
}

function toTask(options: QueryOptions, body: Buffer): Task {
  const head = Buffer.from(options.query)
  const inUrl = options.query.trim() !== ''
  const first = inUrl ? head : body
  const statement = readStatement(first)
  const format = statement.format ?? options.defaultFormat
  if (statement.kind === 'insert') {
    const inline = statement.dataStart === undefined ? Buffer.alloc(0) : first.subarray(statement.dataStart)
    const data = inUrl ? join(inline, body) : inline
    const sourceAt = statement.sourceAt ?? statement.textEnd
    const target = {
      into: first.toString('utf8', 0, sourceAt).trimEnd(),
      settings: first.toString('utf8', sourceAt, statement.textEnd).trim(),
      format: statement.format ?? insertFormat(options),
    }
    return { kind: 'insert', format, run: (connection) => connection.insert(target, data) }
  }
  const whole = inUrl && body.length > 0 ? Buffer.concat([head, Buffer.from('\n'), body]) : first
  const checked = whole === first ? statement : readStatement(whole)
  const sql = whole.toString('utf8', 0, checked.textEnd)
  return {
    kind: checked.kind,
    format: checked.format ?? format,
    run: (connection) => connection.query(sql, options.defaultFormat),
  }
}

const join = (inline: Buffer, body: Buffer): Buffer => (inline.length === 0 ? body : Buffer.concat([inline, body]))

// `INSERT INTO t` without FORMAT or VALUES: ClickHouse takes the request's format, else Values.
function insertFormat(options: QueryOptions): string {
  if (!/^\w+$/.test(options.defaultFormat)) throw refuse('BAD_ARGUMENTS', 'Format name is not an identifier')
  return options.defaultFormat === 'TabSeparated' ? 'Values' : options.defaultFormat
}

// `readonly` last: under it no other setting may change.
function preludeOf(options: QueryOptions, settings: Map<string, string>): string {
  const readonly = settings.get('readonly')
  const changes = [...settings]
    .filter(([name]) => name !== 'readonly')
    .map(([name, value]) => `${name}=${quote(value)}`)
  for (const [name, value] of options.params) changes.push(`param_${name}=${quote(value)}`)
  const use = options.database === undefined ? '' : `USE ${quoteName(options.database)}; `
  return `${use}SET ${changes.join(', ')}${readonly === undefined ? '' : `; SET readonly=${quote(readonly)}`}`
}

async function withConnection<T>(database: EngineDatabase, use: (c: EngineConnection) => Promise<T>): Promise<T> {
  const connection = database.connect()
  try {
    return await use(connection)
  } catch (cause) {
    throw toClickHouseException(cause)
  } finally {
    connection.close()
  }
}

// Again and again, because a query that is only about to begin is not found.
async function killUntilEnded(database: EngineDatabase, tag: string, ended: AbortSignal): Promise<void> {
  const sql = `KILL QUERY WHERE Settings['log_comment']=${quote(tag)} ASYNC`
  while (!ended.aborted) {
    // Nobody waits for an answer, and the query's own time limit stands behind this.
    await withConnection(database, (connection) => connection.query(sql, 'Null')).catch(() => undefined)
    await sleep(KILL_RETRY_MS, undefined, { signal: ended }).catch(() => undefined)
  }
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, (c) => `\\${c}`)}'`
const quoteName = (text: string): string => `\`${text.replace(/[\\`]/g, (c) => `\\${c}`)}\``
