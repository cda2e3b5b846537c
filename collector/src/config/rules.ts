// Settings that are right one by one in; the Config with the rules between them applied out, or what breaks them.
import { BlockList, isIP } from 'node:net'
import { findKey } from './keys.ts'
import { formatAddress, type ListenAddress } from './kinds.ts'
import { shareMemory } from './memory.ts'
import type { Problem } from './problem.ts'
import type { Camel, Config, ParsedConfig } from './schema.ts'

export interface Ruled {
  readonly config: Config
  /** Setting -> the other setting that its value was taken from. */
  readonly derived: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

type Settings = Camel<ParsedConfig>
type Door = readonly [key: string, address: ListenAddress]

/** A key that can be guessed is no key. */
const SHORT_KEY = 16

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Whether only this machine can reach the address. */
export function isLoopback({ host }: ListenAddress): boolean {
  const family = isIP(host)
  return family === 0 ? host === 'localhost' : LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

/** @param whereIs names the flag, variable or line that a setting came from. */
export function applyRules(settings: Settings, whereIs: (path: string) => string): Ruled {
  const problems = [...doorProblems(settings), ...sizeProblems(settings)].map(([path, message]) => ({
    where: whereIs(path),
    message: `${path}: ${message}`,
  }))
  return { config: complete(settings), derived: derivedFrom(settings), problems, warnings: [...warnings(settings)] }
}

function complete(settings: Settings): Config {
  const { certFile, keyFile, clientCaFile, ...tls } = settings.tls
  const { url, username, password, database, cluster } = settings.clickhouse
  return {
    ...settings,
    auth: authOf(settings),
    clickhouse: {
      url: url?.url,
      username: username ?? url?.username,
      password: password ?? url?.password,
      database,
      cluster,
    },
    tls: certFile !== undefined && keyFile !== undefined ? { ...tls, certFile, keyFile, clientCaFile } : undefined,
  }
}

function derivedFrom({ auth, apiKeys, clickhouse }: Settings): ReadonlyMap<string, string> {
  const { url, username, password } = clickhouse
  const derived = new Map<string, string>()
  if (auth === undefined && apiKeys.length > 0) derived.set('auth', 'api_keys')
  if (username === undefined && url?.username !== undefined) derived.set('clickhouse.username', 'clickhouse.url')
  if (password === undefined && url?.password !== undefined) derived.set('clickhouse.password', 'clickhouse.url')
  return derived
}

const authOf = ({ auth, apiKeys }: Settings): 'keys' | 'none' => auth ?? (apiKeys.length > 0 ? 'keys' : 'none')

function openDoors(settings: Settings): readonly Door[] {
  const doors: readonly (readonly [string, ListenAddress | 'off'])[] = [
    ['grpc_listen', settings.grpcListen],
    ['http_listen', settings.httpListen],
    ['api_listen', settings.apiListen],
    // With a ClickHouse of the user's own there is no engine to listen.
    ['engine_listen', settings.clickhouse.url === undefined ? settings.engineListen : 'off'],
  ]
  return doors.flatMap(([key, address]): Door[] => (address === 'off' ? [] : [[key, address]]))
}

function* doorProblems(settings: Settings): Generator<[path: string, message: string]> {
  const taken = new Map<string, string>()
  for (const [key, address] of openDoors(settings)) {
    const name = formatAddress(address.host, address.port)
    const other = taken.get(name)
    if (other !== undefined && address.port !== 0) yield [key, `${name} is already ${other}`]
    taken.set(name, key)
    if (!isLoopback(address) && settings.auth === undefined && settings.apiKeys.length === 0) {
      yield [
        key,
        `refusing to listen on ${name} without keys: set api_keys (${findKey('api_keys')?.env}), or auth: keys and make one with insights keys create, or auth: none when everyone who can reach it may read and write`,
      ]
    }
  }
  if (authOf(settings) === 'none' && settings.corsOrigins.includes('*'))
    yield ['cors_origins', '* without keys would let every web page read: name the origins, or set auth: keys']
}

function* sizeProblems({ limits, batch, journal, tls }: Settings): Generator<[path: string, message: string]> {
  if (limits.maxInFlightBytes < limits.maxBodyBytes) {
    yield ['limits.max_in_flight_bytes', 'smaller than limits.max_body_bytes, so the largest request could never enter']
  }
  if (shareMemory({ limits, batch }).inFlightBytes < limits.maxBodyBytes) {
    yield [
      'limits.max_memory_bytes',
      'too small for requests of limits.max_body_bytes: at least four times as much, and 256 MiB',
    ]
  }
  if (journal.segmentBytes * 8 > journal.maxBytes)
    yield ['journal.segment_bytes', 'more than an eighth of journal.max_bytes']
  if (tls.certFile !== undefined && tls.keyFile === undefined) yield ['tls.cert_file', 'tls.key_file is missing']
  if (tls.keyFile !== undefined && tls.certFile === undefined) yield ['tls.key_file', 'tls.cert_file is missing']
  if (tls.clientCaFile !== undefined && tls.certFile === undefined)
    yield ['tls.client_ca_file', 'tls.cert_file is missing']
  if (tls.clientProjects.size > 0 && tls.clientCaFile === undefined)
    yield ['tls.client_projects', 'tls.client_ca_file is missing, so no certificate could be verified']
}

function* warnings(settings: Settings): Generator<string> {
  const { auth, apiKeys, clickhouse, sql } = settings
  const open = openDoors(settings).filter(([, address]) => !isLoopback(address))
  if (auth === 'none' && open.length > 0) {
    yield `auth is none: everyone who can reach ${open.map(([key]) => key).join(', ')} may read and write`
  }
  if (auth === 'none' && apiKeys.length > 0) yield 'auth is none, so nobody is asked for a key'
  const short = apiKeys.filter(({ key }) => key.reveal().length < SHORT_KEY).map(({ project }) => project)
  if (short.length > 0) yield `the key of ${[...new Set(short)].join(', ')} is shorter than ${SHORT_KEY} characters`
  if (
    clickhouse.url === undefined &&
    (clickhouse.cluster ?? clickhouse.username ?? clickhouse.password) !== undefined
  ) {
    yield 'clickhouse.username, password and cluster do nothing without clickhouse.url'
  }
  if (clickhouse.url === undefined && (sql.username ?? sql.password) !== undefined)
    yield 'sql.username and password do nothing without clickhouse.url'
}
