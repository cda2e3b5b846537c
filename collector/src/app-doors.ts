// What is behind them in; the open doors (OTLP gRPC and HTTP, query API), and their addresses, out.
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Access, Shown } from './access/access.ts'
import type { Refusal } from './access/refusal.ts'
import { openExplainer } from './app-explain.ts'
import type { KeyBook } from './app-keys.ts'
import type { MemoryWatch } from './app-memory.ts'
import type { PriceBook } from './app-prices.ts'
import { connectionsOf, listenText, type Process, stageOf } from './app-process.ts'
import type { Repricer } from './app-reprice.ts'
import type { ScoreBook } from './app-scores.ts'
import { settingsOf } from './app-settings.ts'
import { watchTls } from './app-tls.ts'
import type { RunningUpkeep } from './app-upkeep.ts'
import type { ReadyDoors } from './cli/app-interface.ts'
import type { MemoryShares } from './config/memory.ts'
import { isLoopback } from './config/rules.ts'
import type { Config } from './config/schema.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { Journal } from './journal/types.ts'
import { createHostCheck } from './net/host.ts'
import type { TlsFiles } from './net/tls.ts'
import type { CountTokens } from './normalize/estimate-usage.ts'
import type { AdmitSending, AuthRequest, Caller, Unknown } from './query/access-deps.ts'
import type { SqlDeps } from './query/deps.ts'
import { startQueryApi } from './query/start-query-api.ts'
import { createBudget } from './receive/budget.ts'
import type { Door } from './receive/contract.ts'
import { type GrpcDoor, startOtlpGrpc } from './receive/otlp-grpc.ts'
import { startOtlpHttp } from './receive/otlp-http.ts'
import type { Store } from './store/client.ts'

/** How long requests in flight may take to finish when a door closes. */
const DRAIN_MS = 10_000
const DASHBOARD_DIR = join(import.meta.dirname, '../dashboard/dist')

export interface Behind {
  ingest: Ingest
  store: Store
  journal: Journal
  memory: MemoryShares & { watch: MemoryWatch }
  sql: SqlDeps
  prices: PriceBook
  countTokens: CountTokens | undefined
  repricer: Repricer
  upkeep: RunningUpkeep
  keys: KeyBook
  scores: ScoreBook
  isMigrated(): boolean
  version: string
}

type Doors = { -readonly [K in 'grpc' | 'http' | 'api']?: string }

/** Opens what the configuration does not switch off; each door's closing goes to `onOpen`. */
export async function openDoors(
  self: Process,
  behind: Behind,
  onOpen: (close: () => Promise<void>) => void,
): Promise<Doors> {
  const { config } = self
  const watched = await watchTls(config, stageOf(self, 'tls').log)
  if (watched) onOpen(() => watched.stop())
  const tls = watched?.tls
  const scheme = tls ? 'https' : 'http'
  const shared = {
    accept: behind.ingest.accept,
    refuses: behind.ingest.refuses,
    auth: behind.keys.access,
    limits: {
      maxBodyBytes: config.limits.maxBodyBytes,
      budget: createBudget(behind.memory.inFlightBytes, behind.memory.watch.isShort),
      connections: connectionsOf(config),
    },
    ...stageOf(self, 'receive'),
    ...(tls ? { tls } : {}),
  }
  const keep = (door: Door): string => {
    onOpen(() => door.stop(DRAIN_MS))
    return door.address
  }
  const doors: Doors = {}
  // The way to look first: when the others open, whoever waits for /readyz is right.
  if (config.apiListen !== 'off') {
    const api = await openApi(self, behind, { listen: config.apiListen, tls, doors })
    onOpen(() => api.stop())
    doors.api = `${scheme}://${api.address}`
  }
  // gRPC is stopped first: it says goodbye to the connections that came by the other door, which then has none of them left.
  let grpc: GrpcDoor | undefined
  if (config.httpListen !== 'off') {
    const http2 = (socket: Socket): unknown => (grpc ? grpc.take(socket) : socket.destroy())
    const more = {
      checkScore: behind.scores.check,
      prefixes: config.httpPrefixes,
      ...(config.grpcListen === 'off' ? {} : { http2 }),
    }
    doors.http = `${scheme}://${keep(await startOtlpHttp({ ...shared, ...more, listen: listenText(config.httpListen) }))}`
  }
  if (config.grpcListen !== 'off') {
    grpc = await startOtlpGrpc({ ...shared, listen: listenText(config.grpcListen) })
    doors.grpc = keep(grpc)
  }
  return doors
}

interface ApiParts {
  listen: Exclude<Config['apiListen'], 'off'>
  tls: TlsFiles | undefined
  doors: Doors
}

function openApi(self: Process, behind: Behind, { listen, tls, doors }: ApiParts) {
  return startQueryApi({
    listen,
    select: (sql, params, options) => behind.store.select(sql, params, options),
    selectFile: (sql, params, options) => behind.store.selectFile(sql, params, options),
    auth: (request) => callerOf(behind.keys.access, request),
    seesProjects: (headers) => behind.keys.access.seesProjects(shownBy(headers)),
    servesHost: createHostCheck({
      isLoopback: isLoopback(listen),
      isOpen: self.config.auth === 'none',
      allowed: self.config.allowedHosts,
    }),
    allowsOrigin: (origin) => self.config.corsOrigins.some((one) => one === '*' || one === origin),
    health: () => health(behind),
    sql: behind.sql,
    prices: behind.prices.projects,
    explainer: openExplainer({ ...self, pricing: behind.prices.pricing, countTokens: behind.countTokens }),
    operator: behind.repricer,
    upkeep: behind.upkeep,
    where: behind.upkeep.where,
    pending: behind.upkeep.pending,
    keys: behind.keys.projects,
    settings: (project) => settingsOf(self.config, project),
    scores: behind.scores.through(behind.ingest.accept),
    admitSending: openSending(self, behind),
    doors: (): ReadyDoorsShown => ({
      ...(doors.grpc ? { grpc: doors.grpc } : {}),
      ...(doors.http ? { http: doors.http } : {}),
    }),
    dashboardDir: DASHBOARD_DIR,
    version: behind.version,
    connections: connectionsOf(self.config),
    ...stageOf(self, 'query'),
    ...(tls ? { tls } : {}),
  })
}

type ReadyDoorsShown = Pick<ReadyDoors, 'grpc' | 'http'>

const shownBy = (headers: Headers): Shown => ({
  authorization: headers.get('authorization') ?? undefined,
  apiKey: headers.get('x-api-key') ?? undefined,
  project: headers.get('x-insights-project') ?? undefined,
})

/** What is sent to the API passes what it would pass at the other doors, and is counted as theirs. */
function openSending(self: Process, { keys, ingest }: Behind): AdmitSending {
  const refusals = self.metrics.counter('insights_receive_refused_total', 'Requests refused at the door', [
    'door',
    'reason',
  ])
  const counted = (refusal: Refusal): Refusal => {
    refusals.add(1, 'api', refusal.reason)
    return refusal
  }
  return ({ headers, certificateNames, origin }) => {
    const sender = keys.access.admit({ ...shownBy(headers), certificateNames, origin })
    if (sender.status !== 'admitted') return counted(sender)
    const closed = ingest.refuses()
    if (closed !== undefined) {
      refusals.add(1, 'api', 'unavailable')
      return closed
    }
    const reserve = (bytes: number): Refusal | undefined => {
      const refusal = sender.reserve(bytes)
      return refusal && counted(refusal)
    }
    return { ...sender, reserve }
  }
}

function callerOf(access: Access, { headers, certificateNames }: AuthRequest): Caller | Unknown {
  const identified = access.identify({ ...shownBy(headers), certificateNames })
  if (identified.status === 'known') return identified.grant
  const { status, message } = identified.refusal
  return { status: status === 'unavailable' ? status : 'unauthenticated', message }
}

/** Ready = what is sent now will be kept. A store that is away is shown, but the journal covers for it. */
function health({ ingest, journal, isMigrated }: Behind) {
  const { state, bytes, maxBytes } = journal.usage()
  return {
    live: true,
    ready: ingest.isReady() && state === 'ok',
    checks: {
      ingest: { ok: ingest.isReady(), detail: `${ingest.waiting()} batches on their way to the store` },
      journal: { ok: state === 'ok', detail: `${bytes} of ${maxBytes} bytes` },
      schema: { ok: isMigrated() },
    },
  }
}
