// What the user wrote and the environment in, one frozen answer out. The only file that reads the environment.
import type { OnDrop } from './drops.ts'

/** Everything is optional: with nothing set, spans go to a collector on this machine. */
export interface HanzoSpanExporterOptions {
  /** Project key; sent as `Authorization: Bearer`. Env: `HANZO_API_KEY`. */
  apiKey?: string | undefined
  /** Base URL of the collector; `/v1/traces` is added, a path is kept. Env: `HANZO_HOST`, `OTEL_EXPORTER_OTLP_{TRACES_,}ENDPOINT`. Default `http://localhost:4318`. */
  host?: string | undefined
  /** Sent with each request. Env: `OTEL_EXPORTER_OTLP_{TRACES_,}HEADERS`. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Env: `OTEL_EXPORTER_OTLP_{TRACES_,}COMPRESSION`. Default `gzip`. */
  compression?: 'gzip' | 'none' | undefined
  /** Time for one request, and for `shutdown`. Env: `OTEL_EXPORTER_OTLP_{TRACES_,}TIMEOUT`. Default 10,000. */
  timeoutMs?: number | undefined
  /** How long one batch is retried before it is counted as lost. Default 60,000. */
  retryForMs?: number | undefined
  /** Spans that may wait. Env: `OTEL_BSP_MAX_QUEUE_SIZE`. Default 2,048. */
  maxQueueSize?: number | undefined
  /** Encoded bytes that may wait. Default 64 MiB. */
  maxQueueBytes?: number | undefined
  /** Spans in one request. Env: `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`. Default 512. */
  maxBatchSize?: number | undefined
  /** Longest wait of a span for company. Env: `OTEL_BSP_SCHEDULE_DELAY`. Default 1,000. */
  scheduledDelayMs?: number | undefined
  /** Longest `forceFlush`. Env: `OTEL_BSP_EXPORT_TIMEOUT`. Default 30,000. */
  flushTimeoutMs?: number | undefined
  /** Told of every lost span. */
  onDrop?: OnDrop | undefined
}

export interface ExporterConfig {
  /** Undefined when the host is not a URL: better to lose spans loudly than to send them elsewhere. */
  readonly url: string | undefined
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly compression: 'gzip' | 'none'
  readonly timeoutMs: number
  readonly retryForMs: number
  readonly maxQueueSize: number
  readonly maxQueueBytes: number
  readonly maxBatchSize: number
  readonly maxBatchBytes: number
  readonly scheduledDelayMs: number
  readonly flushTimeoutMs: number
  /** What was wrong with the settings, for `diag`; no value of a header or key in it. */
  readonly problems: readonly string[]
}

export type Env = Readonly<Record<string, string | undefined>>

const MIB = 1024 * 1024
/** The longest timer there is; a longer one would fire at once. */
const MAX_AMOUNT = 2 ** 31 - 1

/** The environment of this process, or none where there is no process (browser, worker). */
export function readEnv(): Env {
  return typeof process === 'undefined' ? {} : process.env
}

/** Precedence: option, `HANZO_*`, `OTEL_*`, default. Pure, and never throws: what cannot be used is named in `problems`. */
export function resolveConfig(options: HanzoSpanExporterOptions, env: Env): ExporterConfig {
  const problems: string[] = []
  const amount = (option: number | undefined, names: readonly string[], fallback: number) =>
    resolveAmount({ option, names, fallback, env, problems })
  const maxQueueSize = amount(options.maxQueueSize, ['OTEL_BSP_MAX_QUEUE_SIZE'], 2048)
  return {
    url: resolveUrl(options, env, problems),
    headers: resolveHeaders(options, env, problems),
    compression: resolveCompression(options, env, problems),
    timeoutMs: amount(options.timeoutMs, otlp('TIMEOUT'), 10_000),
    retryForMs: amount(options.retryForMs, [], 60_000),
    maxQueueSize,
    maxQueueBytes: amount(options.maxQueueBytes, [], 64 * MIB),
    // A batch larger than the queue would never fill.
    maxBatchSize: Math.min(maxQueueSize, amount(options.maxBatchSize, ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE'], 512)),
    // Well under the 64 MiB that OTLP servers accept after decompression.
    maxBatchBytes: 8 * MIB,
    scheduledDelayMs: amount(options.scheduledDelayMs, ['OTEL_BSP_SCHEDULE_DELAY'], 1000),
    flushTimeoutMs: amount(options.flushTimeoutMs, ['OTEL_BSP_EXPORT_TIMEOUT'], 30_000),
    problems,
  }
}

/** Environment names of one OTLP setting, the traces one first. */
function otlp(setting: string): string[] {
  return [`OTEL_EXPORTER_OTLP_TRACES_${setting}`, `OTEL_EXPORTER_OTLP_${setting}`]
}

/** An empty variable means unset (OTel specification, "Environment Variable Specification"). */
function firstSet(env: Env, names: readonly string[]): string | undefined {
  return names.map((name) => env[name]?.trim()).find((value) => value)
}

function resolveAmount(from: {
  option: number | undefined
  names: readonly string[]
  fallback: number
  env: Env
  problems: string[]
}): number {
  const written = from.option ?? firstSet(from.env, from.names)
  if (written === undefined) return from.fallback
  const value = Number(written)
  if (value > 0) return Math.min(value, MAX_AMOUNT)
  from.problems.push(`cannot use ${from.names[0] ?? 'an option'}: not a positive number; using ${from.fallback}`)
  return from.fallback
}

function resolveUrl(options: HanzoSpanExporterOptions, env: Env, problems: string[]): string | undefined {
  const base = options.host?.trim() || firstSet(env, ['HANZO_HOST'])
  // OTLP: the traces endpoint is the whole URL, every other one is a base.
  const exact = base ? undefined : firstSet(env, ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
  const written = exact ?? base ?? firstSet(env, ['OTEL_EXPORTER_OTLP_ENDPOINT']) ?? 'http://localhost:4318'
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    problems.push('cannot use the host: it is not an http(s) URL; no span will be sent')
    return undefined
  }
  if (url.port === '4317') problems.push('port 4317 is OTLP over gRPC; this exporter speaks HTTP, usually on 4318')
  if (exact === undefined && !url.pathname.endsWith('/v1/traces')) {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/traces`
  }
  return url.href
}

function resolveCompression(options: HanzoSpanExporterOptions, env: Env, problems: string[]): 'gzip' | 'none' {
  const written = options.compression ?? firstSet(env, otlp('COMPRESSION')) ?? 'gzip'
  if (written === 'gzip' || written === 'none') return written
  problems.push('cannot use the compression: only gzip and none are known; using gzip')
  return 'gzip'
}

function resolveHeaders(options: HanzoSpanExporterOptions, env: Env, problems: string[]): Record<string, string> {
  const [ofTraces = '', ofAll = ''] = otlp('HEADERS').map((name) => env[name])
  const fromEnv = { ...parseHeaderList(ofAll, problems), ...parseHeaderList(ofTraces, problems) }
  const bearer = (key: string | undefined) => (key?.trim() ? { authorization: `Bearer ${key.trim()}` } : {})
  const wanted = {
    ...fromEnv,
    ...bearer(env['HANZO_API_KEY']),
    ...lowerCased(options.headers ?? {}),
    ...bearer(options.apiKey),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => isUsableHeader(name, value, problems)))
}

/** `name=value,name=value`, values percent-encoded (OTel specification, "OTLP Exporter Configuration"). */
function parseHeaderList(list: string, problems: string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const pair of list.split(',')) {
    const [name = '', value] = [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]
    if (pair.trim() === '') continue
    if (!pair.includes('=')) {
      problems.push('cannot use a part of the OTLP headers: no "=" in it')
      continue
    }
    headers[name.toLowerCase()] = URL_ENCODED.test(value) ? decodeURIComponent(value) : value
  }
  return headers
}

/** Escapes of ASCII only: a header holds nothing else, and `decodeURIComponent` throws on half a character. */
const URL_ENCODED = /^(?:[^%]|%[0-7][\dA-Fa-f])*$/

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** One bad character would make every request throw. */
function isUsableHeader(name: string, value: string, problems: string[]): boolean {
  try {
    new Headers([[name, value]])
    return true
  } catch {
    problems.push(`cannot use the header ${JSON.stringify(name)}: not a valid name or value`)
    return false
  }
}
