import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DemoOptions } from './app-interface.ts'
import { createTestCli } from './test-context.ts'

const server = createServer((_request, response) => response.writeHead(404).end())
let host = ''

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const runDemo = vi.fn(async ({ traces, onProgress }: DemoOptions) => {
  for (let sent = 1; sent <= traces; sent++) onProgress?.(sent, traces)
})

test('the demo gets the flags, shows progress in tenths, and ends with links', async () => {
  const cli = createTestCli({
    loadDemo: async () => ({ runDemo }),
    env: { INSIGHTS_API_KEYS: 'p:sk-0123456789abcdef' },
  })
  expect(await cli.run('demo', '--host', `${host}/`, '--traces', '50', '--seed', '7', '--minutes', '5')).toBe(0)
  expect(runDemo).toHaveBeenLastCalledWith(
    expect.objectContaining({ host, traces: 50, seed: 7, spanMinutes: 5, apiKey: 'sk-0123456789abcdef' }),
  )
  expect(cli.err().trim().split('\n')).toHaveLength(10)
  expect(cli.out()).toContain('50 traces (seed 7) sent to')
  expect(cli.out()).toContain('Look at them: http://127.0.0.1:4320\n')
  expect(cli.out()).toContain('/api/v1/generations?limit=20')
  expect(cli.out()).not.toContain('sk-0')
})

test('the host is where http_listen is, and the key what INSIGHTS_API_KEY says, when no flag does', async () => {
  const env = { INSIGHTS_HTTP_LISTEN: host.slice('http://'.length), INSIGHTS_API_KEY: 'from-env' }
  const cli = createTestCli({ loadDemo: async () => ({ runDemo }), env })
  expect(await cli.run('demo', '--json')).toBe(0)
  expect(runDemo).toHaveBeenLastCalledWith(expect.objectContaining({ host, apiKey: 'from-env', traces: 200 }))
  expect(JSON.parse(cli.out())).toMatchObject({ host, traces: 200 })
})

test('without a collector there is a message with what to type, and nothing is loaded', async () => {
  const loadDemo = vi.fn()
  const cli = createTestCli({ loadDemo })
  expect(await cli.run('demo', '--host', 'http://127.0.0.1:1')).toBe(1)
  expect(cli.err()).toContain('nothing answers at http://127.0.0.1:1')
  expect(cli.err()).toContain('insights start')
  expect(loadDemo).not.toHaveBeenCalled()
})
