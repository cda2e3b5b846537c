// Numbered SQL files in; a database of this version out, however far an earlier attempt came.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { InsightsError } from '../telemetry/errors.ts'
import type { Store } from './client.ts'
import { distributedTables, quoteIdentifier, renderSql, splitStatements, type Topology } from './sql.ts'

/** One file that has to run. `statements` are what is sent, in order. */
export interface PlannedFile {
  file: string
  kind: 'schema' | 'view'
  checksum: string
  statements: string[]
}

export interface MigrateOptions {
  /** Where `schema/` and `views/` are; the package's own by default. */
  directory?: URL
}

const OWN_DIRECTORY = new URL('./', import.meta.url)

/**
 * The files that `migrate` would run now; reads only. Empty = up to date.
 * @throws InsightsError INSIGHTS_STORE_MIGRATION when an applied migration was edited, or the database is newer than this version.
 */
export async function planMigrations(store: Store, options: MigrateOptions = {}): Promise<PlannedFile[]> {
  const directory = options.directory ?? OWN_DIRECTORY
  const applied = await readApplied(store)
  const schema = await withoutTooNew(store, await readFiles(directory, 'schema', store))
  refuseNewer(schema, applied)
  refuseEdited(schema, applied)
  const missing = schema.filter(({ file }) => !applied.has(file))
  const views = inOrderOfUse(await readFiles(directory, 'view', store))
  // A new table can change what a view reads, so views follow every schema change.
  const stale = missing.length > 0 ? views : views.filter(({ file, checksum }) => applied.get(file) !== checksum)
  return [...missing, ...distributedStep(store, missing), ...stale]
}

/** Brings the database up to this version. Each statement may be repeated, so a crash in the middle is mended by running it again. */
export async function migrate(store: Store, options: MigrateOptions = {}): Promise<PlannedFile[]> {
  for (const statement of bookkeeping(store)) await run(store, 'schema_migrations', statement)
  const plan = await planMigrations(store, options)
  for (const planned of plan) {
    for (const statement of planned.statements) await run(store, planned.file, statement)
    await recordApplied(store, planned)
    store.log.info({ file: planned.file, kind: planned.kind }, 'applied migration')
  }
  return plan
}

/** `-- since 26.2: …` on the first line: what an older server cannot do is left out until it is a newer one. Reads are right without. */
const SINCE = /^-- since (\d+)\.(\d+): (.*)$/m

async function withoutTooNew(store: Store, files: readonly PlannedFile[]): Promise<PlannedFile[]> {
  if (!files.some(({ statements }) => statements[0]?.startsWith('-- since '))) return [...files]
  const version = await store.version()
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
  return files.filter(({ file, statements }) => {
    const [, major = '0', minor = '0', what] = SINCE.exec(statements[0]?.split('\n', 1)[0] ?? '') ?? []
    const fits = ownMajor > Number(major) || (ownMajor === Number(major) && ownMinor >= Number(minor))
    if (!fits) store.log.warn({ file, server: version, since: `${major}.${minor}` }, `this ClickHouse has no ${what}`)
    return fits
  })
}

async function run(store: Store, file: string, statement: string): Promise<void> {
  await store.command(statement).catch((cause: unknown) => {
    if (cause instanceof InsightsError && cause.code === 'INSIGHTS_STORE_UNREACHABLE') throw cause
    throw new InsightsError(
      'INSIGHTS_STORE_MIGRATION',
      `cannot apply ${file}: ${cause instanceof Error ? cause.message : 'unknown error'}`,
      { cause },
    )
  })
}

function bookkeeping(topology: Topology): string[] {
  const create = `CREATE TABLE IF NOT EXISTS {database}.schema_migrations {on_cluster}
(
    file          String,
    kind          LowCardinality(String),
    checksum      FixedString(64),
    applied_time  DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {MergeTree}
ORDER BY (file, applied_time)`
  return ['CREATE DATABASE IF NOT EXISTS {database} {on_cluster}', create].map((sql) => renderSql(sql, topology))
}

/** file -> checksum of its latest run. Empty when the database is not there yet. */
async function readApplied(store: Store): Promise<Map<string, string>> {
  try {
    const rows = await store.select<{ file: string; checksum: string }>(
      'SELECT file, argMax(checksum, applied_time) AS checksum FROM schema_migrations GROUP BY file',
    )
    return new Map(rows.map(({ file, checksum }) => [file, checksum]))
  } catch (cause) {
    if (isMissing(cause)) return new Map()
    throw cause
  }
}

const UNKNOWN_TABLE = '60'
const UNKNOWN_DATABASE = '81'

function isMissing(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined
  return inner instanceof Error && 'code' in inner && (inner.code === UNKNOWN_TABLE || inner.code === UNKNOWN_DATABASE)
}

async function recordApplied(store: Store, { file, kind, checksum }: PlannedFile): Promise<void> {
  const table = `${quoteIdentifier(store.database)}.schema_migrations`
  await store.command(
    `INSERT INTO ${table} (file, kind, checksum) SELECT {file:String}, {kind:String}, {checksum:String}`,
    { file, kind, checksum },
    { async_insert: 0 },
  )
}

async function readFiles(directory: URL, kind: PlannedFile['kind'], topology: Topology): Promise<PlannedFile[]> {
  const folder = new URL(kind === 'schema' ? 'schema/' : 'views/', directory)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return await Promise.all(
    names.map(async (file) => {
      const raw = await readFile(new URL(file, folder))
      const checksum = createHash('sha256').update(raw).digest('hex')
      return { file, kind, checksum, statements: splitStatements(renderSql(raw.toString('utf8'), topology)) }
    }),
  )
}

function refuseEdited(schema: readonly PlannedFile[], applied: ReadonlyMap<string, string>): void {
  const edited = schema.find(({ file, checksum }) => applied.has(file) && applied.get(file) !== checksum)
  if (edited === undefined) return
  throw new InsightsError(
    'INSIGHTS_STORE_MIGRATION',
    `cannot migrate: ${edited.file} was changed after it had been applied`,
    { hint: 'put the file back and write the change as a new numbered file' },
  )
}

function refuseNewer(schema: readonly PlannedFile[], applied: ReadonlyMap<string, string>): void {
  const known = new Set(schema.map(({ file }) => file))
  const unknown = [...applied.keys()].filter((file) => /^\d{4}_/.test(file) && !known.has(file)).sort()
  if (unknown.length === 0) return
  throw new InsightsError(
    'INSIGHTS_STORE_MIGRATION',
    `cannot migrate: the database has ${unknown.at(-1)}, which this version does not know`,
    { hint: 'a newer collector has used this database; run that version or newer' },
  )
}

function distributedStep(topology: Topology, missing: readonly PlannedFile[]): PlannedFile[] {
  const statements = missing.length === 0 ? [] : distributedTables(topology)
  if (statements.length === 0) return []
  const checksum = createHash('sha256').update(statements.join('\n')).digest('hex')
  return [{ file: 'distributed_tables', kind: 'view', checksum, statements }]
}

/** A view after the views that it reads: ClickHouse resolves names when a view is made. A qualified name is a use; comments name views bare. */
function inOrderOfUse(views: readonly PlannedFile[]): PlannedFile[] {
  const byName = new Map(views.map((view) => [view.file.replace(/\.sql$/, ''), view]))
  const visited = new Set<PlannedFile>()
  const ordered: PlannedFile[] = []
  const visit = (view: PlannedFile): void => {
    if (visited.has(view)) return
    visited.add(view)
    for (const [, name = ''] of view.statements.join('\n').matchAll(/`\.(\w+_v\d+)\b/g)) {
      const used = byName.get(name)
      if (used !== undefined) visit(used)
    }
    ordered.push(view)
  }
  for (const view of views) visit(view)
  return ordered
}
