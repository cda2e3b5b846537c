// Projects' own prices as the store keeps them: a row a change, the newest counts.
import { randomUUID } from 'node:crypto'
import { InsightsError } from '../telemetry/errors.ts'
import type { Store } from './client.ts'
import { classifyFailure } from './failures.ts'
import { ByteWriter } from './native-bytes.ts'

/** A project's document of prices, as text, and when it came in force here. */
export interface StoredPrices {
  project: string
  /** Milliseconds since 1970, and more than the version before. */
  version: number
  document: string
}

/** The newest version of every project, without the documents: cheap enough to ask all the time. */
export async function readPriceVersions(store: Store): Promise<Map<string, number>> {
  const rows = await store.select<{ project: string; version: number }>(
    'SELECT project_id AS project, version FROM prices_v1',
  )
  return new Map(rows.map(({ project, version }) => [project, version]))
}

/** The newest document of one project; undefined when it never had any. */
export async function readPrices(store: Store, project: string): Promise<StoredPrices | undefined> {
  const [row] = await store.select<StoredPrices>(
    'SELECT project_id AS project, version, document FROM prices_v1 WHERE project_id = {project:String}',
    { project },
  )
  return row
}

/** Adds a version. As a block, since a document may be larger than what a statement may carry. */
export async function writePrices(store: Store, { project, version, document }: StoredPrices): Promise<void> {
  const block = new ByteWriter()
  block.varint(3)
  block.varint(1)
  block.text('project_id')
  block.text('String')
  block.text(project)
  block.text('version')
  block.text('UInt64')
  block.uint64(version)
  block.text('document')
  block.text('String')
  block.text(document)
  const columns = ['project_id', 'version', 'document']
  try {
    await store.insertNative({ table: 'prices', columns, bytes: block.finish(), token: randomUUID() })
  } catch (cause) {
    // Whether it came in or not: the same version again would say the same.
    const isAway = classifyFailure(cause).blame === 'unanswered'
    throw new InsightsError(
      isAway ? 'INSIGHTS_STORE_UNREACHABLE' : 'INSIGHTS_STORE_REJECTED',
      `cannot keep the prices: ${isAway ? 'ClickHouse does not answer' : 'ClickHouse refused them'}`,
      { cause },
    )
  }
}
