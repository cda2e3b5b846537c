// Bombs and nesting at a running collector: refused or kept as what they are, the memory bounded, everybody else served.
import { readFile } from 'node:fs/promises'
import { connect } from 'node:http2'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { frame } from '../../src/receive/testing-grpc.ts'
import { TRACES } from '../conformance/grpc-client.ts'
import { any, keyValue, request, span, spanIdOf, traceIdOf, wire } from '../otlp-bytes.ts'
import { storedSpan } from '../stored.ts'
import { expectOthersServed, sqlStatus, useAttacked } from './attacked.ts'

const MIB = 2 ** 20
const PROTOBUF = { 'content-type': 'application/x-protobuf' }
const collector = useAttacked()

/** Bytes that the process has held at most since its start. */
async function peakBytes(): Promise<number> {
  const status = await readFile(`/proc/${collector().process.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

describe('bombs', () => {
  const zeros = (size: number): Buffer => Buffer.alloc(size)
  const BOMBS: [name: string, coding: string, bytes: () => Buffer][] = [
    ['gzip, a thousand to one', 'gzip', () => gzipSync(zeros(64 * MIB))],
    ['zstd, more than ten thousand to one', 'zstd', () => zstdCompressSync(zeros(64 * MIB))],
    ['deflate', 'deflate', () => deflateSync(zeros(64 * MIB))],
    ['gzip of many members', 'gzip', () => Buffer.concat(Array.from({ length: 16 }, () => gzipSync(zeros(4 * MIB))))],
    [
      'gzip whose end lies about its size',
      'gzip',
      () => Buffer.concat([gzipSync(zeros(64 * MIB)).subarray(0, -4), zeros(4)]),
    ],
  ]
  let before: number
  beforeAll(async () => {
    before = await peakBytes()
  })

  it.each(BOMBS)('%s: refused at both doors, logs and events too', async (_, coding, bomb) => {
    const bytes = bomb()
    const headers = { ...PROTOBUF, 'content-encoding': coding }
    for (const signal of ['traces', 'logs', 'metrics'] as const)
      expect([signal, (await collector().post(bytes, { signal, headers })).status]).toEqual([signal, 413])
    const events = await fetch(`${collector().doors.http}/batch/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': coding },
      body: new Uint8Array(bytes),
    })
    expect([400, 413, 415]).toContain(events.status)
    expect(await grpcCode(bytes, coding)).toBe(8)
  })

  it('a bomb inside of a bomb is opened once, and is no request', async () => {
    const inner = gzipSync(gzipSync(zeros(64 * MIB)))
    expect((await collector().post(inner, { headers: { ...PROTOBUF, 'content-encoding': 'gzip' } })).status).toBe(400)
  })

  it('twenty at once cost no more than the budget', async () => {
    const bytes = gzipSync(zeros(64 * MIB))
    const headers = { ...PROTOBUF, 'content-encoding': 'gzip' }
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await collector().post(bytes, { headers })).status),
    )
    for (const status of statuses) expect([413, 503]).toContain(status)
    expect((await peakBytes()) - before).toBeLessThan(256 * MIB)
  })
})

/** Status of a call with one compressed message. */
async function grpcCode(message: Buffer, coding: string): Promise<number> {
  const session = connect(`http://${collector().doors.grpc}`)
  return await new Promise<number>((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': TRACES,
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-encoding': coding,
    })
    const told = (headers: Record<string, unknown>): void => {
      if (headers['grpc-status'] !== undefined) resolve(Number(headers['grpc-status']))
    }
    stream.on('response', told).on('trailers', told).on('error', reject).resume()
    stream.end(frame(message, { flag: 1 }))
  }).finally(() => session.close())
}

describe('nesting', () => {
  const spanWith = (name: string, value: Uint8Array): Buffer =>
    request(span({ traceId: traceIdOf(name), spanId: spanIdOf(1) }, wire.message(9, keyValue('deep', value))))
  const nest = (depth: number, around: (inner: Uint8Array) => Buffer): Buffer => {
    let value: Buffer = any.string('core')
    for (let i = 0; i < depth; i++) value = around(value)
    return value
  }

  it.each([
    ['lists', 65, (inner: Uint8Array) => any.array(inner)],
    ['lists', 1_000, (inner: Uint8Array) => any.array(inner)],
    ['maps', 65, (inner: Uint8Array) => any.map(['k', inner])],
    ['maps', 1_000, (inner: Uint8Array) => any.map(['__proto__', inner])],
  ])('protobuf %s %d deep: that span is refused', async (name, depth, around) => {
    const answer = await collector().post(spanWith(`${name} ${depth}`, nest(depth, around)), { headers: PROTOBUF })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toMatch(/1 rejected: not readable/)
  })

  it.each([
    ['lists', '['],
    ['objects', '{"a":'],
    ['both', '[{"a":'],
  ])('a million %s of JSON as the body: refused', async (_, piece) => {
    const body = piece.repeat(Math.floor(1_000_000 / piece.length))
    expect((await collector().post(body)).status).toBe(400)
    expect((await collector().post(`{"resourceSpans":${body}`)).status).toBe(400)
  })

  it('a million lists as the content of a message: kept as the text that it is', async () => {
    const text = '['.repeat(1_000_000)
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': text }
    const answer = await collector().post(
      request(span({ traceId: traceIdOf('deep text'), spanId: spanIdOf(1), attributes })),
    )
    expect(answer.status).toBe(200)
    const { input } = await storedSpan(collector(), traceIdOf('deep text'))
    expect(JSON.parse(String(input))).toEqual([{ role: 'user', parts: [{ type: 'text', content: text }] }])
  })

  it('a million brackets as SQL: refused', async () => {
    const query = `SELECT ${'('.repeat(100_000)}1`
    expect(await sqlStatus(collector(), query)).toBe(400)
  })
})

expectOthersServed(collector, 10)
