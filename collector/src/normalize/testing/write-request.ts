// Test help: requests through a real normaliser -> the rows of its blocks.
import { createPricing } from '../../price/pricing.ts'
import type { Written } from '../left-out.ts'
import { LogColumns } from '../log-columns.ts'
import { Normalizer, type NormalizerOptions } from '../normalizer.ts'
import { type DayBlock, OpenBatch, type Table } from '../open-batch.ts'
import { columnsOf, SpanColumns } from '../span-columns.ts'
import { defaultOf, type Row, readBlock } from './native-reader.ts'
import { RECEIVED_MS } from './requests.ts'

export const BATCH_ID = 'ab'.repeat(16)
export const RETENTION_DAYS = 90
export const pricing = createPricing()

export const newNormalizer = (options: Partial<NormalizerOptions> = {}): Normalizer =>
  new Normalizer({ pricing, maxAttributes: 1024, retentionDays: () => RETENTION_DAYS, ...options })

export const telemetry = (bytes: Uint8Array, project = 'default') => ({ project, receivedMs: RECEIVED_MS, bytes })

export const takeBlocks = (batch: OpenBatch): DayBlock[] => batch.take(() => Buffer.from(BATCH_ID, 'hex'))

const COLUMNS: Readonly<Record<Table, { name: string; type: string }[]>> = {
  spans: columnsOf(new SpanColumns()),
  log_events: columnsOf(new LogColumns()),
}

/** Rows of one block with the defaults that ClickHouse would fill in. */
export function rowsOf(block: DayBlock): Row[] {
  const defaults = Object.fromEntries(COLUMNS[block.table].map(({ name, type }) => [name, defaultOf(type)]))
  const { rows, columns } = readBlock(block.bytes)
  if (rows.length !== block.rows) throw new Error(`cannot read the block: ${rows.length} rows instead of ${block.rows}`)
  if (columns.some(({ name }, i) => block.columns[i] !== name))
    throw new Error('cannot read the block: other columns than listed')
  return rows.map((row) => ({ ...defaults, ...row }))
}

/** One request into a new batch. */
export function writeTraces(bytes: Uint8Array, normalizer = newNormalizer()): { rows: Row[]; written: Written } {
  const batch = new OpenBatch()
  const written = normalizer.writeTraces(telemetry(bytes), batch)
  return { rows: takeBlocks(batch).flatMap(rowsOf), written }
}

export function writeLogs(bytes: Uint8Array, normalizer = newNormalizer()): { rows: Row[]; written: Written } {
  const batch = new OpenBatch()
  const written = normalizer.writeLogs(telemetry(bytes), batch)
  return { rows: takeBlocks(batch).flatMap(rowsOf), written }
}
