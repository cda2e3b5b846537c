// GET /api/about: what runs here and who asks, for the dashboard before it has a key.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json } from './api.ts'
import type { QueryDeps } from './deps.ts'
import { callerOf } from './guards.ts'

const about = z
  .object({
    version: z.string(),
    doors: z
      .object({ grpc: z.string().optional(), http: z.string().optional(), clickhouse: z.string().optional() })
      .openapi({ description: 'Addresses of the doors that are open.' }),
    caller: z
      .object({ project: z.string(), scopes: z.array(z.enum(['ingest', 'read', 'admin'])) })
      .nullable()
      .openapi({
        description: 'Whom the key, or its absence, lets in; null: a key is needed, or this one is not known.',
      }),
  })
  .openapi('About')

/** What the dashboard learns first. */
export type About = z.infer<typeof about>

const EXAMPLE: About = {
  version: '0.1.0',
  doors: { grpc: '127.0.0.1:4317', http: 'http://127.0.0.1:4318' },
  caller: { project: 'default', scopes: ['ingest', 'read', 'admin'] },
}

const route = createRoute({
  method: 'get',
  path: '/api/about',
  summary: 'The version, the open doors, and whom the shown key belongs to. Needs no key.',
  security: [],
  responses: { 200: json('What runs here.', about, EXAMPLE) },
})

export function addAboutRoute(api: Api, deps: Pick<QueryDeps, 'auth' | 'doors' | 'version'>): void {
  api.openapi(route, (c) => {
    const caller = callerOf(deps, c)
    const known = caller !== undefined && 'project' in caller ? caller : undefined
    const body = {
      version: deps.version,
      doors: deps.doors?.() ?? {},
      caller: known === undefined ? null : { project: known.project, scopes: [...known.scopes] },
    }
    return c.json<About, 200>(body, 200)
  })
}
