// Poison rows in; one file a batch out, for a human. Rows here were acknowledged, and ClickHouse will never take them.
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from './failures.ts'

export interface PoisonRow {
  /** Place in the batch. */
  row: number
  failure: Failure
  /** This row as a Native block. */
  block: Uint8Array
}

export interface DeadBatch {
  id: string
  table: string
  day: number
  columns: readonly string[]
}

/**
 * Writes `<dataDir>/dead-letter/<table>-<id>.jsonl`, durable when it resolves; again for the same batch = the same file.
 * Each line is `{time, table, batch_id, day, row, code, error, columns, native}`, native being base64 of the row's Native block.
 * The server's message is left out: it quotes values, and the file is small enough to be mailed.
 */
export async function writeDeadLetters(
  dataDir: string,
  batch: DeadBatch,
  rows: readonly PoisonRow[],
  nowMs: number,
): Promise<string> {
  const directory = join(dataDir, 'dead-letter')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, `${batch.table}-${batch.id}.jsonl`)
  const file = await open(`${path}.tmp`, 'w', 0o600)
  try {
    for (const row of rows) await file.write(`${JSON.stringify(toLine(batch, row, nowMs))}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.tmp`, path)
  await syncDirectory(directory)
  return path
}

function toLine(batch: DeadBatch, { row, failure, block }: PoisonRow, nowMs: number): Record<string, unknown> {
  return {
    time: new Date(nowMs).toISOString(),
    table: batch.table,
    batch_id: batch.id,
    day: batch.day,
    row,
    code: failure.code,
    error: failure.name,
    columns: batch.columns,
    native: Buffer.from(block).toString('base64'),
  }
}

// A rename is durable once its directory is.
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
