// The text of one setting in (flag, variable or YAML scalar: all are text), its value out. Every kind says what it expects.
import { z } from 'zod'
import { type Redaction, redactionSchema } from './redaction.ts'
import { Secret } from './secret.ts'

/** Where a door listens; port 0 means any free port. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** What a key is for. */
export type Scope = 'ingest' | 'read' | 'admin'

/** A key that a sender shows, and the project that it opens. */
export interface ApiKey {
  readonly project: string
  readonly scopes: readonly Scope[]
  readonly key: Secret
}

/** A ClickHouse HTTP address with the credentials taken out of it. */
export interface ServerUrl {
  readonly url: string
  readonly username: string | undefined
  readonly password: Secret | undefined
}

/** What a setting's text may be. `format` is also its placeholder in `--help`. */
export interface Kind<T> {
  readonly format: string
  readonly secret: boolean
  readonly schema: z.ZodType<T, unknown>
}

const scalar = z.union([z.string(), z.number()])
const pairList = z.union([scalar, z.array(scalar), z.record(z.string(), z.union([scalar, z.array(scalar)]))])

export interface KindOptions<T> {
  expected: string
  parse: (text: string) => T | undefined
  secret?: boolean
}

export function define<T>(format: string, { expected, parse, secret = false }: KindOptions<T>): Kind<T> {
  const schema = z
    .union([z.string(), z.number()], { error: `expected ${expected}` })
    .transform((value, context) => parse(String(value)) ?? refuse(context, expected))
  return { format, secret, schema }
}

export function refuse(context: z.RefinementCtx, expected: string): never {
  context.addIssue({ code: 'custom', message: `expected ${expected}` })
  return z.NEVER
}

const matching =
  (pattern: RegExp) =>
  (text: string): string | undefined =>
    pattern.test(text) ? text : undefined

/** A file or directory; load.ts makes it absolute. */
export const path = (): Kind<string> =>
  define('path', { expected: 'a path', parse: (text) => (text === '' || text.includes('\0') ? undefined : text) })

/** A word that goes into SQL as an identifier, so it may hold nothing that needs quoting. */
export const identifier = (): Kind<string> =>
  define('name', {
    expected: 'a name of letters, digits and _, at most 64',
    parse: matching(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/),
  })

/** A cluster name or macro as ClickHouse writes it. */
export const clusterName = (): Kind<string> =>
  define('name', {
    expected: 'a cluster name of letters, digits, _ . - or a {macro}',
    parse: matching(/^(?:[\w.-]{1,64}|\{\w{1,62}\})$/),
  })

export const userName = (): Kind<string> =>
  define('name', { expected: 'a name without control characters', parse: matching(/^[^\p{Cc}]{1,128}$/u) })

export const secretText = (): Kind<Secret> =>
  define('secret', { expected: 'a text', parse: (text) => new Secret(text), secret: true })

/** One of a closed set of words. */
export const oneOf = <const T extends string>(...words: readonly T[]): Kind<T> => ({
  format: words.join('|'),
  secret: false,
  schema: z.enum(words, { error: `expected one of ${words.join(', ')}` }),
})

/** A whole number within [min, max]. */
export const count = (min: number, max: number): Kind<number> =>
  define('number', {
    expected: `a whole number from ${min} to ${max}`,
    parse: (text) => within(wholeNumber(text), min, max),
  })

const UNIT_BYTES: Readonly<Record<string, number>> = { b: 1, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 }
const MAX_BYTES = 2 ** 50

/** A size in bytes, at least `min`: `67108864`, `64 MiB`. */
export const bytes = (min: number, max = MAX_BYTES): Kind<number> =>
  define('size', {
    expected: `a size from ${formatBytes(min)} to ${formatBytes(max)}, such as "64 MiB" or a number of bytes`,
    parse: (text) => {
      const [, digits = '', unit = 'b'] = /^(\d{1,15})\s*(b|kib|mib|gib|tib)?$/i.exec(text.trim()) ?? []
      return within(wholeNumber(digits) * UNIT_BYTES[unit.toLowerCase()]!, min, max)
    },
  })

/** `host:port`, a bare port (loopback), or `off`. */
export const listen = (): Kind<ListenAddress | 'off'> =>
  define('host:port', {
    expected: 'host:port (such as 127.0.0.1:4318 or [::1]:4318; port 0 picks a free one) or off',
    parse: (text) => (text.trim() === 'off' ? 'off' : parseAddress(text.trim())),
  })

function parseAddress(text: string): ListenAddress | undefined {
  const [, v6, name, digits = ''] =
    /^(?:(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{0,253})):)?(\d{1,5})$/.exec(text) ?? []
  const port = within(wholeNumber(digits), 0, 65_535)
  if (port === undefined) return undefined
  if (v6 !== undefined) return { host: v6, port }
  if (name === undefined) return { host: '127.0.0.1', port }
  // ":4318" means every interface in Go's tools and in the OpenTelemetry Collector.
  return { host: name === '' ? '0.0.0.0' : name, port }
}

/** ClickHouse over HTTP; user and password may stand in the URL. */
export const clickhouseUrl = (): Kind<ServerUrl> =>
  define('url', {
    expected: 'the HTTP interface of ClickHouse, http://host:8123 or https://host:8443, without path or query',
    parse: parseServerUrl,
    secret: true,
  })

function parseServerUrl(text: string): ServerUrl | undefined {
  const url = URL.parse(text.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined
  const username = decode(url.username)
  const password = decode(url.password)
  if (username === undefined || password === undefined) return undefined
  return {
    url: url.origin,
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : new Secret(password),
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined // a lone % is not an escape
  }
}

export const PROJECT = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/
// What an HTTP header can carry, without the comma that separates keys.
const KEY = /^[\x21-\x2b\x2d-\x7e]{1,512}$/

/** `project:key,project2/ingest:key2`, a list of such, or a map of project to key or keys. */
export const apiKeys = (): Kind<readonly ApiKey[]> =>
  pairs({
    format: 'project:key,…',
    expected:
      'project:key or project/scope+scope:key pairs (ingest, read, admin); a key is printable ASCII without commas and belongs to one project',
    secret: true,
    read: (all) => {
      const keys = all.map(([name, key]) => ({ ...scopedProject(name), key }))
      const valid = keys.every(({ project, scopes, key }) => PROJECT.test(project) && scopes && KEY.test(key))
      const unique = new Set(all.map(([, key]) => key)).size === all.length
      if (!valid || !unique) return undefined
      return keys.map(({ project, scopes = [], key }) => ({ project, scopes, key: new Secret(key) }))
    },
  })

/** Every scope but admin: a key that is written into many senders should not be able to make others. */
export const USUAL_SCOPES: readonly Scope[] = ['ingest', 'read']

function scopedProject(name: string): { project: string; scopes: readonly Scope[] | undefined } {
  const slash = name.indexOf('/')
  if (slash < 0) return { project: name, scopes: USUAL_SCOPES }
  const words = name.slice(slash + 1).split('+')
  const scopes = (['ingest', 'read', 'admin'] as const).filter((scope) => words.includes(scope))
  return { project: name.slice(0, slash), scopes: scopes.length === words.length ? scopes : undefined }
}

/** A map of project to what is taken out of its telemetry; as a variable or flag the same as JSON. */
export const redaction = (): Kind<Redaction> => ({
  format: 'json',
  secret: false,
  schema: z.unknown().transform((value, context) => {
    const expected = 'a map of project (or *) to { rules, fields, patterns }, see docs/redaction.md'
    const parsed = redactionSchema.safeParse(typeof value === 'string' ? parseJson(value) : value)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    return refuse(context, `${expected}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim())
  }),
})

function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `project:days,…` or a map of project to days. */
export const daysByProject = (min: number, max: number): Kind<ReadonlyMap<string, number>> =>
  pairs({
    format: 'project:days,…',
    expected: `project:days pairs, each project once, days from ${min} to ${max}`,
    secret: false,
    read: (all) => {
      const days = new Map(all.map(([project, text]) => [project, within(wholeNumber(text), min, max) ?? Number.NaN]))
      const valid = [...days].every(([project, value]) => PROJECT.test(project) && !Number.isNaN(value))
      return valid && days.size === all.length ? days : undefined
    },
  })

type Pair = readonly [name: string, value: string]

export interface PairsOptions<T> {
  format: string
  expected: string
  secret: boolean
  /** Which of several separates; a URI has some of its own. */
  colon?: 'first' | 'last'
  read: (all: readonly Pair[]) => T | undefined
}

export function pairs<T>({ format, expected, secret, read, colon = 'first' }: PairsOptions<T>): Kind<T> {
  const schema = pairList.transform((value, context) => read(toPairs(value, colon)) ?? refuse(context, expected))
  return { format, secret, schema }
}

function toPairs(value: z.output<typeof pairList>, colon: 'first' | 'last'): readonly Pair[] {
  if (typeof value !== 'object') {
    return String(value)
      .split(',')
      .filter((part) => part.trim() !== '')
      .map((part) => splitPair(part, colon))
  }
  if (Array.isArray(value)) return value.map((item) => splitPair(String(item), colon))
  return Object.entries(value).flatMap(([name, one]) =>
    (Array.isArray(one) ? one : [one]).map((item): Pair => [name, String(item).trim()]),
  )
}

function splitPair(text: string, colon: 'first' | 'last'): Pair {
  const at = colon === 'first' ? text.indexOf(':') : text.lastIndexOf(':')
  return at < 0 ? ['', ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

const wholeNumber = (text: string): number => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN)

function within(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined
}

/** The shortest exact form: `64 MiB`, `1000 B`. */
export function formatBytes(value: number): string {
  const unit = ['TiB', 'GiB', 'MiB', 'KiB'].find((name) => value > 0 && value % UNIT_BYTES[name.toLowerCase()]! === 0)
  return unit === undefined ? `${value} B` : `${value / UNIT_BYTES[unit.toLowerCase()]!} ${unit}`
}

/** `127.0.0.1:4318`, `[::1]:4318`. */
export const formatAddress = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
