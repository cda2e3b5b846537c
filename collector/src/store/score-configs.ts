// What values scores may have, as the store keeps it: a row a change, the newest counts.
import type { Store } from './client.ts'
import { quoteIdentifier } from './sql.ts'

export interface StoredScoreConfig {
  project: string
  name: string
  type: 'numeric' | 'boolean' | 'categorical'
  min: number | undefined
  max: number | undefined
  categories: readonly string[]
  description: string
}

interface ConfigRow {
  project: string
  name: string
  type: StoredScoreConfig['type']
  min_value: number | null
  max_value: number | null
  categories: string[]
  description: string
}

/** Of all projects: the doors need them all. */
export async function readScoreConfigs(store: Store): Promise<StoredScoreConfig[]> {
  const rows = await store.select<ConfigRow>(
    `SELECT
       c.project_id AS project,
       c.name AS name,
       argMax(c.type, c.version) AS type,
       argMax(tuple(c.min_value), c.version).1 AS min_value,
       argMax(tuple(c.max_value), c.version).1 AS max_value,
       argMax(c.categories, c.version) AS categories,
       argMax(c.description, c.version) AS description
     FROM ${tableOf(store)} AS c
     GROUP BY c.project_id, c.name
     HAVING argMax(c.deleted, c.version) = 0
     ORDER BY project, name`,
  )
  return rows.map(({ min_value, max_value, ...row }) => ({
    ...row,
    min: min_value ?? undefined,
    max: max_value ?? undefined,
  }))
}

/** @param config undefined members are NULL. `deleted`: from now on any value may be given */
export async function writeScoreConfig(
  store: Store,
  config: StoredScoreConfig & { deleted: boolean },
  nowMs: number,
): Promise<void> {
  const { project, name, type, min, max, categories, description, deleted } = config
  await store.command(
    `INSERT INTO ${quoteIdentifier(store.database)}.score_configs (project_id, name, version, deleted, type, min_value, max_value, categories, description)
     SELECT {project:String}, {name:String}, {version:UInt64}, {deleted:UInt8}, {type:String}, {min:Nullable(Float64)}, {max:Nullable(Float64)}, {categories:Array(String)}, {description:String}`,
    {
      ...{ project, name, type, description, version: nowMs, deleted: deleted ? 1 : 0 },
      ...{ min: min ?? null, max: max ?? null, categories: [...categories] },
    },
    { async_insert: 0 },
  )
}

const tableOf = ({ cluster }: Store): string => (cluster === undefined ? 'score_configs' : 'score_configs_distributed')
