// The write path against a real journal and the real walker; only the store is stood in for, by a list of what it was given.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { opentelemetry } from '../../../proto/gen/otlp.js'
import type { Files } from '../journal/files.ts'
import { createFaults, type Faults } from '../journal/testing/faulty-files.ts'
import { openSide, rebuildAll, request, type Side, type SideOptions } from './testing/side.ts'

const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1

let dir: string
let faults: Faults & { files: Files }
const sides: Side[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'insights-ingest-'))
  faults = createFaults() as typeof faults
})
afterEach(async () => {
  for (const side of sides.splice(0)) await side.stop()
  await rm(dir, { recursive: true, force: true })
})

async function open(options: Partial<SideOptions> = {}): Promise<Side> {
  const side = await openSide({ dir, files: faults.files, ...options })
  sides.push(side)
  return side
}

const send = (side: Side, bytes: Uint8Array) =>
  side.ingest.accept({ project: 'p', signal: 'traces', encoding: 'protobuf', bytes })
const rows = (side: Side): number => side.loaded.reduce((sum, { rows }) => sum + rows, 0)
const STORED = { status: 'stored', rejected: 0, message: '' }

async function until(check: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !check(); i++) await new Promise((done) => setTimeout(done, 10))
  expect(check()).toBe(true)
}

describe('accepted spans', () => {
  it('reach the store, and nothing is left in the journal for the next start', async () => {
    const side = await open()
    expect(await send(side, request(1, 10))).toMatchObject(STORED)
    expect(await send(side, request(11, 20))).toMatchObject(STORED)
    await until(() => rows(side) === 20)
    await side.stop()
    const next = await open()
    await next.stop()
    expect(next.loaded).toEqual([])
  })

  it('are sealed at the row limit without waiting for the clock', async () => {
    const side = await open({ maxRows: 5 })
    await send(side, request(1, 5))
    await until(() => side.loaded.length === 1)
    expect(side.loaded[0]).toMatchObject({ rows: 5, first: true })
  })

  it('are counted once when the sender repeats a request', async () => {
    const side = await open()
    await send(side, request(1, 10))
    expect(await send(side, request(5, 15))).toMatchObject(STORED)
    await until(() => rows(side) === 15)
    expect(side.metrics.render()).toContain('insights_ingest_records_total{signal="traces",outcome="resent"} 6')
  })

  it('are counted once when the sender repeats a request after a restart', async () => {
    const before = await open()
    await send(before, request(1, 10))
    await until(() => rows(before) === 10)
    await before.stop()
    const after = await open()
    expect(await send(after, request(1, 12))).toMatchObject(STORED)
    await until(() => rows(after) === 2)
  })
})

describe('a batch that the store did not take before the process ended', () => {
  it('is rebuilt from the journal bit for bit, under the same id, and marked as perhaps sent before', async () => {
    const away = await open({ storeIsAway: true })
    await send(away, request(1, 30))
    await send(away, request(20, 40))
    await until(() => away.ingest.waiting() > 0)
    await away.stop()
    const first = await open()
    await until(() => rows(first) === 40)
    expect(first.loaded.every((batch) => !batch.first)).toBe(true)
    const again = await rebuildAll(first)
    expect(again).toEqual(first.loaded.map(({ id, bytes }) => ({ id, bytes })))
  })
})

describe('a store that falls behind', () => {
  it('lets new batches wait in the journal alone, and each span is stored once when it has caught up', async () => {
    let catchUp = (): void => undefined
    const side = await open({ maxRows: 50, store: new Promise((resolve) => (catchUp = resolve)) })
    for (let from = 1; from <= 1000; from += 25)
      expect(await send(side, request(from, from + 24))).toMatchObject(STORED)
    await send(side, request(1, 25))
    await until(() => side.ingest.waiting() >= 20)
    catchUp()
    await until(() => rows(side) === 1000)
    expect(side.metrics.render()).toMatch(/insights_ingest_rebuilt_batches_total [1-9]/)
    expect(new Set(side.loaded.map(({ id }) => id)).size).toBe(side.loaded.length)
  })
})

describe('memory that is short', () => {
  it('has rows built from the journal when their insert is due, each block once, those of two days too', async () => {
    const side = await open({ maxRows: 40, isMemoryShort: () => true })
    const yesterday = { startUnixNano: 1_789_900_000_000_000_000n }
    for (const from of [1, 41, 81]) {
      expect(await send(side, request(from, from + 19))).toMatchObject(STORED)
      expect(await send(side, request(from + 20, from + 39, yesterday))).toMatchObject(STORED)
    }
    await until(() => rows(side) === 120)
    expect(side.loaded).toHaveLength(6)
    expect(side.metrics.render()).toMatch(/insights_ingest_rebuilt_batches_total [1-9]/)
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
    expect((await rebuildAll(side)).sort(byId)).toEqual(side.loaded.map(({ id, bytes }) => ({ id, bytes })).sort(byId))
  })
})

describe('a journal whose budget is used up', () => {
  it('is told before a body is read, and no more once the store has caught up', async () => {
    let catchUp = (): void => undefined
    const store = new Promise<void>((resolve) => (catchUp = resolve))
    const side = await open({ store, journal: { maxBytes: 200_000, segmentBytes: 20_000, retainMs: 0 } })
    expect(side.ingest.refuses()).toBeUndefined()
    let next = 1
    for (let size = 100; size >= 1 && !side.ingest.refuses(); ) {
      if ((await send(side, request(next, next + size - 1))).status === 'unavailable') size = Math.floor(size / 2)
      next += size
    }
    expect(side.ingest.refuses()).toMatchObject({ status: 'unavailable', retryAfterMs: expect.any(Number) })
    catchUp()
    await until(() => side.ingest.refuses() === undefined)
    expect(await send(side, request(next, next))).toMatchObject(STORED)
  })
})

describe('prices that are not known yet', () => {
  it('hold up no request: rows are made from the journal once they are', async () => {
    let known = (): void => undefined
    let isKnown = false
    const store = new Promise<void>((resolve) => (known = resolve)).then(() => {
      isKnown = true
    })
    const side = await open({ maxRows: 10, store, canBuild: () => isKnown })
    expect(await send(side, request(1, 30))).toMatchObject(STORED)
    await until(() => side.ingest.waiting() > 0)
    expect(side.metrics.render()).not.toMatch(/insights_ingest_rebuilt_batches_total [1-9]/)
    known()
    await until(() => rows(side) === 30)
    expect(side.metrics.render()).toMatch(/insights_ingest_rebuilt_batches_total [1-9]/)
  })

  it('are told from those of the seal, so that the store compares more than counts after a restart', async () => {
    const before = await open({ storeIsAway: true, codec: 'rows/1 monday' })
    await send(before, request(1, 10))
    await before.stop()
    const after = await open({ codec: 'rows/1 tuesday' })
    await until(() => rows(after) === 10)
    expect(after.loaded[0]).toMatchObject({ first: false, sameRows: false })
    await send(after, request(11, 20))
    await until(() => rows(after) === 20)
    expect(after.loaded.at(-1)).toMatchObject({ first: true, sameRows: true })
  })
})

describe('a journal that cannot be written', () => {
  it('has requests answered unavailable, then takes the same spans again and stores each once', async () => {
    const side = await open()
    await send(side, request(1, 10))
    faults.datasync = 'EIO'
    expect(await send(side, request(11, 20))).toMatchObject({ status: 'unavailable' })
    expect(await send(side, request(21, 30))).toMatchObject({ status: 'unavailable' })
    expect(side.ingest.isReady()).toBe(false)
    delete faults.datasync
    await until(() => side.ingest.isReady())
    // A filter that still knew the refused spans would drop this as a resend, and lose it.
    expect(await send(side, request(11, 30))).toMatchObject(STORED)
    await until(() => rows(side) === 30)
  })
})

describe('what is no span', () => {
  it('is refused whole when the bytes are no request', async () => {
    const side = await open()
    expect(await send(side, Buffer.from('hello'))).toMatchObject({ status: 'invalid' })
    expect(side.journal.usage().pendingRecords).toBe(0)
  })

  it('is refused alone among good spans, with its count and reason', async () => {
    const side = await open()
    const bad = Buffer.concat([
      request(1, 2),
      ExportTraceServiceRequest.encode(
        ExportTraceServiceRequest.fromObject({
          resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: Buffer.alloc(16), spanId: Buffer.alloc(8, 1) }] }] }],
        }),
      ).finish(),
    ])
    expect(await send(side, bad)).toMatchObject({
      status: 'stored',
      rejected: 1,
      message: '1 rejected: trace_id is not 16 bytes or all zero',
    })
    await until(() => rows(side) === 2)
  })

  it('is answered with success when there is nothing in it', async () => {
    const side = await open()
    expect(await send(side, new Uint8Array(0))).toMatchObject(STORED)
    expect(
      await side.ingest.accept({ project: 'p', signal: 'metrics', encoding: 'protobuf', bytes: new Uint8Array(3) }),
    ).toMatchObject({
      status: 'stored',
      message: 'metrics are accepted but not stored',
    })
  })
})
