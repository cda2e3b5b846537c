// A command in; the query API of the running collector, or else the same API over its store in this process, out.
import type { Config } from '../config/schema.ts'
import { ERROR_CODES, type ErrorCode, InsightsError } from '../telemetry/errors.ts'
import { doorUrl } from './address.ts'
import type { CommandCall } from './command-call.ts'
import { type ApiFlags, type Credential, credentialsOf } from './credentials.ts'
import { answers, parseJson } from './http.ts'
import { readOperatorKey } from './operator-key.ts'
import { type Fetch, fetchOf } from './own-fetch.ts'
import { loadSettings } from './settings.ts'

export interface Api {
  /**
   * The answer's JSON.
   * @param body a value that is sent as JSON, or bytes of JSON
   * @throws InsightsError with the code and text of the problem
   */
  call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
}

type Send = (path: string, init: RequestInit) => Promise<Response>

/** A document of prices may be megabytes, and a collector busy. */
const TIMEOUT_MS = 60_000

/** Runs `use` with the API. Warnings of the configuration go to the output. */
export function withApi<T>(call: CommandCall, use: (api: Api, config: Config) => Promise<T>): Promise<T> {
  return withRunningApi(call, { running: use, otherwise: (config) => overStore(call, config, use) })
}

/** Runs `running` with the API of the collector that answers, or `otherwise` when none does. */
export async function withRunningApi<T>(
  { command, context, output }: CommandCall,
  use: { running: (api: Api, config: Config) => Promise<T>; otherwise: (config: Config) => Promise<T> },
): Promise<T> {
  const { config, warnings } = loadSettings(command, context)
  for (const warning of warnings) output.warn(warning)
  const url = doorUrl(config, config.apiListen)
  const ask = await fetchOf(config)
  if (url === undefined || !(await answers(`${url}/livez`, ask))) return use.otherwise(config)
  const credentials = await credentialsOf(config, command.opts<ApiFlags>(), {
    fromEnv: context.env['INSIGHTS_API_KEY'],
    operatorKey: await readOperatorKey(config.dataDir),
  })
  return use.running(apiOver(sendTo(url, credentials, ask)), config)
}

async function overStore<T>(
  { command, context }: CommandCall,
  config: Config,
  use: (api: Api, config: Config) => Promise<T>,
): Promise<T> {
  const { withApi: withLocalApi } = await context.loadApp()
  const project = command.opts<ApiFlags>().project ?? config.apiKeys[0]?.project ?? 'default'
  try {
    return await withLocalApi(config, { project, version: context.version }, (request) => use(apiOver(request), config))
  } catch (error) {
    if (!(error instanceof InsightsError) || error.code !== 'INSIGHTS_DATA_DIR_LOCKED') throw error
    const url = doorUrl(config, config.apiListen) ?? 'api_listen: off'
    throw new InsightsError(
      error.code,
      `cannot reach the collector that uses ${config.dataDir}: nothing answers at ${url}`,
      { cause: error, hint: 'name its address with --api-listen, or stop it and try again' },
    )
  }
}

/** The first credential that the collector knows: that of the data directory is another collector's when the address is. */
function sendTo(url: string, credentials: readonly Credential[], ask: Fetch): Send {
  return async (path, init) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    let response: Response | undefined
    for (const headers of credentials) {
      response = await ask(url + path, { signal, ...init, headers: { ...init.headers, ...headers } })
      if (response.status !== 401) return response
    }
    return response ?? (await ask(url + path, { signal, ...init }))
  }
}

function apiOver(request: Send): Api {
  return {
    async call(method, path, body) {
      const init =
        body === undefined
          ? { method }
          : { method, body: bytesOf(body), headers: { 'content-type': 'application/json' } }
      const response = await request(path, init)
      const answer = parseJson(await response.text())
      if (response.ok) return answer
      throw toError(response.status, answer)
    },
  }
}

// A copy: a body must not be over memory that others share.
const bytesOf = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)

function toError(status: number, answer: unknown): InsightsError {
  const {
    code = '',
    detail,
    hint,
  } = (typeof answer === 'object' && answer !== null ? answer : {}) as Partial<Record<string, string>>
  const known = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'INSIGHTS_REQUEST_INVALID'
  return new InsightsError(
    known,
    detail ?? `cannot ask the collector: it answered ${status}`,
    hint === undefined ? {} : { hint },
  )
}
