// /operator/deadletters: list, show, load again, drop. For whoever has the operator's key; `insights deadletter` asks it.
import { InsightsError } from '../telemetry/errors.ts'
import type { Api } from './api.ts'
import type { Upkeep } from './deps.ts'
import { requireOperator } from './operator-routes.ts'
import { ProblemError } from './problem.ts'

export function addUpkeepRoutes(api: Api, { key, deadLetters }: Upkeep): void {
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
}

/** What the operator asked for by name may not be there. */
async function found<T>(answer: Promise<T>): Promise<T> {
  return await answer.catch((error: unknown) => {
    if (!(error instanceof InsightsError) || error.code !== 'INSIGHTS_NOT_FOUND') throw error
    throw new ProblemError({ code: error.code, detail: error.message, ...(error.hint ? { hint: error.hint } : {}) })
  })
}
