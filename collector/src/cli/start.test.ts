import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { InsightsError } from '../telemetry/errors.ts'
import type { AppModule, RunningApp } from './app-interface.ts'
import { createTestCli } from './test-context.ts'

const READY: RunningApp['ready'] = {
  grpc: '0.0.0.0:4317',
  http: 'http://0.0.0.0:14318',
  api: 'http://127.0.0.1:4320',
  store: 'embedded',
  version: '9.9.9',
}

interface AppParts {
  empty?: boolean
  stop?: () => Promise<void>
  startApp?: AppModule['startApp']
}

// Stands for app.ts, whose own tests run the real one.
const appModule = ({ empty = false, stop = async () => {}, startApp }: AppParts = {}): AppModule => ({
  startApp: startApp ?? (async () => ({ ready: READY, stop, isEmpty: async () => empty })),
  migrateApp: async (_config, { plan }) => (plan ? ['CREATE DATABASE insights', 'CREATE TABLE t (x Int8);\n'] : []),
  explainApp: () => Promise.reject(new Error('not in this test')),
  withApi: () => Promise.reject(new Error('not in this test')),
  repriceApp: () => Promise.reject(new Error('not in this test')),
  withUpkeep: () => Promise.reject(new Error('not in this test')),
  rebuildApp: async (_config, { day = '2026-01-01' }) => [
    { table: 'cost', day, equal: true, rebuilt: false },
    { table: 'latency', day, equal: false, rebuilt: day !== '2026-01-02' },
  ],
})

const cliWith = (parts: AppParts, env = {}) => createTestCli({ env, loadApp: async () => appModule(parts) })

test('start prints one JSON line on stdout, and ends with 0 once a signal has stopped the app', async () => {
  const stop = vi.fn(async () => {})
  const cli = cliWith({ stop })
  const exit = cli.run('start')
  await vi.waitFor(() => expect(cli.out()).toContain('\n'))
  expect(stop).not.toHaveBeenCalled()
  cli.signal()
  expect(await exit).toBe(0)
  expect(stop).toHaveBeenCalledOnce()
  expect(cli.out().trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(cli.out())).toEqual({ ready: true, ...READY })
})

test('a second signal ends at once, but the same one delivered twice (as npm does) is one', async () => {
  const { promise: never } = Promise.withResolvers<void>()
  const exitNow = vi.fn()
  const cli = createTestCli({ loadApp: async () => appModule({ stop: () => never }), exitNow: exitNow as never })
  void cli.run('start')
  await vi.waitFor(() => expect(cli.out()).toContain('ready'))
  cli.signal()
  cli.signal()
  expect(exitNow).not.toHaveBeenCalled()
  await sleep(600)
  cli.signal()
  expect(exitNow).toHaveBeenCalledWith(130)
})

test('a signal during the start still ends gracefully', async () => {
  const stop = vi.fn(async () => {})
  const cli = cliWith({
    startApp: async () => {
      cli.signal()
      return { ready: READY, stop, isEmpty: async () => true }
    },
  })
  expect(await cli.run('start')).toBe(0)
  expect(stop).toHaveBeenCalledOnce()
})

test('on an empty store the first span, the way back and the demo are there to copy, with addresses that can be reached', async () => {
  const cli = cliWith({ empty: true }, { npm_lifecycle_event: 'start' })
  const exit = cli.run('start')
  await vi.waitFor(() => expect(cli.err()).toContain('demo'))
  cli.signal()
  await exit
  expect(cli.err()).toContain('curl -sS http://127.0.0.1:14318/v1/traces')
  expect(cli.err()).toContain("curl -sS 'http://127.0.0.1:4320/api/v1/generations?limit=1'")
  expect(cli.err()).toContain('npm run insights -- demo --host http://127.0.0.1:14318')
})

test('on a store with spans, and with --json, stderr stays short', async () => {
  for (const [empty, args] of [
    [false, []],
    [true, ['--json']],
  ] as const) {
    const cli = cliWith({ empty })
    const exit = cli.run('start', ...args)
    await vi.waitFor(() => expect(cli.out()).toContain('ready'))
    cli.signal()
    await exit
    expect(cli.err()).not.toContain('curl')
  }
})

test('an app that cannot start gives its message, its code and its hint, and 1', async () => {
  const error = new InsightsError('INSIGHTS_LISTEN', 'cannot listen on 127.0.0.1:4317: in use', {
    hint: 'stop the other one',
  })
  const text = cliWith({ startApp: () => Promise.reject(error) })
  expect(await text.run('start')).toBe(1)
  expect(text.err()).toBe('error: cannot listen on 127.0.0.1:4317: in use (INSIGHTS_LISTEN)\nstop the other one\n')
  const json = cliWith({ startApp: () => Promise.reject(error) })
  expect(await json.run('start', '--json')).toBe(1)
  expect(JSON.parse(json.err())).toEqual({
    error: { code: 'INSIGHTS_LISTEN', message: error.message, hint: error.hint, retryable: false },
  })
})

test('a wrong configuration never reaches the app, and is 2', async () => {
  const loadApp = vi.fn()
  const cli = createTestCli({ loadApp })
  expect(await cli.run('start', '--http-listen', '0.0.0.0:4318')).toBe(2)
  expect(cli.err()).toContain('--http-listen: http_listen: refusing to listen on 0.0.0.0:4318 without keys')
  expect(loadApp).not.toHaveBeenCalled()
})

test('migrate --plan prints SQL that can be piped into a client', async () => {
  const cli = cliWith({})
  expect(await cli.run('migrate', '--plan')).toBe(0)
  expect(cli.out()).toBe('CREATE DATABASE insights;\n\nCREATE TABLE t (x Int8);\n')
})

test('rebuild tells which partitions differed, and is 1 when one could not be put right', async () => {
  const cli = cliWith({})
  expect(await cli.run('rebuild')).toBe(0)
  expect(cli.out()).toMatch(/2026-01-01 {2}cost +equal\n2026-01-01 {2}latency +differed, rebuilt/)
  expect(await cliWith({}).run('rebuild', '--day', '2026-01-02')).toBe(1)
})
