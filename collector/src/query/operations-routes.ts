// /livez, /readyz and /metrics: for orchestrators and Prometheus, without a key.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json } from './api.ts'
import type { Health, QueryDeps } from './deps.ts'

const status = z
  .object({
    status: z.enum(['ok', 'failing']),
    checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
  })
  .openapi('Status')

const OK = { status: 'ok', checks: { store: { ok: true } } }
const FAILING = { status: 'failing', checks: { store: { ok: false, detail: 'no answer' } } }

const statusRoute = (path: string, summary: string) =>
  createRoute({
    method: 'get',
    path,
    summary,
    security: [],
    responses: { 200: json('Yes.', status, OK), 503: json('No.', status, FAILING) },
  })

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'The collector about itself, in the Prometheus text format; by project only where metrics_key is shown.',
  security: [],
  responses: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: z.string() } } } },
})

type OperationsDeps = Pick<QueryDeps, 'health' | 'metrics' | 'seesProjects'>

export function addOperationsRoutes(api: Api, { health, metrics, seesProjects }: OperationsDeps): void {
  const answer = (ok: boolean, { checks }: Health) => ({ status: ok ? ('ok' as const) : ('failing' as const), checks })
  api.openapi(statusRoute('/livez', 'Whether the process is alive; when not, restart it.'), (c) => {
    const now = health()
    return c.json(answer(now.live, now), now.live ? 200 : 503)
  })
  api.openapi(statusRoute('/readyz', 'Whether it can do its work.'), (c) => {
    const now = health()
    return c.json(answer(now.ready, now), now.ready ? 200 : 503)
  })
  api.openapi(metricsRoute, (c) => {
    // Which projects there are, and how much each sends, is not for everybody who can reach this page.
    const isWhole = seesProjects?.(c.req.raw.headers) ?? true
    const text = metrics.render(isWhole ? {} : { without: 'project' })
    return c.text(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  })
}
