import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstSpanCurl } from './first-span.ts'

const shell = promisify(execFile)
const requests: { message: IncomingMessage; body: string }[] = []
const server = createServer(async (message, response) => {
  requests.push({ message, body: await text(message) })
  response.end('{}')
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

async function paste(withKey: boolean): Promise<(typeof requests)[number]> {
  const { port } = server.address() as AddressInfo
  const line = firstSpanCurl(`http://127.0.0.1:${port}`, withKey)
  await shell('/bin/sh', ['-c', line], { env: { PATH: '/usr/bin:/bin', INSIGHTS_API_KEY: 'secret key' } })
  return requests.at(-1)!
}

test('the printed line, pasted into a shell, sends a valid generation that ended this second', async () => {
  const { message, body } = await paste(false)
  expect(message).toMatchObject({ method: 'POST', url: '/v1/traces' })
  expect(message.headers).toMatchObject({ 'content-type': 'application/json' })
  expect(message.headers.authorization).toBeUndefined()
  const span = JSON.parse(body).resourceSpans[0].scopeSpans[0].spans[0]
  expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(span.spanId).toMatch(/^[0-9a-f]{16}$/)
  const ageMs = Date.now() - Number(BigInt(span.endTimeUnixNano) / 1_000_000n)
  expect(ageMs).toBeGreaterThanOrEqual(0)
  expect(ageMs).toBeLessThan(10_000)
  expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(2_000_000_000n)
  const messages = span.attributes.find((one: { key: string }) => one.key === 'gen_ai.output.messages')
  expect(JSON.parse(messages.value.stringValue)[0]).toMatchObject({ role: 'assistant', finish_reason: 'stop' })
})

test('pasting it twice makes two traces', async () => {
  const ids = [await paste(false), await paste(false)].map(({ body }) => /"traceId":"(\w+)"/.exec(body)?.[1])
  expect(new Set(ids).size).toBe(2)
})

test('with keys the line takes the key from the shell, never from the configuration', async () => {
  expect((await paste(true)).message.headers.authorization).toBe('Bearer secret key')
})
