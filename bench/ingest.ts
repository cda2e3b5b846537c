// Real bytes over real sockets into a real collector: spans per CPU-second to acknowledged and to stored, memory, disk, freshness.
import { Agent, request } from 'node:http'
import { Client, credentials } from '@grpc/grpc-js'
import { type BenchCollector, startCollector } from './collector.ts'
import { quantile, thousands } from './measure.ts'
import { makePayload, type Payload, type PayloadClass, renew } from './payloads.ts'

const SPANS_PER_REQUEST: Record<PayloadClass, number> = { small: 512, gen_ai: 256, agent: 64 }
/** Copies of a payload in flight at once; each has its own bytes, since every round writes new ids into them. */
const IN_FLIGHT = 8
const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

type Send = (bytes: Buffer) => Promise<void>

function httpSender(url: string): { send: Send; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  const send: Send = (bytes) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-protobuf', 'content-length': bytes.length }
      const call = request(`${url}/v1/traces`, { method: 'POST', agent, headers }, (response) => {
        response.resume()
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)),
        )
      })
      call.on('error', reject)
      call.end(bytes)
    })
  return { send, close: () => agent.destroy() }
}

function grpcSender(address: string): { send: Send; close(): void } {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 })
  const same = (bytes: Buffer): Buffer => bytes
  const send: Send = (bytes) =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(EXPORT, same, same, bytes, (error) => (error ? reject(error) : resolve()))
    })
  return { send, close: () => client.close() }
}

let round = 0

/** Keeps IN_FLIGHT requests under way for so long. @returns spans acknowledged, and each request's time in ms */
async function load(
  send: Send,
  payloads: readonly Payload[],
  seconds: number,
): Promise<{ spans: number; times: number[] }> {
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  let spans = 0
  const run = async (payload: Payload): Promise<void> => {
    while (performance.now() < until) {
      renew(payload, round++)
      const start = performance.now()
      await send(payload.bytes)
      times.push(performance.now() - start)
      spans += payload.spans
    }
  }
  await Promise.all(payloads.map(run))
  return { spans, times }
}

/** A ClickHouse that never answers: what is left is the way to a durable acknowledgement. */
const STORE_AWAY = ['--clickhouse-url', 'http://127.0.0.1:9']

interface Run {
  name: PayloadClass
  door: 'http' | 'grpc'
  seconds: number
}

async function withLoad<T>(
  { name, door }: Run,
  flags: readonly string[],
  use: (collector: BenchCollector, run: (seconds: number) => ReturnType<typeof load>) => Promise<T>,
): Promise<T> {
  const collector = await startCollector(flags)
  const sender = door === 'http' ? httpSender(collector.http) : grpcSender(collector.grpc)
  const payloads = Array.from({ length: IN_FLIGHT }, () => makePayload(name, SPANS_PER_REQUEST[name]))
  try {
    return await use(collector, (seconds) => load(sender.send, payloads, seconds))
  } finally {
    sender.close()
    await collector.stop()
  }
}

const acknowledged = (run: Run) =>
  withLoad(run, STORE_AWAY, async (collector, send) => {
    await send(2)
    const before = collector.cpu().collector
    const { spans, times } = await send(run.seconds)
    return { rate: spans / (collector.cpu().collector - before), times, rss: collector.rssBytes().collector }
  })

/** Spans per CPU-second of collector and engine, until all are stored. */
export const stored = (run: Run) =>
  withLoad(run, [], async (collector, send) => {
    const warm = await send(2)
    await collector.drained(warm.spans)
    const before = collector.cpu()
    const { spans } = await send(run.seconds)
    const rss = collector.rssBytes()
    await collector.drained(warm.spans + spans)
    const after = collector.cpu()
    const cpu = after.collector - before.collector + after.engine - before.engine
    return { rate: spans / cpu, rss, disk: await bytesPerSpan(collector) }
  })

async function benchClass(run: Run): Promise<void> {
  const ack = await acknowledged(run)
  const all = await stored(run)
  console.log(
    `  ${run.name.padEnd(7)} ${run.door.padEnd(4)} acknowledged ${thousands(ack.rate).padStart(7)}  stored ${thousands(all.rate).padStart(7)} (engine included)` +
      `  ack p50 ${quantile(ack.times, 0.5).toFixed(1)} p99 ${quantile(ack.times, 0.99).toFixed(1)} ms  RSS ${mib(all.rss.collector)} + engine ${mib(all.rss.engine)} MiB  disk ${all.disk} B/span`,
  )
}

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0)

async function bytesPerSpan(collector: BenchCollector): Promise<string> {
  const [row] = await collector.sql<{ bytes: string; rows: string }>(
    `SELECT sum(bytes_on_disk) AS bytes, sum(rows) AS rows FROM system.parts WHERE database = 'insights' AND table = 'spans' AND active`,
  )
  return (Number(row?.bytes) / Number(row?.rows)).toFixed(0)
}

/** One span at a time: from the call of send to the first SELECT that sees it. */
async function benchFreshness(samples: number): Promise<void> {
  const collector = await startCollector()
  const sender = httpSender(collector.http)
  const payload = makePayload('gen_ai', 1)
  const times: number[] = []
  try {
    for (let i = 1; i <= samples; i++) {
      renew(payload, round++)
      const start = performance.now()
      await sender.send(payload.bytes)
      await seen(collector, i)
      times.push(performance.now() - start)
    }
  } finally {
    sender.close()
    await collector.stop()
  }
  console.log(
    `\nSend to visible, one span at a time: p50 ${quantile(times, 0.5).toFixed(0)} ms  p99 ${quantile(times, 0.99).toFixed(0)} ms (${samples} spans)`,
  )
}

async function seen(collector: BenchCollector, rows: number): Promise<void> {
  for (;;) {
    const [found] = await collector.sql<{ n: string }>('SELECT count() AS n FROM spans')
    if (Number(found?.n) >= rows) return
    await new Promise((done) => setTimeout(done, 5))
  }
}

export async function benchIngest(seconds = 6): Promise<void> {
  console.log(
    '\nSpans per CPU-second over real sockets. acknowledged: collector alone, fdatasync before each reply, store away.\n' +
      'stored: collector and engine together, until every span is in ClickHouse; the load is more than two cores can store.',
  )
  for (const door of ['http', 'grpc'] as const) {
    for (const name of ['small', 'gen_ai', 'agent'] as const) await benchClass({ name, door, seconds })
  }
  await benchFreshness(60)
}

if (import.meta.main) await benchIngest(Number(process.argv[2] ?? 6))
