// One batch and a token in; rows stored and rows that are poison out, or 'look': what is in the table has to be read first.
import { InsightsError } from '../telemetry/errors.ts'
import type { Batch } from './batch.ts'
import type { Store } from './client.ts'
import type { PoisonRow } from './dead-letter.ts'
import { classifyFailure, type Failure } from './failures.ts'
import { type NativeBlock, readNativeBlock } from './native-slice.ts'
import type { Retry } from './retry.ts'

export interface InsertDeps {
  store: Store
  retry: Retry
  /** Runs one INSERT; repairs of the day are kept away meanwhile. */
  share: <T>(task: () => Promise<T>) => Promise<T>
  /** True when the token alone does not answer for exactly-once any more; asked after each failure. */
  mustLook: (failure: Failure) => boolean
}

export interface StoredOrPoison {
  stored: number
  poison: PoisonRow[]
}

export type InsertOutcome = StoredOrPoison | 'look'

/** Tries until every row is in or known to be poison. Halves a rejected block until the poison rows stand alone. */
export async function insertBatch(batch: Batch, token: string, deps: InsertDeps): Promise<InsertOutcome> {
  const whole = await insertUntilAnswered(batch, token, batch.bytes, deps)
  if (whole === 'stored') return { stored: batch.rows, poison: [] }
  if (whole === 'look') return 'look'
  return await bisect(batch, token, whole, deps)
}

type Answer = 'stored' | 'look' | Failure

async function insertUntilAnswered(
  batch: Batch,
  token: string,
  bytes: () => Promise<Uint8Array>,
  { store, retry, share, mustLook }: InsertDeps,
): Promise<Answer> {
  for (;;) {
    try {
      const block = await bytes()
      await share(() => store.insertNative({ table: batch.table, columns: batch.columns, bytes: block, token }))
      return 'stored'
    } catch (cause) {
      const failure = classifyFailure(cause)
      if (failure.blame === 'rows') return failure
      await retry.wait(failure)
      if (mustLook(failure)) return 'look'
    }
  }
}

interface Part {
  from: number
  to: number
  failure: Failure
}

async function bisect(batch: Batch, token: string, failure: Failure, deps: InsertDeps): Promise<InsertOutcome> {
  const bytes = await deps.retry.until(batch.bytes)
  const block = readBlock(batch, bytes)
  // Not a block at all: there is no row to find, so the whole is kept for a human.
  if (block === undefined) return { stored: 0, poison: [{ row: 0, failure, block: bytes }] }
  const poison: PoisonRow[] = []
  const rejected: Part[] = [{ from: 0, to: block.rows, failure }]
  for (let part = rejected.pop(); part !== undefined; part = rejected.pop()) {
    if (part.to - part.from === 1) {
      poison.push({ row: part.from, failure: part.failure, block: block.slice(part.from, part.to) })
      continue
    }
    for (const half of halves(part)) {
      const partToken = `${token}:${half.from}-${half.to}`
      const answer = await insertUntilAnswered(batch, partToken, async () => block.slice(half.from, half.to), deps)
      if (answer === 'look') return 'look'
      if (answer !== 'stored') rejected.push({ ...half, failure: answer })
    }
  }
  return { stored: block.rows - poison.length, poison }
}

function halves({ from, to }: Part): { from: number; to: number }[] {
  const middle = Math.floor((from + to) / 2)
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

function readBlock(batch: Batch, bytes: Uint8Array): NativeBlock | undefined {
  try {
    const block = readNativeBlock(bytes)
    if (block.rows !== batch.rows)
      throw new InsightsError('INSIGHTS_STORE_MISMATCH', 'cannot split a batch: wrong row count')
    return block
  } catch {
    return undefined // ClickHouse has already said why it cannot read it either
  }
}
