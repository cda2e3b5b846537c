// /operator/deadletters: list, show, load again, drop. POST /operator/audit. For whoever has the operator's key; `insights deadletter` and `audit` ask them.
import { z } from '@hono/zod-openapi'
import { InsightsError } from '../telemetry/errors.ts'
import type { Api } from './api.ts'
import type { Upkeep } from './deps.ts'
import { requireOperator, told } from './operator-routes.ts'
import { invalid, ProblemError } from './problem.ts'

const auditRequest = z.strictObject({ from: z.iso.date(), to: z.iso.date(), repair: z.boolean().default(false) })

export function addUpkeepRoutes(api: Api, { key, deadLetters, audit }: Upkeep): void {
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
    const parsed = auditRequest.safeParse(await c.req.json())
    if (parsed.success) return told(c, (onDay, gone) => audit(parsed.data, onDay, gone))
    const [issue] = parsed.error.issues
    throw invalid(String(issue?.path[0] ?? 'the body'), issue?.message ?? 'it is not valid')
  })
}

/** What the operator asked for by name may not be there. */
async function found<T>(answer: Promise<T>): Promise<T> {
  return await answer.catch((error: unknown) => {
    if (!(error instanceof InsightsError) || error.code !== 'INSIGHTS_NOT_FOUND') throw error
    throw new ProblemError({ code: error.code, detail: error.message, ...(error.hint ? { hint: error.hint } : {}) })
  })
}
