// A schema or view file with placeholders in; the statements for one topology (embedded, single node, cluster) out.

/** Where the tables live. `cluster` set = replicated tables on every shard, read through Distributed tables. */
export interface Topology {
  database: string
  cluster?: string | undefined
}

/** Every table that views read; in a cluster each has a `<name>_distributed` beside it. Order is creation order. */
export const BASE_TABLES = [
  'spans',
  'log_events',
  'traces',
  'metrics_minute',
  'metrics_hour',
  'scores',
  'score_configs',
  'prices',
  'settlements',
  'ingest_ledger',
  'api_keys',
  'key_usage',
  'redactions',
  'erasures',
  'trace_counts',
] as const

/** Inserts remembered for deduplication, per table: more than 6 h at four inserts a second. */
export const DEDUP_WINDOW = 100_000
const DEDUP_WINDOW_SECONDS = 604_800

/** `{word}` or `{Word(arguments)}`; `{name:Type}` is ClickHouse's own query parameter and is left alone. */
const PLACEHOLDER = /\{(\w+)(?:\(([^)]*)\))?\}/g

/** Quotes a name that came from configuration. */
export const quoteIdentifier = (name: string): string => `\`${name.replace(/[`\\]/g, '\\$&')}\``

/** Replaces the placeholders of one file. @throws Error on a placeholder that nobody defined: a typo must not reach the server. */
export function renderSql(text: string, topology: Topology): string {
  const values = placeholders(topology)
  return text.replace(PLACEHOLDER, (whole, name: string, engineArguments?: string) => {
    if (name.endsWith('MergeTree')) return engine(name, engineArguments ?? '', topology)
    const value = values.get(name)
    if (value === undefined) throw new Error(`unknown placeholder ${whole}`)
    return value
  })
}

/** One statement each; a statement ends with `;` at the end of a line, and a leading comment stays with its statement. */
export function splitStatements(text: string): string[] {
  return text
    .split(/;[ \t]*$/m)
    .map((part) => part.trim())
    .filter((part) => part.replace(/^--.*$/gm, '').trim() !== '')
}

/** Distributed tables hold no rows, so they are simply replaced whenever the schema moves. Empty without a cluster. */
export function distributedTables(topology: Topology): string[] {
  const { cluster } = topology
  if (cluster === undefined) return []
  const database = quoteIdentifier(topology.database)
  return BASE_TABLES.map(
    (table) =>
      `CREATE OR REPLACE TABLE ${database}.${table}_distributed ON CLUSTER ${quoteIdentifier(cluster)} AS ${database}.${table} ` +
      `ENGINE = Distributed(${quoteIdentifier(cluster)}, ${database}, ${table}, cityHash64(project_id))`,
  )
}

function placeholders(topology: Topology): Map<string, string> {
  const { cluster } = topology
  const database = quoteIdentifier(topology.database)
  const values = new Map([
    ['database', database],
    ['on_cluster', cluster === undefined ? '' : `ON CLUSTER ${quoteIdentifier(cluster)}`],
    ['dedup_window', dedupWindow(cluster !== undefined)],
  ])
  for (const table of BASE_TABLES)
    values.set(table, `${database}.${table}${cluster === undefined ? '' : '_distributed'}`)
  return values
}

// ClickHouse fills {uuid}, {shard} and {replica}: a table dropped and made again never meets its old path.
function engine(name: string, engineArguments: string, topology: Topology): string {
  if (topology.cluster === undefined) return `${name}(${engineArguments})`
  const path = `'/clickhouse/tables/{uuid}/{shard}', '{replica}'`
  return `Replicated${name}(${engineArguments === '' ? path : `${path}, ${engineArguments}`})`
}

// Plain MergeTree keeps no window unless asked (0 = off), and every MV target needs its own.
function dedupWindow(replicated: boolean): string {
  return replicated
    ? `replicated_deduplication_window = ${DEDUP_WINDOW}, replicated_deduplication_window_seconds = ${DEDUP_WINDOW_SECONDS}`
    : `non_replicated_deduplication_window = ${DEDUP_WINDOW}`
}
