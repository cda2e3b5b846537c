import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ask, isAlive, nativeStrings, newDataDir, removeDataDir, startTestEngine, until } from './engine.fixture.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await newDataDir()
})
afterEach(() => removeDataDir(dataDir))

it('comes back on the same port with its data and its dedup window after a kill -9', async () => {
  const { engine, metrics } = await startTestEngine(dataDir)
  try {
    const ddl =
      'CREATE TABLE default.kept (a String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100'
    await ask(engine, ddl)
    const insert = () =>
      ask(
        engine,
        'INSERT INTO default.kept FORMAT Native',
        { insert_deduplication_token: 'batch-1' },
        nativeStrings({ a: ['x', 'y'] }),
      )
    expect((await insert()).status).toBe(200)
    const before = engine.pid()
    expect(engine.generation()).toBe(1)
    process.kill(before ?? 0, 'SIGKILL')
    await until(() => engine.generation() === 2)
    expect(engine.pid()).not.toBe(before)
    expect((await insert()).status).toBe(200)
    expect((await ask(engine, 'SELECT count() FROM default.kept')).text).toBe('2\n')
    expect(metrics.render()).toContain('insights_engine_restarts_total 1')
  } finally {
    await engine.stop()
  }
  expect(isAlive(engine.pid())).toBe(false)
})

it('stops for good when asked in the middle of a restart', async () => {
  const { engine } = await startTestEngine(dataDir)
  process.kill(engine.pid() ?? 0, 'SIGKILL')
  await until(() => engine.pid() === undefined)
  await new Promise((resolve) => setTimeout(resolve, 150))
  await engine.stop()
  expect(engine.pid()).toBe(undefined)
  await expect(fetch(`${engine.url}/ping`)).rejects.toThrow()
  // The directory is free, so no engine was left behind.
  const { engine: next } = await startTestEngine(dataDir)
  await next.stop()
})

it('keeps one password, readable by the owner only', async () => {
  const first = await startTestEngine(dataDir)
  await first.engine.stop()
  const second = await startTestEngine(dataDir)
  await second.engine.stop()
  expect(second.engine.password).toBe(first.engine.password)
  expect(first.engine.password).toMatch(/^[\w-]{43}$/)
  expect((await stat(join(dataDir, 'engine-password'))).mode & 0o777).toBe(0o600)
})

it('refuses a second engine on the same directory', async () => {
  const { engine } = await startTestEngine(dataDir)
  try {
    // Work makes garbage, and a lock that only a local variable held was once collected with it.
    for (let i = 0; i < 5; i++) await Promise.all(Array.from({ length: 50 }, () => ask(engine, 'SELECT 1')))
    await expect(startTestEngine(dataDir)).rejects.toMatchObject({ code: 'INSIGHTS_DATA_DIR_LOCKED' })
    expect((await ask(engine, 'SELECT 1')).text).toBe('1\n')
  } finally {
    await engine.stop()
  }
})

it('leaves no engine behind when the collector is killed, and the next collector starts at once', async () => {
  const first = await startParent(dataDir)
  // A running query must not keep the orphan alive.
  const password = (await readFile(join(dataDir, 'engine-password'), 'utf8')).trim()
  void fetch(`${first.url}/?query=SELECT+count()+FROM+numbers(1000000000000)&user=insights&password=${password}`).catch(
    () => undefined,
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  first.parent.kill('SIGKILL')
  const { engine } = await startTestEngine(dataDir)
  expect(isAlive(first.pid)).toBe(false)
  expect((await ask(engine, 'SELECT 1')).text).toBe('1\n')
  await engine.stop()
})

it('says so when the port is taken', async () => {
  const { engine } = await startTestEngine(dataDir)
  const other = await newDataDir()
  await expect(startTestEngine(other, new URL(engine.url).host)).rejects.toMatchObject({ code: 'INSIGHTS_LISTEN' })
  await engine.stop()
  await removeDataDir(other)
})

async function startParent(dir: string): Promise<{ parent: ChildProcess; pid: number; url: string }> {
  const file = fileURLToPath(new URL('./parent.fixture.ts', import.meta.url))
  const parent = spawn(process.execPath, [file, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(parent.stdout ?? parent, 'data')) as [Buffer]
  return { parent, ...JSON.parse(line.toString()) }
}
