// POST /prices/reprice/dry-run: days in; what pricing the project's stored spans anew would change, model by model, out. It changes nothing.
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, PROBLEM_RESPONSES } from './api.ts'
import type { Operator } from './deps.ts'
import { invalid } from './problem.ts'

const DAY_MS = 86_400_000
/** Each day is read whole, if only its thin columns. */
const MAX_DAYS = 366

const asked = z.strictObject({
  from: z.iso.date().openapi({ example: '2026-01-01' }),
  to: z.iso.date().openapi({ description: 'Included.', example: '2026-01-31' }),
})

const model = z.object({
  provider: z.string(),
  model: z.string(),
  rows: z.number().int().openapi({ description: 'Calls that have a price or could have one.' }),
  changed: z.number().int().openapi({ description: 'Those of them that would not cost what they cost.' }),
  old_usd: z.string(),
  new_usd: z.string(),
  delta_usd: z.string(),
  now_priced: z.number().int().openapi({ description: 'Rows that would have a cost and have none.' }),
  now_unpriced: z.number().int(),
})

const totals = {
  changed: z.number().int(),
  old_usd: z.string(),
  new_usd: z.string(),
  delta_usd: z.string(),
}
const answer = z
  .object({
    from: z.string(),
    to: z.string(),
    project: z.string(),
    days: z.array(z.object({ day: z.string(), changed: z.number().int() })),
    models: z.array(model).openapi({ description: 'Those that would change, the largest difference first.' }),
    ...totals,
  })
  .openapi('RepriceDryRun')

/** What would change, as the page shows it. */
export type RepriceDryRun = z.infer<typeof answer>

/** What a run says; of it, what is of the project. */
const told = z.object({
  days: answer.shape.days,
  models: z.array(model.extend({ project: z.string() })),
  ...totals,
})

const EXAMPLE: RepriceDryRun = {
  ...{ from: '2026-01-01', to: '2026-01-31', project: 'default' },
  days: [{ day: '2026-01-14', changed: 120 }],
  models: [
    {
      ...{ provider: 'vllm', model: 'harbor-support-32b', rows: 120, changed: 120 },
      ...{ old_usd: '0', new_usd: '0.0483', delta_usd: '0.0483', now_priced: 120, now_unpriced: 0 },
    },
  ],
  ...{ changed: 120, old_usd: '0', new_usd: '0.0483', delta_usd: '0.0483' },
}

export function addRepriceRoute(api: Api, operator: Pick<Operator, 'reprice'>): void {
  const route = createRoute({
    method: 'post',
    path: '/api/v1/prices/reprice/dry-run',
    summary:
      'What pricing stored spans of the project anew would change. It changes nothing; `insights reprice` does. Needs the scope admin.',
    request: { body: { required: true, content: { 'application/json': { schema: asked } } } },
    responses: { 200: json('What would change.', answer, EXAMPLE), ...PROBLEM_RESPONSES },
  })
  api.openapi(route, async (c) => {
    const { from, to } = c.req.valid('json')
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
    if (days < 1) throw invalid('to', 'it is before from')
    if (days > MAX_DAYS) throw invalid('from', `these are more than ${MAX_DAYS} days`)
    const project = c.get('project')
    const wish = { from, to, project, dryRun: true }
    const result = told.parse(await operator.reprice(wish, () => {}, c.req.raw.signal))
    const models = result.models.flatMap(({ project: own, ...one }) => (own === project ? [one] : []))
    return c.json<RepriceDryRun, 200>({ ...result, models, from, to, project }, 200)
  })
}
