// What is interrupted and sent again, what cannot be kept, and what a clock does, at a running collector. Numbers are items of the list.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { credentials, status as STATUS } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { google } from '../../../proto/gen/rpc.js'
import { CollectorProcess, eventually, type RunningCollector, withDataDir } from '../collector-process.ts'
import type { Injection } from '../faults/inject/faults.ts'
import { request, span, spanIdOf, traceIdOf } from '../otlp-bytes.ts'
import { storedSpans } from '../stored.ts'
import { failureOf, startExport } from './grpc-client.ts'

const ENV = { INSIGHTS_BATCH_MAX_DELAY_MS: '20' }
const PLAIN = { credentials: credentials.createInsecure() }
const SLOW_SYNC_MS = 600

const bodyOf = (name: string, spans = 3): Buffer =>
  request(...Array.from({ length: spans }, (_, n) => span({ traceId: traceIdOf(name), spanId: spanIdOf(n + 1) })))

let shared: RunningCollector
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'insights-e2e-'))
  const env = { ...ENV, INSIGHTS_LOG_LEVEL: 'silent' }
  shared = await CollectorProcess.spawn({ dataDir, env, inject: {} }).ready()
})
afterAll(async () => {
  await shared.process.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const NO_FAULT: Injection = { syncDelayMs: 0, clockShiftMs: 0, clockFrozen: false, disk: {} }

/** The collector of this file, with something wrong for the while. */
async function withFault(injection: Injection, use: (collector: RunningCollector) => Promise<void>): Promise<void> {
  await shared.process.inject(injection)
  try {
    await use(shared)
  } finally {
    await shared.process.inject(NO_FAULT)
  }
}

const countOf = async (collector: RunningCollector, name: string): Promise<number> => {
  // Everything that was accepted has reached the table once a later span has.
  await collector.post(bodyOf(`after ${name}`, 1))
  await storedSpans(collector, traceIdOf(`after ${name}`), 1)
  return (await storedSpans(collector, traceIdOf(name), 0)).length
}

test('89: the metrics add up: received is stored, rejected, filtered, deduplicated, dead-lettered and pending', () =>
  withFault({}, async (collector) => {
    const good = span({ traceId: traceIdOf('books'), spanId: spanIdOf(1) })
    const bad = span({ traceId: '00'.repeat(16), spanId: spanIdOf(2) })
    await collector.sql(`ALTER TABLE insights.spans ADD CONSTRAINT sober CHECK name != 'poison'`)
    for (let n = 0; n < 10; n++) {
      const poison = span({ traceId: traceIdOf('books'), spanId: spanIdOf(100 + n), name: n === 3 ? 'poison' : 'step' })
      await collector.post(request(good, bad, poison))
    }
    await collector.post(
      JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a line' } }] }] }] }),
      { signal: 'logs' },
    )
    const look = async (): Promise<Record<string, number>> => {
      const text = await (await fetch(`${collector.doors.api}/metrics`)).text()
      const sumOf = (pattern: RegExp): number => [...text.matchAll(pattern)].reduce((sum, [, n]) => sum + Number(n), 0)
      const of = (outcome: string): number =>
        sumOf(new RegExp(`^insights_ledger_records_total\\{[^}]*outcome="${outcome}"[^}]*\\} (-?\\d+)$`, 'gm'))
      return {
        received: sumOf(/^insights_ledger_received_records_total(?:\{[^}]*\})? (\d+)$/gm),
        pending: sumOf(/^insights_ledger_pending_records(?:\{[^}]*\})? (\d+)$/gm),
        withdrawn: sumOf(/^insights_ledger_withdrawn_records_total(?:\{[^}]*\})? (\d+)$/gm),
        ...Object.fromEntries(
          ['stored', 'rejected', 'filtered', 'deduplicated', 'dead_lettered'].map((name) => [name, of(name)]),
        ),
      }
    }
    const seen = await eventually('nothing pending', async () => {
      const { received = 0, ...parts } = await look()
      expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(received)
      return parts['pending'] === 0 && received === 31 ? parts : undefined
    })
    expect(seen).toMatchObject({ stored: 10, rejected: 10, deduplicated: 9, dead_lettered: 1, filtered: 1 })
  }))

test('44: a deadline passes before the journal has synced; what is sent again is stored once', () =>
  withFault({ syncDelayMs: SLOW_SYNC_MS }, async (collector) => {
    const call = startExport(collector.doors.grpc, bodyOf('deadline'), { ...PLAIN, deadlineMs: 200 })
    expect((await failureOf(call.done)).code).toBe(STATUS.DEADLINE_EXCEEDED)
    for (let i = 0; i < 3; i++) await startExport(collector.doors.grpc, bodyOf('deadline'), PLAIN).done
    expect(await storedSpans(collector, traceIdOf('deadline'), 3)).toHaveLength(3)
    expect(await countOf(collector, 'deadline')).toBe(3)
  }))

test('45: a call is cancelled while it is journaled; what is sent again is stored once', () =>
  withFault({ syncDelayMs: SLOW_SYNC_MS }, async (collector) => {
    const call = startExport(collector.doors.grpc, bodyOf('cancel'), PLAIN)
    await new Promise((resolve) => setTimeout(resolve, 250))
    call.cancel()
    expect((await failureOf(call.done)).code).toBe(STATUS.CANCELLED)
    expect([0, 3]).toContain(await countOf(collector, 'cancel'))
    await startExport(collector.doors.grpc, bodyOf('cancel'), PLAIN).done
    expect(await storedSpans(collector, traceIdOf('cancel'), 3)).toHaveLength(3)
    expect(await countOf(collector, 'cancel')).toBe(3)
  }))

test('42: a journal that cannot be written is UNAVAILABLE and 503 with a time to wait, and comes back by itself', () =>
  withFault({ disk: { write: 'ENOSPC' } }, async (collector) => {
    const refused = await eventually('a refusal', async () => {
      const response = await collector.post(bodyOf('no disk'))
      return response.status === 200 ? undefined : response
    })
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
    const error = await failureOf(startExport(collector.doors.grpc, bodyOf('no disk'), PLAIN).done)
    expect(error.code).toBe(STATUS.UNAVAILABLE)
    const bytes = error.metadata.get('grpc-status-details-bin')[0] as Buffer
    expect(google.rpc.Status.decode(bytes).details[0]?.type_url).toContain('RetryInfo')
    await collector.process.inject({ disk: {} })
    await eventually('success', async () => (await collector.post(bodyOf('no disk'))).ok || undefined)
    expect(await storedSpans(collector, traceIdOf('no disk'), 3)).toHaveLength(3)
  }))

test('42: a journal that is full is UNAVAILABLE and 503, at both doors', () =>
  withDataDir(async (ownDir) => {
    const env = {
      INSIGHTS_JOURNAL_MAX_BYTES: '1 MiB',
      INSIGHTS_JOURNAL_SEGMENT_BYTES: '64 KiB',
      INSIGHTS_CLICKHOUSE_URL: 'http://127.0.0.1:9',
      INSIGHTS_LOG_LEVEL: 'silent',
    }
    const collector = await CollectorProcess.spawn({ dataDir: ownDir, env }).ready()
    const large = (n: number): Buffer =>
      request(span({ traceId: traceIdOf('full'), spanId: spanIdOf(n), attributes: { text: 'x'.repeat(100_000) } }))
    const statuses: number[] = []
    for (let n = 1; n <= 20; n++) statuses.push((await collector.post(large(n))).status)
    expect(new Set(statuses)).toEqual(new Set([200, 503]))
    expect(statuses.at(-1)).toBe(503)
    const error = await failureOf(startExport(collector.doors.grpc, large(99), PLAIN).done)
    expect(error.code).toBe(STATUS.UNAVAILABLE)
    // What is in the journal waits for ClickHouse longer than anybody here.
    await collector.process.kill()
  }))

test('46: a stop finishes what was accepted, and its answer arrives', () =>
  withDataDir(async (ownDir) => {
    const collector = await CollectorProcess.spawn({
      dataDir: ownDir,
      env: ENV,
      inject: { syncDelayMs: SLOW_SYNC_MS },
    }).ready()
    const calls = [1, 2, 3].map((n) => startExport(collector.doors.grpc, bodyOf(`stop ${n}`), PLAIN).done)
    const posted = collector.post(bodyOf('stop http'))
    await eventually('all of them in the journal', async () => {
      const text = await (await fetch(`${collector.doors.api}/metrics`)).text()
      return /^insights_journal_appended_records_total 4$/m.test(text) || undefined
    })
    const stopped = collector.process.stop()
    expect((await Promise.all(calls)).map((reply) => reply.length)).toEqual([0, 0, 0])
    expect((await posted).status).toBe(200)
    await stopped
    const again = await CollectorProcess.spawn({ dataDir: ownDir, env: ENV }).ready()
    for (const name of ['stop 1', 'stop 2', 'stop 3', 'stop http'])
      expect(await storedSpans(again, traceIdOf(name), 3)).toHaveLength(3)
    await again.process.stop()
  }))

test('90: a clock that jumps a day forth, back, and stands still holds up no flush', () =>
  withFault({}, async (collector) => {
    const day = 86_400_000
    for (const [n, fault] of [{ clockShiftMs: day }, { clockShiftMs: -day }, { clockFrozen: true }, {}].entries()) {
      await collector.process.inject({ clockShiftMs: 0, clockFrozen: false, ...fault })
      const began = performance.now()
      expect((await collector.post(bodyOf(`clock ${n}`))).status).toBe(200)
      expect(await storedSpans(collector, traceIdOf(`clock ${n}`), 3)).toHaveLength(3)
      expect(performance.now() - began).toBeLessThan(10_000)
    }
  }))
