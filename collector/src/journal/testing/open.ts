// For tests: a journal in a directory of its own, with everything it needs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../telemetry/clock.ts'
import { createLog } from '../../telemetry/log.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { openJournal } from '../journal.ts'
import type { Journal, JournalOptions, JournalRecord, SealInput } from '../types.ts'

export async function withDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'insights-journal-'))
  try {
    await run(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

export function open(dir: string, options: Partial<JournalOptions> = {}): Promise<Journal> {
  const deps = { log: createLog('silent'), metrics: createMetrics(), clock: systemClock }
  return openJournal({ dir, codec: () => 'test-1', commitDelayMs: 0, ...deps, ...options })
}

/** A payload that tells which record it belongs to. */
export function payload(n: number, sizeBytes = 40): Uint8Array {
  const bytes = Buffer.alloc(sizeBytes, `record ${n} `)
  return new Uint8Array(bytes)
}

/** Appends payloads `from`..`to` and waits until all are durable. */
export async function fill(journal: Journal, range: { from: number; to: number; sizeBytes?: number }): Promise<void> {
  const waits: Promise<void>[] = []
  for (let n = range.from; n <= range.to; n++) {
    const input = { kind: 1, project: 'p', receivedMs: 1000 + n, bytes: payload(n, range.sizeBytes) }
    waits.push(journal.append(input).durable)
  }
  await Promise.all(waits)
}

export async function readAll(journal: Journal, first = 1, last = Number.MAX_SAFE_INTEGER): Promise<JournalRecord[]> {
  return Array.fromAsync(journal.read(first, last))
}

export async function readSeqs(journal: Journal): Promise<number[]> {
  return (await readAll(journal)).map((record) => record.seq)
}

export function sealOf(first: number, last: number, batches = 1): SealInput {
  const batch = (_: unknown, i: number) => ({ table: `t${i}`, day: 20_000 + i, rows: last - first + 1 })
  return { first, last, dropped: Uint32Array.of(), batches: Array.from({ length: batches }, batch) }
}

export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i)
