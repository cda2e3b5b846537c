// All that is shown of a project's spans: the rows of span_details_v1, each with its first score, by span id.
import type { RunningCollector } from '../collector-process.ts'
import type { Row } from '../stored.ts'

export async function detailsOf(collector: RunningCollector, project: string): Promise<Map<string, Row>> {
  const rows = await collector.sql<Row>('SELECT * FROM span_details_v1 WHERE project_id = {project:String}', {
    project,
  })
  const scores = await collector.sql<Row>(
    'SELECT span_id, name, value, label, explanation FROM scores_v1 WHERE project_id = {project:String}',
    { project },
  )
  const byId = new Map(scores.toReversed().map(({ span_id, ...score }) => [String(span_id), scoreOf(score)]))
  return new Map(rows.map((row) => [String(row['span_id']), { ...row, score: byId.get(String(row['span_id'])) }]))
}

const scoreOf = (score: Row): Row =>
  Object.fromEntries(Object.entries(score).filter(([, part]) => part !== null && part !== ''))
