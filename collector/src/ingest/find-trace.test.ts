import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournal } from '../journal/journal.ts'
import type { Journal } from '../journal/types.ts'
import { systemClock } from '../telemetry/clock.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { findPending } from './find-trace.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const OTHER = '00f067aa0ba902b700f067aa0ba902b7'
let dir: string
let journal: Journal

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'insights-find-'))
  journal = await openJournal({
    dir,
    codec: () => 'test',
    log: createLog('silent'),
    metrics: createMetrics(),
    clock: systemClock,
  })
})
afterEach(async () => {
  await journal.close()
  await rm(dir, { recursive: true })
})

const append = async (project: string, traceId: string, receivedMs: number): Promise<number> => {
  const bytes = Buffer.concat([Buffer.from('before'), Buffer.from(traceId, 'hex'), Buffer.from('after')])
  const { seq, durable } = journal.append({ kind: 1, project, receivedMs, bytes })
  await durable
  return seq
}

it('finds the requests of a trace that are not committed, of its own project alone', async () => {
  await append('a', TRACE, 1000)
  await append('a', OTHER, 2000)
  await append('b', TRACE, 3000)
  const last = await append('a', TRACE, 4000)
  const find = () => findPending({ journal, clock: systemClock }, 'a', TRACE)
  const found = {
    requests: 2,
    first_received: '1970-01-01T00:00:01.000Z',
    last_received: '1970-01-01T00:00:04.000Z',
    complete: true,
  }
  expect(await find()).toEqual(found)
  const batches = [{ table: 'spans', day: 1, rows: 4 }]
  const seal = await journal.seal({ first: 1, last, dropped: new Uint32Array(), batches })
  expect(await find()).toEqual(found)
  journal.commit(seal.id, 0)
  expect(await find()).toEqual({ requests: 0, complete: true })
})
