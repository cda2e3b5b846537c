// The engine's own process: one `start` message in, ClickHouse's HTTP interface on loopback out.
// It dies with its parent, whatever killed that: the IPC channel closes, and an engine nobody owns would hold the data directory.
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type EngineDatabase, openEngineDatabase } from './chdb-session.ts'
import { type DataDirLock, lockDataDir } from './data-dir-lock.ts'
import { restoreFatalSignals } from './default-signals.ts'
import { createEngineServer } from './http-server.ts'
import { type ChildMessage, isMessage, type ParentMessage, type StartFailure, type StartMessage } from './messages.ts'
import { createStatementRunner } from './run-statement.ts'
import { defaultSettings, serverConfigXml } from './server-config.ts'

// SIGKILL, not exit(): exit runs the engine's destructors and waits for running queries. A crash is safe for the data.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// Ctrl-C in a terminal reaches the whole group; the parent decides when the engine stops.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

// The lock is held here because a lock nobody refers to is collected as garbage, and thereby released.
let lock: DataDirLock | undefined
let running: { servers: readonly Server[]; database: EngineDatabase } | undefined

process.on('message', (message: unknown) => {
  if (!isMessage<ParentMessage>(message)) return
  const done = message.type === 'start' ? start(message) : stop(message.drainMs)
  done.catch((cause: unknown) => fail('INSIGHTS_ENGINE_START', cause))
})

async function start(options: StartMessage): Promise<void> {
  lock = lockDataDir(options.lockFile, options.lockWaitMs)
  if (!lock) return fail('INSIGHTS_DATA_DIR_LOCKED', 'another engine uses it')
  mkdirSync(options.engineDir, { recursive: true, mode: 0o700 })
  writeFileSync(options.configFile, serverConfigXml(options.limits), { mode: 0o600 })
  const database = openEngineDatabase(options.engineDir, [`--config-file=${options.configFile}`])
  const version = await engineVersion(database)
  restoreFatalSignals()
  const runner = createStatementRunner(database, defaultSettings(options.limits))
  const { username, password, guard, outer } = options
  const deps = { runner, version, credentials: { username, password }, guard }
  const server = createEngineServer({
    ...deps,
    guard: { ...guard, isLoopback: guard.isLoopback || outer !== undefined },
  })
  const outerServer = outer && createEngineServer(deps, outer.tls)
  try {
    await listen(server, options)
    if (outerServer) await listen(outerServer, outer)
  } catch (cause) {
    return fail('INSIGHTS_LISTEN', cause)
  }
  const servers = [server, ...(outerServer ? [outerServer] : [])]
  running = { servers, database }
  tell({ type: 'ready', port: portOf(server), ...(outerServer ? { outerPort: portOf(outerServer) } : {}), version })
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function engineVersion(database: EngineDatabase): Promise<string> {
  const connection = database.connect()
  try {
    const { bytes } = await connection.query('SELECT version()', 'TabSeparatedRaw')
    return Buffer.from(bytes).toString().trim()
  } finally {
    connection.close()
  }
}

async function stop(drainMs: number): Promise<void> {
  if (running) {
    const { servers, database } = running
    const late = setTimeout(() => process.kill(process.pid, 'SIGKILL'), drainMs)
    await Promise.all(servers.map(close))
    clearTimeout(late)
    database.close()
    lock?.release()
  }
  process.exit(0)
}

function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  return closed
}

function listen(server: Server, { host, port }: Pick<StartMessage, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function fail(code: StartFailure, cause: unknown): void {
  const message = cause instanceof Error ? cause.message : String(cause)
  tell({ type: 'failed', code, message }, () => process.kill(process.pid, 'SIGKILL'))
}

function tell(message: ChildMessage, sent: () => void = () => undefined): void {
  process.send?.(message, undefined, undefined, sent)
}
