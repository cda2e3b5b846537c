// GET /settings: what is configured for the project that asks, read only: how long it is kept, what is taken out of it. No secret is among it.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, PROBLEM_RESPONSES } from './api.ts'
import { rejectUnknown } from './filters.ts'

const mode = z.enum(['keep', 'mask', 'hash', 'drop'])

const settings = z
  .object({
    project: z.string(),
    retention: z.object({
      days: z.number().int().openapi({ description: 'So long after its start a span is kept.' }),
      from: z
        .enum(['project', 'all'])
        .openapi({ description: 'project: `retention` names the project; all: `retention_days` holds.' }),
    }),
    redaction: z
      .object({
        from: z
          .enum(['project', 'all'])
          .openapi({ description: 'project: `redact` names the project; all: its `*` holds.' }),
        rules: z.array(z.object({ name: z.string(), mode })),
        fields: z.array(z.object({ key: z.string(), mode })),
        patterns: z
          .array(z.object({ name: z.string(), mode }))
          .openapi({ description: 'Without what they match, which may tell what is to be hidden.' }),
      })
      .nullable()
      .openapi({ description: 'null: nothing is taken out.' }),
    limits: z.object({
      max_body_bytes: z.number().int().openapi({ description: 'Of one request, decompressed.' }),
      max_public_body_bytes: z.number().int().openapi({ description: 'Of one request with a public key.' }),
    }),
  })
  .openapi('Settings')

/** What holds for a project, as the dashboard shows it. */
export type ProjectSettings = z.infer<typeof settings>

const EXAMPLE: ProjectSettings = {
  project: 'shop',
  retention: { days: 30, from: 'project' },
  redaction: {
    from: 'all',
    rules: [{ name: 'email', mode: 'mask' }],
    fields: [{ key: 'user.id', mode: 'hash' }],
    patterns: [{ name: 'patient', mode: 'mask' }],
  },
  limits: { max_body_bytes: 16_777_216, max_public_body_bytes: 1_048_576 },
}

export function addSettingsRoute(api: Api, deps: { settings: (project: string) => ProjectSettings }): void {
  const route = createRoute({
    method: 'get',
    path: '/api/v1/settings',
    summary: 'What is configured for the project: retention, redaction, limits. It is changed in insights.yaml.',
    responses: { 200: json('What holds.', settings, EXAMPLE), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, (c) => {
    rejectUnknown(new URL(c.req.url).searchParams, [], false)
    return c.json<ProjectSettings, 200>(deps.settings(c.get('project')), 200)
  })
}
