// Request line and headers -> who asks, and the statement's options, as ClickHouse's HTTP interface names them.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { refuse } from './clickhouse-exception.ts'

/** Everything about a statement but its text. `settings` holds `readonly` too; `params` are raw `{name:Type}` values in ClickHouse's escaped text. */
export interface QueryOptions {
  query: string
  queryId: string
  database: string | undefined
  defaultFormat: string
  settings: Map<string, string>
  params: Map<string, string>
  compressReply: boolean
  /** `client_protocol_version`; 0 = none named. Only Native output depends on it. */
  clientRevision: number
}

export interface Credentials {
  username: string
  password: string
}

// Parameters of the HTTP interface itself; every other identifier is a setting.
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'session_id',
  'session_check',
  'session_timeout',
  'close_session',
  'stacktrace',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'client_protocol_version',
  'enable_http_compression',
  'http_zlib_compression_level',
])

const IDENTIFIER = /^[A-Za-z_]\w*$/

/** Throws a ClickHouse exception for what this endpoint cannot do, rather than answer something else than asked. */
export function readQueryOptions(url: URL, request: IncomingMessage): QueryOptions {
  const values = url.searchParams
  for (const name of ['compress', 'decompress']) {
    if (isOn(values.get(name))) {
      throw refuse(
        'NOT_IMPLEMENTED',
        `${name}=1 (ClickHouse block compression) is not supported here, use HTTP compression`,
      )
    }
  }
  if (request.headers['content-type']?.startsWith('multipart/')) {
    throw refuse('NOT_IMPLEMENTED', 'multipart bodies (external tables) are not supported here')
  }
  const settings = new Map<string, string>()
  const params = new Map<string, string>()
  for (const [name, value] of values) {
    if (!IDENTIFIER.test(name)) continue
    if (name.startsWith('param_')) params.set(name.slice('param_'.length), value)
    else if (!NOT_SETTINGS.has(name)) settings.set(name, value)
  }
  // A link must not be able to change anything; ClickHouse has the same rule.
  if (request.method !== 'POST' && !isOn(settings.get('readonly'))) settings.set('readonly', '2')
  return {
    query: values.get('query') ?? '',
    queryId: values.get('query_id') || randomUUID(),
    database: values.get('database') || header(request, 'x-clickhouse-database'),
    defaultFormat: header(request, 'x-clickhouse-format') ?? values.get('default_format') ?? 'TabSeparated',
    settings,
    params,
    compressReply: isOn(values.get('enable_http_compression')),
    clientRevision: Number(values.get('client_protocol_version') ?? 0) || 0,
  }
}

/** ClickHouse's three places for credentials, in its order of precedence. */
export function readCredentials(url: URL, request: IncomingMessage): Credentials {
  const user = header(request, 'x-clickhouse-user')
  const key = header(request, 'x-clickhouse-key')
  if (user !== undefined || key !== undefined) return { username: user ?? '', password: key ?? '' }
  const basic = /^Basic\s+(\S+)/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic) {
    const text = Buffer.from(basic, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    return { username: text.slice(0, Math.max(colon, 0)), password: text.slice(colon + 1) }
  }
  return { username: url.searchParams.get('user') ?? '', password: url.searchParams.get('password') ?? '' }
}

/** Compares digests, so that neither length nor common prefix shows in the time taken. */
export function createAuthenticator(expected: Credentials): (given: Credentials) => void {
  const digest = ({ username, password }: Credentials): Buffer =>
    createHash('sha256').update(`${username.length}:${username}:${password}`).digest()
  const wanted = digest(expected)
  return (given) => {
    if (timingSafeEqual(digest(given), wanted)) return
    throw refuse(
      'AUTHENTICATION_FAILED',
      'Authentication failed: password is incorrect, or there is no user with such name',
    )
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const isOn = (value: string | null | undefined): boolean => value === '1' || value === 'true' || value === '2'
