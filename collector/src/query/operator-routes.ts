// POST /operator/reprice: a line of JSON for each day, and one for the result. For whoever has the operator's key; `insights reprice` asks it.
import { timingSafeEqual } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { stream } from 'hono/streaming'
import { InsightsError } from '../telemetry/errors.ts'
import type { Api, ApiEnv } from './api.ts'
import type { Operator } from './deps.ts'
import { invalid, ProblemError, problemOf } from './problem.ts'

/** A day may take minutes: without a word in between, whoever listens would give up. */
const STILL_THERE_MS = 10_000

const repriceRequest = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  project: z.string().max(256).optional(),
  dry_run: z.boolean().default(false),
})

export function addOperatorRoutes(api: Api, operator: Operator): void {
  api.post('/operator/reprice', requireOperator(operator.key), async (c) => {
    const parsed = repriceRequest.safeParse(await c.req.json())
    if (!parsed.success)
      throw invalid(
        String(parsed.error.issues[0]?.path[0] ?? 'the body'),
        parsed.error.issues[0]?.message ?? 'it is not valid',
      )
    const { from, to, project, dry_run: dryRun } = parsed.data
    return told(c, (onDay, gone) => operator.reprice({ from, to, project, dryRun }, onDay, gone))
  })
}

type OnDay = (day: object | string, done: number, total: number) => void

/** Answers with a line of JSON for each day, `{day, done, total}`, and a last one, `{result}` or `{error}`. */
export function told(c: Context, work: (onDay: OnDay, gone: AbortSignal) => Promise<object>): Response {
  c.header('content-type', 'application/x-ndjson')
  return stream(c, async (out) => {
    const gone = new AbortController()
    out.onAbort(() => gone.abort())
    const say = (value: object): Promise<unknown> => out.write(`${JSON.stringify(value)}\n`)
    const timer = setInterval(() => void out.write('\n'), STILL_THERE_MS)
    try {
      await say({ result: await work((day, done, total) => void say({ day, done, total }), gone.signal) })
    } catch (error) {
      await say({ error: toFailure(error) })
    } finally {
      clearInterval(timer)
    }
  })
}

/** An operator may hear what went wrong in our own words; of anything else only what every client hears. */
function toFailure(error: unknown): object {
  if (error instanceof InsightsError) return { code: error.code, message: error.message, hint: error.hint }
  const { code, detail, hint } = problemOf(error)
  return { code, message: detail, hint }
}

/** Lets nobody pass who does not show the operator's key. */
export function requireOperator(key: string): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!isOperator(c.req.header('authorization'), key)) throw refused()
    await next()
  }
}

function isOperator(authorization: string | undefined, key: string): boolean {
  const given = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${key}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const refused = (): ProblemError =>
  new ProblemError({
    code: 'INSIGHTS_UNAUTHORIZED',
    detail: 'cannot do this: it takes the operator key',
    hint: 'send Authorization: Bearer <content of operator-key in the data directory>',
  })
