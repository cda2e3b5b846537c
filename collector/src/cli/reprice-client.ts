// The operator's side of POST /operator/reprice: a key out of the data directory, and an answer that comes line by line.
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { ERROR_CODES, type ErrorCode, InsightsError } from '../telemetry/errors.ts'
import type { RepricedDay, RepriceRequest, RepriceResult } from './app-interface.ts'
import { parseJson } from './http.ts'
import type { Fetch } from './own-fetch.ts'

const failure = z.object({
  code: z.string(),
  message: z.string().optional(),
  detail: z.string().optional(),
  hint: z.string().optional(),
})
const day = z.object({ day: z.string(), changed: z.number(), rewritten: z.boolean() })
const model = z.object({
  project: z.string(),
  provider: z.string(),
  model: z.string(),
  changed: z.number(),
  old_usd: z.string(),
  new_usd: z.string(),
  delta_usd: z.string(),
  now_priced: z.number(),
  now_unpriced: z.number(),
})
const result = z.object({
  days: z.array(day),
  models: z.array(model),
  changed: z.number(),
  old_usd: z.string(),
  new_usd: z.string(),
  delta_usd: z.string(),
})
/** @throws InsightsError as the collector says it, or INSIGHTS_REQUEST_INVALID when it ends without a result */
export async function askReprice(
  { url, key, fetch }: { url: string; key: string; fetch: Fetch },
  { from, to, project, dryRun }: RepriceRequest,
  onDay: (day: RepricedDay, done: number, total: number) => void,
): Promise<RepriceResult> {
  const body = { from, to, ...(project === undefined ? {} : { project }), dry_run: dryRun }
  return await askByDay({ url: `${url}/operator/reprice`, key, fetch, body }, { day, result }, onDay)
}

/** Work of many days, told line by line. @throws InsightsError as the collector says it, or INSIGHTS_REQUEST_INVALID when it ends without a result */
export async function askByDay<Day, Result>(
  { url, key, fetch, body }: { url: string; key: string; fetch: Fetch; body: object },
  schemas: { day: z.ZodType<Day>; result: z.ZodType<Result> },
  onDay: (day: Day, done: number, total: number) => void,
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok || !response.body)
    throw toError(failure.safeParse(parseJson(await response.text())).data, `it answered ${response.status}`)
  const step = z.object({ day: schemas.day, done: z.number(), total: z.number() })
  for await (const text of createInterface({ input: Readable.fromWeb(response.body) })) {
    if (text === '') continue
    const said = line.parse(parseJson(text))
    if (said.error !== undefined) throw toError(said.error, 'it failed')
    if (said.result !== undefined) return schemas.result.parse(said.result)
    const { day, done, total } = step.parse(said)
    onDay(day, done, total)
  }
  throw toError(undefined, 'it ended in between; what was done until then is whole, the rest is as it was')
}

const line = z.looseObject({ result: z.unknown().optional(), error: failure.optional() })

function toError(told: z.infer<typeof failure> | undefined, otherwise: string): InsightsError {
  const code = told && Object.hasOwn(ERROR_CODES, told.code) ? (told.code as ErrorCode) : 'INSIGHTS_REQUEST_INVALID'
  const message = told?.message ?? told?.detail ?? `cannot do this at the collector: ${otherwise}`
  return new InsightsError(code, message, told?.hint === undefined ? {} : { hint: told.hint })
}
