// Requests in, answers out: the query API as a pure function of its dependencies, routes in the order of the README.
import { addAboutRoute } from './about-route.ts'
import { type Api, createApi } from './api.ts'
import { createDashboard } from './dashboard-route.ts'
import type { QueryDeps } from './deps.ts'
import { tagAnswers } from './etag.ts'
import { addExplainRoutes } from './explain-routes.ts'
import { addExportRoute } from './export-route.ts'
import { addFacetRoute } from './facet-route.ts'
import { addGroupRoutes } from './group-routes.ts'
import { countRequests, guardOrigins, refuseOtherHosts, requireProject, tagRequest } from './guards.ts'
import { addKeyRoutes } from './key-routes.ts'
import { addListRoutes } from './list-routes.ts'
import { addMetricRoutes } from './metric-routes.ts'
import { addOpenApiRoute } from './openapi-route.ts'
import { addOperationsRoutes } from './operations-routes.ts'
import { addOperatorRoutes } from './operator-routes.ts'
import { addPriceRoutes } from './price-routes.ts'
import { clickHouseCode, problemOf, problemResponse } from './problem.ts'
import { addRepriceRoute } from './reprice-route.ts'
import { createRunQuery } from './run-query.ts'
import { addScoreRoutes } from './score-routes.ts'
import { addSessionRoute } from './session-route.ts'
import { addSettingsRoute } from './settings-route.ts'
import { addSpanRoute } from './span-route.ts'
import { addSqlRoute } from './sql-route.ts'
import { addSystemRoute } from './system-route.ts'
import { addTailRoute } from './tail-route.ts'
import { addTraceRoute } from './trace-route.ts'
import { addTreeRoutes } from './tree-routes.ts'
import { addUnmappedRoute } from './unmapped-route.ts'
import { addUpkeepRoutes } from './upkeep-routes.ts'
import { addLedgerRoute, addWhereRoute } from './where-routes.ts'

const MAX_FRAMES = 6

/** The app without a socket: `app.request('/api/v1/traces')` answers. */
export function createQueryApp(deps: QueryDeps): Api {
  const api = createApi()
  const run = createRunQuery(deps)
  api.onError((error, c) => {
    const problem = problemOf(error)
    const requestId = c.get('requestId')
    if (problem.code === 'INSIGHTS_INTERNAL') {
      // frames without the message, which may quote a statement or its values
      const at = error.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, MAX_FRAMES)
      deps.log.error(
        { error: error.name, clickhouse: clickHouseCode(error), at, request_id: requestId },
        'query failed',
      )
    }
    return problemResponse(problem, requestId)
  })
  const dashboard = createDashboard(deps)
  api.notFound(
    async (c) =>
      (await dashboard(c)) ??
      problemResponse({ code: 'INSIGHTS_NOT_FOUND', detail: 'cannot find this path' }, c.get('requestId')),
  )

  api.use(countRequests(deps), tagRequest, refuseOtherHosts(deps), guardOrigins(deps))
  api.use('/api/v1/*', requireProject(deps), tagAnswers)

  addOperationsRoutes(api, deps)
  addListRoutes(api, { run, clock: deps.clock })
  addSessionRoute(api, { run })
  addExportRoute(api, { run, clock: deps.clock, selectFile: deps.selectFile })
  addTailRoute(api, { run, clock: deps.clock })
  addGroupRoutes(api, { run, clock: deps.clock })
  addFacetRoute(api, { run, clock: deps.clock })
  addTraceRoute(api, { run })
  addTreeRoutes(api, { run, clock: deps.clock })
  addSpanRoute(api, { run })
  addMetricRoutes(api, { run, clock: deps.clock })
  addSystemRoute(api, { ...deps, run })
  addUnmappedRoute(api, { run, clock: deps.clock })
  if (deps.sql) addSqlRoute(api, { ...deps.sql, metrics: deps.metrics, clock: deps.clock })
  if (deps.prices) addPriceRoutes(api, { run, clock: deps.clock, prices: deps.prices })
  if (deps.explainer) addExplainRoutes(api, { run, explainer: deps.explainer })
  if (deps.operator) {
    addOperatorRoutes(api, deps.operator)
    addRepriceRoute(api, deps.operator)
  }
  if (deps.upkeep) addUpkeepRoutes(api, deps.upkeep)
  if (deps.where) {
    addWhereRoute(api, { where: deps.where })
    addLedgerRoute(api, { run, clock: deps.clock, pending: deps.pending })
  }
  if (deps.keys) addKeyRoutes(api, { keys: deps.keys })
  if (deps.settings) addSettingsRoute(api, { settings: deps.settings })
  if (deps.scores) addScoreRoutes(api, { scores: deps.scores, admitSending: deps.admitSending })
  addOpenApiRoute(api, deps)
  addAboutRoute(api, deps)
  return api
}
