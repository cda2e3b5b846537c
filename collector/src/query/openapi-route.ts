// GET /api/openapi.json: the OpenAPI 3.1 description that the routes' own schemas make.
import type { Api } from './api.ts'
import type { QueryDeps } from './deps.ts'

export function addOpenApiRoute(api: Api, { version }: Pick<QueryDeps, 'version'>): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  api.openAPIRegistry.registerComponent('securitySchemes', 'api_key', {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
  })
  api.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Hanzo Insights query API',
      version,
      description:
        'Traces, generations, sessions, users, scores and metrics of one project. Names are those of the SQL views.',
    },
    security: [{ bearer: [] }, { api_key: [] }, {}],
  })
}
