import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { migrate, planMigrations } from './migrate.ts'
import { startTestStore, type TestStore } from './store.fixture.ts'

let test: TestStore
let folder: string
let directory: URL

beforeEach(async () => {
  test = await startTestStore({ migrated: false })
  folder = await mkdtemp(join(tmpdir(), 'insights-schema-'))
  for (const name of ['schema', 'views'])
    await cp(new URL(`./${name}`, import.meta.url), join(folder, name), { recursive: true })
  directory = pathToFileURL(`${folder}/`)
})
afterEach(async () => {
  await test.stop()
  await rm(folder, { recursive: true })
})

const tables = async (): Promise<string[]> =>
  (
    await test.store.select<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = 'insights' ORDER BY name",
    )
  ).map(({ name }) => name)

it('plans everything on an empty server without touching it, then applies it once', async () => {
  const { store } = test
  const plan = await planMigrations(store)
  expect(plan.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['0001_spans.sql', '0003_traces.sql', 'generations_v1.sql']),
  )
  expect(plan[0]?.statements[0]).toContain('CREATE TABLE IF NOT EXISTS `insights`.spans')
  await expect(store.select('SELECT 1')).rejects.toMatchObject({ code: 'INSIGHTS_STORE_REJECTED' }) // still no database

  expect((await migrate(store)).length).toBe(plan.length)
  expect(await tables()).toEqual(
    expect.arrayContaining([
      'spans',
      'log_events',
      'traces',
      'traces_mv',
      'metrics_minute',
      'scores',
      'spans_v1',
      'users_v1',
    ]),
  )
  expect(await planMigrations(store)).toEqual([])
  expect(await migrate(store)).toEqual([])
})

it('goes on after a crash in the middle of a file', async () => {
  const { store } = test
  // As if the process had died between the two statements of 0003: the table is there, its view and its record are not.
  const plan = await planMigrations(store)
  await store.command('CREATE DATABASE insights')
  for (const { file, statements } of plan.filter(({ file }) => file < '0004')) {
    for (const statement of file === '0003_traces.sql' ? statements.slice(0, 1) : statements)
      await store.command(statement)
  }
  expect(await tables()).toEqual(['log_events', 'spans', 'traces'])
  await migrate(store)
  expect(await tables()).toEqual(expect.arrayContaining(['traces_mv', 'metrics_minute_mv', 'traces_v1']))
  expect(await planMigrations(store)).toEqual([])
})

it('runs every migration a second time without harm, as after a crash before its record', async () => {
  const { store } = test
  const plan = (await planMigrations(store)).filter(({ kind }) => kind === 'schema')
  await migrate(store)
  for (const { statements } of plan) for (const statement of statements) await store.command(statement)
  expect(await planMigrations(store)).toEqual([])
})

it('takes the traces of before over into small granules, and goes on adding to them', async () => {
  const { store } = test
  const fine = join(folder, 'schema/0026_trace_granules.sql')
  const statements = await readFile(fine)
  await rm(fine)
  await migrate(store, { directory })
  const add = (id: string): Promise<void> =>
    store.command(
      `INSERT INTO insights.spans (project_id, day, trace_id, span_id, start_time, session_id, retention_days) SELECT 'shop', today(), '${id}', 'spanspan', today(), 'chat', 30 FROM numbers(3)`,
      {},
      { insert_deduplicate: 0 },
    )
  await add('0123456789abcdef')
  await writeFile(fine, statements)
  await migrate(store, { directory })
  await add('0123456789abcdef')
  await add('fedcba9876543210')
  expect(
    await store.select('SELECT toUInt8(sum(spans)) AS spans, session_id FROM traces_v1 GROUP BY trace_id, session_id'),
  ).toEqual(
    expect.arrayContaining([
      { spans: 6, session_id: 'chat' },
      { spans: 3, session_id: 'chat' },
    ]),
  )
  expect(
    await store.select(
      "SELECT name FROM system.tables WHERE database = 'insights' AND name LIKE 'traces%' AND create_table_query LIKE '%index_granularity = 256%'",
    ),
  ).toEqual([{ name: 'traces' }])
})

it('lets a day to which nothing comes any more become one part', async () => {
  const { store } = test
  await migrate(store)
  const parts = (): Promise<unknown[]> =>
    store.select(
      "SELECT toUInt8(count()) AS parts FROM system.parts WHERE active AND database = 'insights' AND table = 'spans'",
    )
  await store.command('ALTER TABLE insights.spans MODIFY SETTING min_age_to_force_merge_seconds = 1')
  for (const name of ['first', 'second'])
    await store.command(
      `INSERT INTO insights.spans (project_id, day, name, start_time, retention_days) SELECT 'shop', today() - 3, '${name}', today() - 3, 30`,
    )
  await vi.waitFor(async () => expect(await parts()).toEqual([{ parts: 1 }]), { timeout: 30_000, interval: 500 })
}, 60_000)

it('refuses an applied migration that was edited, and names it', async () => {
  const { store } = test
  await migrate(store, { directory })
  await appendFile(join(folder, 'schema/0002_log_events.sql'), '-- a better idea\n')
  await expect(migrate(store, { directory })).rejects.toMatchObject({
    code: 'INSIGHTS_STORE_MIGRATION',
    message: expect.stringContaining('0002_log_events.sql'),
  })
})

it('refuses a database that a newer version has migrated', async () => {
  const { store } = test
  await writeFile(
    join(folder, 'schema/0099_future.sql'),
    'CREATE TABLE IF NOT EXISTS {database}.future {on_cluster} (a UInt8) ENGINE = {MergeTree} ORDER BY a;\n',
  )
  await migrate(store, { directory })
  await expect(migrate(store)).rejects.toMatchObject({
    code: 'INSIGHTS_STORE_MIGRATION',
    message: expect.stringContaining('0099_future.sql'),
  })
})

it('replaces a view whose text changed, and only that one', async () => {
  const { store } = test
  await migrate(store, { directory })
  await writeFile(
    join(folder, 'views/users_v1.sql'),
    "CREATE OR REPLACE VIEW {database}.users_v1 {on_cluster} AS\nSELECT 'changed' AS user_id;\n",
  )
  expect((await migrate(store, { directory })).map(({ file }) => file)).toEqual(['users_v1.sql'])
  expect(await store.select('SELECT * FROM users_v1')).toEqual([{ user_id: 'changed' }])
})

it('says which file the server refused', async () => {
  const { store } = test
  await writeFile(
    join(folder, 'schema/0098_wrong.sql'),
    'CREATE TABLE {database}.wrong (a Nonsense) ENGINE = {MergeTree} ORDER BY a;\n',
  )
  await expect(migrate(store, { directory })).rejects.toMatchObject({
    code: 'INSIGHTS_STORE_MIGRATION',
    message: expect.stringContaining('0098_wrong.sql'),
  })
})

it('leaves out what the server is too old for, and applies it once the server is not', async () => {
  const { store } = test
  const future = join(folder, 'schema/0097_future.sql')
  const rest = 'CREATE TABLE IF NOT EXISTS {database}.future {on_cluster} (a UInt8) ENGINE = {MergeTree} ORDER BY a;\n'
  await writeFile(future, `-- since 99.1: flying tables\n${rest}`)
  await migrate(store, { directory })
  expect(await tables()).not.toContain('future')
  expect(await planMigrations(store, { directory })).toEqual([])
  await writeFile(future, `-- since 25.8: flying tables\n${rest}`)
  expect((await migrate(store, { directory }))[0]?.file).toBe('0097_future.sql')
  expect(await tables()).toContain('future')
})
