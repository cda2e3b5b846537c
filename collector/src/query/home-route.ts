// GET /: the start page, with the last 24 hours of the caller's project.
import type { Api } from './api.ts'
import type { Row } from './column.ts'
import type { QueryDeps } from './deps.ts'
import { callerOf } from './guards.ts'
import { HOME_POLICY, type HomePage, renderHome } from './home-page.ts'
import { readMetric } from './metric-routes.ts'
import { METRICS } from './metrics-table.ts'
import { clickHouseCode, problemOf } from './problem.ts'
import { readRange } from './range.ts'
import type { RunQuery } from './run-query.ts'

export function addHomeRoute(api: Api, deps: QueryDeps & { run: RunQuery }): void {
  api.get('/', async (c) => {
    const caller = callerOf(deps, c)
    const mayRead = caller !== undefined && 'project' in caller && caller.scopes.has('read')
    const { protocol, host } = new URL(c.req.url)
    const figures = mayRead ? await readFigures(deps, caller.project) : undefined
    const page = { version: deps.version, origin: `${protocol}//${host}`, doors: deps.doors?.() ?? {}, figures }
    return c.html(renderHome(page), 200, { 'content-security-policy': HOME_POLICY })
  })
}

// The page tells what runs even while the store does not answer.
async function readFigures(deps: QueryDeps & { run: RunQuery }, project: string): Promise<HomePage['figures']> {
  const range = readRange({ from: 'now-24h' }, deps.clock.nowMs())
  try {
    const rows = await Promise.all(
      METRICS.map((metric) => readMetric(metric, { range, filters: [], groupBy: [] }, { run: deps.run, project })),
    )
    return new Map(METRICS.map((metric, i): [string, Row] => [metric.name, rows[i]?.[0] ?? {}]))
  } catch (cause) {
    deps.log.warn({ code: problemOf(cause).code, clickhouse: clickHouseCode(cause) }, 'start page without figures')
    return 'unavailable'
  }
}
