// /operator/deadletters: list, show, load again, drop. POST /operator/audit, /operator/erase. For whoever has the operator's key; the commands of the same names ask them.
import { z } from '@hono/zod-openapi'
import { InsightsError } from '../telemetry/errors.ts'
import type { Api } from './api.ts'
import type { Upkeep } from './deps.ts'
import { requireOperator, told } from './operator-routes.ts'
import { invalid, ProblemError } from './problem.ts'

const auditRequest = z.strictObject({ from: z.iso.date(), to: z.iso.date(), repair: z.boolean().default(false) })

const MAX_SUBJECT = 1024
const subjectText = z.string().min(1).max(MAX_SUBJECT)
const eraseRequest = z.strictObject({
  project: z.string().min(1).max(256),
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['user', 'session']), value: subjectText }),
    z.strictObject({
      kind: z.literal('trace'),
      value: z
        .string()
        .toLowerCase()
        .regex(/^[0-9a-f]{32}$/, 'a trace id is 32 hex digits'),
    }),
  ]),
  dry_run: z.boolean().default(false),
})

export function addUpkeepRoutes(api: Api, { key, deadLetters, audit, erase }: Upkeep): void {
  api.use('/operator/deadletters/*', requireOperator(key))
  api.get('/operator/deadletters', async (c) => c.json({ data: await deadLetters.list() }))
  api.get('/operator/deadletters/:file', async (c) =>
    c.json({ data: await found(deadLetters.show(c.req.param('file'))) }),
  )
  api.post('/operator/deadletters/:file/replay', async (c) =>
    c.json(await found(deadLetters.replay(c.req.param('file')))),
  )
  api.delete('/operator/deadletters/:file', async (c) =>
    c.json({ dropped: await found(deadLetters.drop(c.req.param('file'))) }),
  )
  api.post('/operator/audit', requireOperator(key), async (c) => {
    const request = parse(auditRequest, await c.req.json())
    return told(c, (onDay, gone) => audit(request, onDay, gone))
  })
  api.post('/operator/erase', requireOperator(key), async (c) => {
    const { dry_run: dryRun, ...request } = parse(eraseRequest, await c.req.json())
    return told(c, () => erase({ ...request, dryRun }))
  })
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(issue?.path.join('.') || 'the body', issue?.message ?? 'it is not valid')
}

/** What the operator asked for by name may not be there. */
async function found<T>(answer: Promise<T>): Promise<T> {
  return await answer.catch((error: unknown) => {
    if (!(error instanceof InsightsError) || error.code !== 'INSIGHTS_NOT_FOUND') throw error
    throw new ProblemError({ code: error.code, detail: error.message, ...(error.hint ? { hint: error.hint } : {}) })
  })
}
