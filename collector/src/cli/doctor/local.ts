// What can be known without a collector: runtime, clock, data directory, disk, ports.
import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { formatAddress, formatBytes, type ListenAddress } from '../../config/kinds.ts'
import type { Config } from '../../config/schema.ts'
import { type Check, type DoctorOptions, fail, ok, skip, warn } from './check.ts'

const MIN_NODE = [22, 18] as const
/** Older than this program: the clock was never set. */
const EARLIEST_MS = Date.UTC(2026, 0, 1)
const LATEST_MS = Date.UTC(2100, 0, 1)
const FULL_BYTES = 256 * 2 ** 20

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const recent = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])
  const wanted = MIN_NODE.join('.')
  return recent
    ? ok('node', version)
    : fail('node', `${version} is older than ${wanted}`, `install Node ${wanted} or newer`)
}

export function checkClock(nowMs: number): Check {
  const now = new Date(nowMs).toISOString()
  if (nowMs > EARLIEST_MS && nowMs < LATEST_MS) return ok('clock', now)
  return fail('clock', `${now} cannot be right, and spans are stored by time`, 'timedatectl set-ntp true')
}

/** The directory, or the nearest one above it that is there: `start` makes the rest. */
export async function checkDataDir({ config }: DoctorOptions): Promise<Check[]> {
  const { dataDir } = config
  const existing = await nearestExisting(dataDir)
  const another = 'use a directory you may write: --data-dir PATH'
  try {
    if (!(await stat(existing)).isDirectory())
      return [fail('data directory', `${existing} is not a directory`, another)]
    await access(existing, constants.W_OK | constants.X_OK)
  } catch {
    return [fail('data directory', `${existing} is not writable`, another)]
  }
  const detail = existing === dataDir ? dataDir : `${dataDir}, to be made in ${existing}`
  return [ok('data directory', detail), await checkDisk(existing, config)]
}

async function checkDisk(dir: string, { journal }: Config): Promise<Check> {
  const { bavail, bsize } = await statfs(dir)
  const free = bavail * bsize
  const detail = `${formatBytes(Math.floor(free / 2 ** 20) * 2 ** 20)} free`
  const smaller = 'free some space, move it (--data-dir PATH) or lower --journal-max-bytes'
  if (free < FULL_BYTES) return fail('disk', `${detail}: too little to accept spans`, smaller)
  if (free < journal.maxBytes)
    return warn('disk', `${detail}, less than the journal may take (${formatBytes(journal.maxBytes)})`, smaller)
  return ok('disk', detail)
}

async function nearestExisting(path: string): Promise<string> {
  for (let dir = path; ; dir = dirname(dir)) {
    if (
      await stat(dir).then(
        () => true,
        () => false,
      )
    )
      return dir
    if (dir === dirname(dir)) return dir
  }
}

/** @param running whether our own collector answered: then it is the one that holds the ports */
export async function checkPorts({ config }: DoctorOptions, running: boolean): Promise<Check[]> {
  const doors = [
    ['grpc', config.grpcListen],
    ['http', config.httpListen],
    ['api', config.apiListen],
    ['engine', config.clickhouse.url === undefined ? config.engineListen : 'off'],
  ] as const
  return Promise.all(doors.map(([door, address]) => checkPort(door, address, running)))
}

async function checkPort(door: string, address: ListenAddress | 'off', running: boolean): Promise<Check> {
  const name = `${door} door`
  if (address === 'off') return skip(name, 'off')
  const where = formatAddress(address.host, address.port)
  const code = await tryListen(address)
  if (code === undefined && running && address.port !== 0)
    return warn(name, `${where} is closed though the collector runs`, 'restart the collector with these settings')
  if (code === undefined) return ok(name, `${where} is free`)
  if (code === 'EADDRINUSE' && running) return ok(name, `${where} is open`)
  const next = `see who has it: lsof -i :${address.port}; or take another: --${door}-listen 127.0.0.1:0`
  if (code === 'EADDRINUSE') return fail(name, `${where} is taken by another program`, next)
  return fail(
    name,
    `cannot listen on ${where}: ${code}`,
    `choose an address of this machine: --${door}-listen 127.0.0.1:${address.port}`,
  )
}

/** @returns undefined when the address could be opened (and was closed again), else the error's code */
async function tryListen({ host, port }: ListenAddress): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const server = createServer()
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  return promise
}
