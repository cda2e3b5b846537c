// What the user wrote and the environment in, one frozen answer out. The only file that reads the environment.
import type { OnDrop } from './drops.ts'
import type { SpanFilter } from './intake/intake.ts'
import type { Mask } from './intake/mask.ts'
import { NAMES } from './names.ts'
import type { AttributeBag } from './span.ts'
import { SDK_NAME, SDK_VERSION } from './version.ts'

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
  /** `otlp` (default), or `insights`: the event wire of the hosted product. Both make the same rows. Env: `HANZO_PROTOCOL`. */
  protocol?: ExporterProtocol | undefined
  /** `llm` keeps steps of generative AI and their ancestors; a function keeps those for which it is true and their ancestors. Default: all. */
  filter?: 'llm' | SpanFilter | undefined
  /** Gives what to send instead of a value of an attribute; undefined leaves it out. */
  mask?: Mask | undefined
  /** Share of traces that are sent, 0 to 1, by trace id. Env: `HANZO_SAMPLE_RATE`. Default 1. */
  sampleRate?: number | undefined
  /** `production`, `staging`, … Env: `HANZO_ENVIRONMENT`. Default: what the app's resource says. */
  environment?: string | undefined
  /** Version of the app. Env: `HANZO_RELEASE`. Default: what the app's resource says. */
  release?: string | undefined
  /** Told of every lost span. */
  onDrop?: OnDrop | undefined
}

export type ExporterProtocol = 'otlp' | 'insights'

export interface ExporterConfig {
  readonly protocol: ExporterProtocol
  readonly sampleRate: number
  /** Resource attributes that the options tell. */
  readonly extraResource: AttributeBag
  /** Undefined when the host is not a URL: better to lose spans loudly than to send them elsewhere. */
  readonly url: string | undefined
  /** `{host}/batch/`, of the Insights event wire. */
  readonly eventsUrl: string | undefined
  /** As the Insights event wire shows it, in the body. */
  readonly apiKey: string | undefined
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

/** What OTLP adds to a base URL. */
const TRACES_PATH = /\/v1\/traces$/
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
  const url = resolveUrl(options, env, problems)
  const maxQueueSize = amount(options.maxQueueSize, ['OTEL_BSP_MAX_QUEUE_SIZE'], 2048)
  return {
    url,
    eventsUrl: url && eventsUrlOf(url),
    protocol: resolveProtocol(options, env, problems),
    sampleRate: resolveSampleRate(options, env, problems),
    extraResource: resolveExtra(options, env),
    apiKey: options.apiKey?.trim() || firstSet(env, ['HANZO_API_KEY']),
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

/** Beside the traces, on the same base. */
function eventsUrlOf(tracesUrl: string): string {
  const url = new URL(tracesUrl)
  url.pathname = TRACES_PATH.test(url.pathname) ? url.pathname.replace(TRACES_PATH, '/batch/') : '/batch/'
  return url.href
}

function resolveProtocol(options: HanzoSpanExporterOptions, env: Env, problems: string[]): ExporterProtocol {
  const written = options.protocol ?? firstSet(env, ['HANZO_PROTOCOL']) ?? 'otlp'
  if (written === 'otlp' || written === 'insights') return written
  problems.push('cannot use the protocol: only otlp and insights are known; using otlp')
  return 'otlp'
}

function resolveSampleRate(options: HanzoSpanExporterOptions, env: Env, problems: string[]): number {
  const rate = Number(options.sampleRate ?? firstSet(env, ['HANZO_SAMPLE_RATE']) ?? 1)
  if (rate >= 0 && rate <= 1) return rate
  problems.push('cannot use the sample rate: not a number from 0 to 1; sending every trace')
  return 1
}

function resolveExtra(options: HanzoSpanExporterOptions, env: Env): AttributeBag {
  const environment = options.environment ?? firstSet(env, ['HANZO_ENVIRONMENT'])
  const release = options.release ?? firstSet(env, ['HANZO_RELEASE'])
  return {
    ...(environment ? { [NAMES.environment]: environment } : {}),
    ...(release ? { [NAMES.release]: release } : {}),
  }
}

/** Who we are, for spans that no other SDK makes: option, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` (OTel specification, "Resource SDK"). */
export function resolveResource(options: { serviceName?: string | undefined }, env: Env): Record<string, string> {
  const told = parsePairs(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '', [])
  const name = options.serviceName ?? firstSet(env, ['OTEL_SERVICE_NAME']) ?? told[NAMES.serviceName]
  return {
    'telemetry.sdk.name': SDK_NAME,
    'telemetry.sdk.version': SDK_VERSION,
    'telemetry.sdk.language': 'document' in globalThis ? 'webjs' : 'nodejs',
    ...told,
    [NAMES.serviceName]: name ?? 'unknown_service',
  }
}

function resolveCompression(options: HanzoSpanExporterOptions, env: Env, problems: string[]): 'gzip' | 'none' {
  const written = options.compression ?? firstSet(env, otlp('COMPRESSION')) ?? 'gzip'
  if (written === 'gzip' || written === 'none') return written
  problems.push('cannot use the compression: only gzip and none are known; using gzip')
  return 'gzip'
}

function resolveHeaders(options: HanzoSpanExporterOptions, env: Env, problems: string[]): Record<string, string> {
  const [ofTraces = '', ofAll = ''] = otlp('HEADERS').map((name) => env[name])
  const fromEnv = lowerCased({ ...parsePairs(ofAll, problems), ...parsePairs(ofTraces, problems) })
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
function parsePairs(list: string, problems: string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const pair of list.split(',')) {
    const [name = '', value] = [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]
    if (pair.trim() === '') continue
    if (!pair.includes('=')) {
      problems.push('cannot use a part of the OTLP headers: no "=" in it')
      continue
    }
    headers[name] = URL_ENCODED.test(value) ? decodeURIComponent(value) : value
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
