// A data directory -> a ClickHouse HTTP endpoint that is kept running: the engine child is restarted when it dies.
import { mkdir, realpath } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import type { ConnectionLimits } from '../net/connections.ts'
import { isLoopbackHost } from '../net/host.ts'
import type { Clock } from '../telemetry/clock.ts'
import { InsightsError } from '../telemetry/errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { type EngineProcess, spawnEngine } from './child-process.ts'
import { keepRunning } from './keep-running.ts'
import type { OuterListener, StartMessage } from './messages.ts'
import { loadOrCreatePassword } from './password.ts'
import { testInsertPath } from './self-test.ts'

/** `listen` is `host:port`; port 0 picks a free one, which is then kept over restarts. */
export interface EngineOptions {
  dataDir: string
  listen: string
  /** TLS there; the collector itself then comes in by another port, on loopback. */
  tls?: OuterListener['tls']
  /** Names by which it may be asked beside those of this machine. */
  allowedHosts?: readonly string[]
  /** To its door at once, in all and from one address. */
  connections?: ConnectionLimits
  /** All that the engine may allocate; default 40 % of the machine, between 1 and 8 GiB. */
  memoryLimitBytes?: number
  /** Threads of one statement; default one per core. */
  maxThreads?: number
  log: Log
  metrics: Metrics
  clock: Clock
}

/** The embedded ClickHouse as its users see it. */
export interface Engine {
  url: string
  /** Where others than the collector find it. */
  publicUrl: string
  username: string
  password: string
  version: string
  /** Undefined while the child is being restarted. */
  pid(): number | undefined
  /** 1 at the first start, +1 at each restart: whoever holds an unanswered insert must then look before retrying. */
  generation(): number
  stop(): Promise<void>
}

const USERNAME = 'insights'
const GIB = 2 ** 30
/** How long the orphan of a killed collector may take to die before the directory counts as locked. */
const LOCK_WAIT_MS = 3_000
/** The pool of the store has 32. */
const MAX_CONNECTIONS = 1_000

/**
 * Resolves when the engine answers and its insert path is proven.
 * Rejects with INSIGHTS_DATA_DIR_LOCKED, INSIGHTS_ENGINE_START, INSIGHTS_ENGINE_SELF_TEST or INSIGHTS_LISTEN.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const message = await startMessage(options)
  const first = await launchTested(message, options.dataDir)
  const again = { ...message, port: first.port, ...outerAt(message, first.outerPort) }
  const kept = keepRunning(first, { ...options, launch: () => launchTested(again, options.dataDir) })
  const url = urlOf(message.host, first.port)
  return {
    url,
    publicUrl: again.outer === undefined ? url : urlOf(again.outer.host, again.outer.port, 'https'),
    username: USERNAME,
    password: message.password,
    version: first.version,
    ...kept,
  }
}

// No one is told about an engine before it has proven its insert path, after a restart neither.
async function launchTested(message: StartMessage, dataDir: string): Promise<EngineProcess> {
  const child = await spawnEngine(message).catch((cause: unknown) => {
    if (!(cause instanceof InsightsError) || cause.code !== 'INSIGHTS_DATA_DIR_LOCKED') throw cause
    throw new InsightsError(cause.code, `cannot use data directory ${dataDir}: another collector uses it`, {
      cause,
      hint: 'stop the other collector, or give this one its own INSIGHTS_DATA_DIR',
    })
  })
  try {
    await testInsertPath({
      url: urlOf(message.host, child.port),
      username: message.username,
      password: message.password,
    })
    return child
  } catch (cause) {
    await child.stop()
    throw cause
  }
}

async function startMessage(options: EngineOptions): Promise<StartMessage> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
  // The child's working directory and symbolic links must not give one directory two locks.
  const dataDir = await realpath(options.dataDir)
  const { host, port } = parseListen(options.listen)
  const { tls, allowedHosts = [], connections } = options
  return {
    type: 'start',
    ...(tls === undefined ? { host, port } : { host: '127.0.0.1', port: 0, outer: { host, port, tls } }),
    guard: {
      isLoopback: isLoopbackHost(host),
      allowedHosts,
      maxConnections: connections?.max ?? MAX_CONNECTIONS,
      maxConnectionsPerAddress: connections?.maxPerAddress ?? MAX_CONNECTIONS,
    },
    engineDir: join(dataDir, 'engine'),
    lockFile: join(dataDir, 'engine.lock'),
    configFile: join(dataDir, 'engine-config.xml'),
    lockWaitMs: LOCK_WAIT_MS,
    username: USERNAME,
    password: await loadOrCreatePassword(dataDir),
    limits: {
      memoryLimitBytes: options.memoryLimitBytes ?? Math.round(Math.min(8 * GIB, Math.max(GIB, totalmem() * 0.4))),
      maxThreads: options.maxThreads ?? availableParallelism(),
    },
  }
}

function parseListen(listen: string): { host: string; port: number } {
  const found = /^(?:\[([^\]]+)\]|([^:]*)):(\d+)$/.exec(listen)
  const port = Number(found?.[3])
  if (!found || port > 65_535) {
    throw new InsightsError('INSIGHTS_LISTEN', `cannot listen on ${listen}: it is not host:port`)
  }
  return { host: found[1] ?? (found[2] || '127.0.0.1'), port }
}

// A restarted engine is found where it was.
const outerAt = ({ outer }: StartMessage, port: number | undefined): Pick<StartMessage, 'outer'> =>
  outer === undefined || port === undefined ? {} : { outer: { ...outer, port } }

// An engine that listens on every address is still asked over loopback by us.
function urlOf(host: string, port: number, scheme = 'http'): string {
  if (host === '0.0.0.0' || host === '::') return `${scheme}://127.0.0.1:${port}`
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
