// A command in; what keeps the store right, asked of the running collector by the operator's key, or done on the store when none runs, out.
import { z } from 'zod'
import { ERROR_CODES, type ErrorCode, InsightsError } from '../telemetry/errors.ts'
import { doorUrl } from './address.ts'
import type { CommandCall } from './command-call.ts'
import { answers, parseJson } from './http.ts'
import { readOperatorKey } from './operator-key.ts'
import { type Fetch, fetchOf } from './own-fetch.ts'
import { askByDay } from './reprice-client.ts'
import { loadSettings } from './settings.ts'
import type { UpkeepWork } from './upkeep-interface.ts'

const failure = z.object({ code: z.string(), detail: z.string(), hint: z.string().optional() })
const counts = z.record(z.string(), z.number())
const files = z.object({
  data: z.array(
    z.object({
      file: z.string(),
      table: z.string(),
      batch_id: z.string(),
      day: z.string(),
      rows: z.number(),
      errors: counts,
      size_bytes: z.number(),
      time: z.string(),
    }),
  ),
})
const letters = z.object({
  data: z.array(
    z.object({
      row: z.number(),
      error: z.string(),
      code: z.number().optional(),
      time: z.string(),
      size_bytes: z.number(),
    }),
  ),
})
const replayed = z.object({ file: z.string(), replayed: z.number(), refused: z.number(), errors: counts })
const dropped = z.object({ dropped: z.number() })

const audited = z.object({
  from: z.string(),
  to: z.string(),
  days: z.number(),
  batches: z.number().optional(),
  findings: z.array(z.object({ reason: z.string(), day: z.string(), count: z.number(), repaired: z.boolean() })),
})

const receipt = z.object({
  erasure_id: z.string().optional(),
  project: z.string(),
  time: z.string(),
  subject_kind: z.string(),
  subject_hash: z.string(),
  traces: z.number(),
  counts: z.record(z.string(), z.object({ before: z.number(), after: z.number() })),
})

/** @throws InsightsError as the collector says it; INSIGHTS_DATA_DIR_LOCKED when one uses the directory and does not answer */
export async function withUpkeep<T>(call: CommandCall, use: (work: UpkeepWork) => Promise<T>): Promise<T> {
  const { command, context, output } = call
  const { config, warnings } = loadSettings(command, context)
  for (const warning of warnings) output.warn(warning)
  const url = doorUrl(config, config.apiListen)
  const ask = await fetchOf(config)
  if (url !== undefined && (await answers(`${url}/livez`, ask))) {
    const key = await readOperatorKey(config.dataDir)
    if (key !== undefined) return await use(overHttp({ url, key, fetch: ask }))
    throw new InsightsError(
      'INSIGHTS_REQUEST_INVALID',
      `cannot do this: a collector answers at ${url}, but not of ${config.dataDir}`,
      { hint: 'name its data directory with --data-dir, or its address with --api-listen' },
    )
  }
  const { withUpkeep: withLocalUpkeep } = await context.loadApp()
  return await withLocalUpkeep(config, (local) =>
    use({
      list: async () => files.shape.data.parse(await local.deadLetters.list()),
      show: async (file) => letters.shape.data.parse(await local.deadLetters.show(file)),
      replay: async (file) => replayed.parse(await local.deadLetters.replay(file)),
      drop: local.deadLetters.drop,
      audit: async (request, onDay) => audited.parse(await local.audit(request, onDay, new AbortController().signal)),
      erase: async (request) => receipt.parse(await local.erase(request)),
    }),
  )
}

function overHttp({ url, key, fetch }: { url: string; key: string; fetch: Fetch }): UpkeepWork {
  const ask = async <T>(method: string, path: string, schema: z.ZodType<T>): Promise<T> => {
    const response = await fetch(`${url}/operator/${path}`, { method, headers: { authorization: `Bearer ${key}` } })
    const answer = parseJson(await response.text())
    if (response.ok) return schema.parse(answer)
    throw toError(failure.safeParse(answer).data, `it answered ${response.status}`)
  }
  const pathOf = (file: string): string => `deadletters/${encodeURIComponent(file)}`
  return {
    list: async () => (await ask('GET', 'deadletters', files)).data,
    show: async (file) => (await ask('GET', pathOf(file), letters)).data,
    replay: (file) => ask('POST', `${pathOf(file)}/replay`, replayed),
    audit: async (request, onDay) =>
      await askByDay(
        { url: `${url}/operator/audit`, key, fetch, body: request },
        { day: z.string(), result: audited },
        onDay,
      ),
    erase: async ({ project, subject, dryRun }) => {
      const body = { project, subject, dry_run: dryRun }
      return await askByDay(
        { url: `${url}/operator/erase`, key, fetch, body },
        { day: z.string(), result: receipt },
        () => undefined,
      )
    },
    drop: async (file) => (await ask('DELETE', pathOf(file), dropped)).dropped,
  }
}

function toError(told: z.infer<typeof failure> | undefined, otherwise: string): InsightsError {
  const code = told && Object.hasOwn(ERROR_CODES, told.code) ? (told.code as ErrorCode) : 'INSIGHTS_REQUEST_INVALID'
  const message = told?.detail ?? `cannot ask the collector: ${otherwise}`
  return new InsightsError(code, message, told?.hint === undefined ? {} : { hint: told.hint })
}
