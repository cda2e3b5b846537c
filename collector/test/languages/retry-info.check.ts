// Clients of Go, Java and Python in; that they wait as long as the gRPC door says, and deliver once, out. Numbers are items of the list.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/receive/contract.ts'
import { startOtlpGrpc } from '../../src/receive/otlp-grpc.ts'
import { startOtlpHttp } from '../../src/receive/otlp-http.ts'
import { testDoor } from '../../src/receive/testing.ts'
import { CollectorProcess, eventually, type RunningCollector } from '../collector-process.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'
import { type Language, prepare, type Toolchain } from './toolchains.ts'

interface Client {
  readonly language: Language
  readonly program: string
  readonly more: readonly string[]
  /** Absent: gRPC. */
  readonly http?: true
  /** false = it has its own waits, whatever it is told. */
  readonly readsRetryInfo: boolean
}

const CLIENTS: Readonly<Record<string, Client>> = {
  'Go, otlptracegrpc': { language: 'go', program: 'main', more: [], readsRetryInfo: true },
  'OpenTelemetry Collector, otlpexporter': {
    language: 'otelcol',
    program: 'main',
    more: ['grpc'],
    readsRetryInfo: true,
  },
  'OpenTelemetry Collector, otlphttpexporter': {
    language: 'otelcol',
    program: 'main',
    more: ['http'],
    http: true,
    readsRetryInfo: true,
  },
  'Python, opentelemetry-exporter-otlp-proto-grpc': {
    language: 'python',
    program: 'send.py',
    more: [],
    readsRetryInfo: true,
  },
  'Java, grpc-java': { language: 'java', program: 'Send.java', more: ['grpc'], readsRetryInfo: true },
  'Java, opentelemetry-exporter-otlp': {
    language: 'java',
    program: 'Send.java',
    more: ['otlp'],
    readsRetryInfo: false,
  },
}

const toolchains: Readonly<Record<Language, Toolchain>> = {
  go: prepare('go'),
  java: prepare('java'),
  otelcol: prepare('otelcol'),
  python: prepare('python'),
}

const SPANS = 25
// Further from what the clients would wait by themselves (Go 0.1 s, Python 0.8 to 1.2 and 1.6 to 2.4 s) than their calls take.
const DELAY_MS = 2900
const SLACK_MS = 900
const REFUSALS = 2
const FULL_DISK_MS = 2500

const UNAVAILABLE: Outcome = { status: 'unavailable', message: 'cannot store now', retryAfterMs: DELAY_MS }
const REFUSED: Readonly<Record<string, Outcome>> = {
  UNAVAILABLE,
  RESOURCE_EXHAUSTED: { status: 'exhausted', message: 'too fast', retryAfterMs: DELAY_MS },
}

/** Milliseconds from each request to the next, at a door that refuses the first ones. */
async function gapsOf(client: Client, refusal: Outcome): Promise<{ ok: unknown; gapsMs: number[] }> {
  const { options, recorder } = testDoor()
  const door = await (client.http ? startOtlpHttp(options) : startOtlpGrpc(options))
  const times: number[] = []
  recorder.answer = async () => {
    times.push(performance.now())
    return times.length <= REFUSALS ? refusal : { status: 'stored', rejected: 0, message: '' }
  }
  try {
    const args = [door.address, 'waits', String(SPANS), ...client.more]
    const { ok } = await toolchains[client.language].run(client.program, args)
    return { ok, gapsMs: times.slice(1).map((time, i) => time - (times[i] ?? 0)) }
  } finally {
    await door.stop(1000)
  }
}

describe.each(Object.entries(CLIENTS))('%s', (name, client) => {
  const runs = toolchains[client.language].missing === undefined

  if (client.readsRetryInfo) {
    test.runIf(runs).each(Object.entries(REFUSED))(
      '37, 38: waits as long as %s says, each time',
      async (_code, refusal) => {
        const { ok, gapsMs } = await gapsOf(client, refusal)
        expect([ok, gapsMs.length]).toEqual([true, REFUSALS])
        for (const gap of gapsMs) {
          expect(gap).toBeGreaterThanOrEqual(DELAY_MS - 5)
          expect(gap).toBeLessThan(DELAY_MS + SLACK_MS)
        }
      },
    )
  } else {
    test.runIf(runs)('36: retries by its own waits until it is taken', async () => {
      const { ok, gapsMs } = await gapsOf(client, UNAVAILABLE)
      expect([ok, gapsMs.length]).toEqual([true, REFUSALS])
    })
  }

  test.runIf(runs)(
    '36, 37, 42: a disk that is full for a while refuses it, then each span is stored once',
    async () => {
      const service = name.replaceAll(/\W+/g, '-')
      const before = await refusedCalls(client)
      await shared.process.inject({ disk: { write: 'ENOSPC' } })
      const sent = toolchains[client.language].run(client.program, [
        client.http ? new URL(shared.doors.http).host : shared.doors.grpc,
        service,
        String(SPANS),
        ...client.more,
      ])
      await eventually('a refusal', async () => ((await refusedCalls(client)) > before ? true : undefined), 20_000)
      await new Promise((resolve) => setTimeout(resolve, FULL_DISK_MS))
      await shared.process.inject({ disk: {} })
      expect(await sent).toEqual({ ok: true })
      // Everything that was accepted has reached the table once a later span has.
      await shared.post(request(span({ traceId: traceIdOf(service), spanId: spanIdOf(1) })))
      await storedSpans(shared, traceIdOf(service), 1)
      const [row] = await shared.sql<{ n: number; spans: number; tokens: number }>(
        `SELECT toUInt32(count()) AS n, toUInt32(uniqExact(span_id)) AS spans, toUInt32(sum(input_tokens)) AS tokens
         FROM generations_v1 WHERE service_name = {service:String}`,
        { service },
      )
      expect(row).toEqual({ n: SPANS, spans: SPANS, tokens: SPANS * 10 + (SPANS * (SPANS - 1)) / 2 })
    },
  )
})

test.runIf(toolchains.python.missing === undefined)('37: grpcio-status decodes the details of a refusal', async () => {
  const { options, recorder } = testDoor()
  recorder.answer = { status: 'unavailable', message: 'cannot store now', retryAfterMs: 1250 }
  const door = await startOtlpGrpc(options)
  try {
    const decoded = await toolchains.python.run('status.py', [door.address])
    expect(decoded).toEqual({ code: 'UNAVAILABLE', retryDelaysMs: [1250] })
  } finally {
    await door.stop(1000)
  }
})

let shared: RunningCollector
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'insights-e2e-'))
  const env = { INSIGHTS_BATCH_MAX_DELAY_MS: '20', INSIGHTS_LOG_LEVEL: 'silent' }
  shared = await CollectorProcess.spawn({ dataDir, env, inject: {} }).ready()
})
afterAll(async () => {
  await shared.process.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

/** Calls that were told to come again. */
async function refusedCalls({ http }: Client): Promise<number> {
  const text = await (await fetch(`${shared.doors.api}/metrics`)).text()
  const labels = `door="${http ? 'http' : 'grpc'}",signal="traces",outcome="unavailable"`
  const line = text.split('\n').find((one) => one.startsWith(`insights_receive_requests_total{${labels}} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}
