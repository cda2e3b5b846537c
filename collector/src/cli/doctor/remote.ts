// What a running collector and its ClickHouse say: alive, ready, on time, and a span that goes in comes out.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { doorUrl } from '../address.ts'
import { firstSpanRequest } from '../first-span.ts'
import { parseJson, type Reply, request } from '../http.ts'
import { fetchOf } from '../own-fetch.ts'
import { type Check, type DoctorOptions, fail, ok, skip, warn } from './check.ts'

const MAX_SKEW_MS = 5_000
const READ_BACK_MS = 15_000
const READ_BACK_EVERY_MS = 250

/** Whether our own collector answers on the API door. */
export async function checkCollector({ config, insights }: DoctorOptions): Promise<Check & { running: boolean }> {
  const api = doorUrl(config, config.apiListen)
  if (api === undefined) return { ...skip('collector', 'api_listen is off, so it cannot be asked'), running: false }
  const reply = await request(`${api}/livez`, {}, await fetchOf(config))
  if (reply.ok && reply.status === 200) return { ...ok('collector', `alive at ${api}`), running: true }
  const found = reply.ok
    ? `${api}/livez answered ${reply.status}: another program?`
    : `not running (${api}: ${reply.reason})`
  return { ...warn('collector', found, `${insights} start`), running: false }
}

/** Through the collector when it runs, else directly. */
export async function checkStore(options: DoctorOptions, running: boolean): Promise<Check[]> {
  const { config } = options
  const api = doorUrl(config, config.apiListen)
  if (running && api !== undefined) return [readiness(await request(`${api}/readyz`, {}, await fetchOf(config)))]
  const { url } = config.clickhouse
  if (url === undefined) return [skip('store', 'embedded ClickHouse: opened by start')]
  const reply = await request(`${url}/ping`)
  const next = `check clickhouse.url, then: curl -sS ${url}/ping`
  if (!reply.ok) return [fail('store', `nothing answers at ${url}: ${reply.reason}`, next)]
  if (reply.status !== 200) return [fail('store', `${url}/ping answered ${reply.status}`, next)]
  return [ok('store', `ClickHouse answers at ${url}`), skew(reply)]
}

function readiness(reply: Reply): Check {
  if (!reply.ok) return fail('store', `no answer about readiness: ${reply.reason}`, 'look at the log of the collector')
  if (reply.status === 200) return ok('store', 'ready')
  const detail = `not ready (${reply.status}): ${reply.body.slice(0, 200).replace(/\s+/g, ' ')}`
  return fail('store', detail, 'accepted spans wait in the journal; look at the log of the collector')
}

// The Date header has whole seconds, hence the generous limit.
function skew(reply: Extract<Reply, { ok: true }>): Check {
  const theirs = Date.parse(reply.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return skip('clock skew', 'the server tells no time')
  const skewMs = Date.now() - theirs
  if (Math.abs(skewMs) < MAX_SKEW_MS) return ok('clock skew', `within ${MAX_SKEW_MS / 1000} s of ClickHouse`)
  return warn(
    'clock skew',
    `${Math.round(skewMs / 1000)} s from ClickHouse`,
    'timedatectl set-ntp true, on both machines',
  )
}

/** Sends one generation through the HTTP door and asks the query API for it until it is there. */
export async function checkRoundTrip(options: DoctorOptions): Promise<Check> {
  const { config } = options
  const http = doorUrl(config, config.httpListen)
  const api = doorUrl(config, config.apiListen)
  if (http === undefined || api === undefined) return skip('round trip', 'needs the http and the api door')
  const traceId = randomBytes(16).toString('hex')
  const startedMs = Date.now()
  const sent = await send(options, `${http}/v1/traces`, traceId)
  if (sent !== undefined) return sent
  const read = await readBack(options, `${api}/api/v1/traces/${traceId}`, startedMs + READ_BACK_MS)
  return read ?? ok('round trip', `a span was stored and read back in ${Date.now() - startedMs} ms (trace ${traceId})`)
}

async function send(options: DoctorOptions, url: string, traceId: string): Promise<Check | undefined> {
  const nowNano = BigInt(Date.now()) * 1_000_000n
  const body = firstSpanRequest({
    service: 'insights-doctor',
    traceId,
    spanId: randomBytes(8).toString('hex'),
    startUnixNano: String(nowNano - 1_000_000_000n),
    endUnixNano: String(nowNano),
  })
  const reply = await request(
    url,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization(options) },
      body: JSON.stringify(body),
    },
    await fetchOf(options.config),
  )
  if (!reply.ok)
    return fail('round trip', `cannot send to ${url}: ${reply.reason}`, 'is the http door open? --http-listen')
  if (reply.status === 401 || reply.status === 403) return refused(url, reply.status)
  if (reply.status !== 200) {
    return fail(
      'round trip',
      `${url} answered ${reply.status}: ${reply.body.slice(0, 200)}`,
      'look at the log of the collector',
    )
  }
  return rejectedSpans(reply.body)
    ? fail('round trip', `the span was rejected: ${reply.body.slice(0, 200)}`, 'please report this as a bug')
    : undefined
}

async function readBack(options: DoctorOptions, url: string, untilMs: number): Promise<Check | undefined> {
  let last = 'no answer'
  const ask = await fetchOf(options.config)
  while (Date.now() < untilMs) {
    const reply = await request(url, { headers: authorization(options) }, ask)
    if (reply.ok && (reply.status === 401 || reply.status === 403)) return refused(url, reply.status)
    if (reply.ok && reply.status === 200 && hasSpans(reply.body)) return undefined
    last = reply.ok ? `status ${reply.status}` : reply.reason
    await sleep(READ_BACK_EVERY_MS)
  }
  const detail = `the span was accepted but is not readable after ${READ_BACK_MS / 1000} s (${last})`
  return fail(
    'round trip',
    detail,
    'it waits in the journal: is ClickHouse reachable? look at the log of the collector',
  )
}

const refused = (url: string, status: number): Check =>
  fail(
    'round trip',
    `${url} answered ${status}: the key was not accepted`,
    'give doctor the settings of the collector: INSIGHTS_API_KEY=KEY',
  )

const authorization = ({ apiKey }: DoctorOptions): Record<string, string> =>
  apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }

function hasSpans(body: string): boolean {
  const value = parseJson(body)
  return (
    typeof value === 'object' &&
    value !== null &&
    'spans' in value &&
    Array.isArray(value.spans) &&
    value.spans.length > 0
  )
}

function rejectedSpans(body: string): boolean {
  const value = parseJson(body)
  return typeof value === 'object' && value !== null && 'partialSuccess' in value && value.partialSuccess !== null
}
