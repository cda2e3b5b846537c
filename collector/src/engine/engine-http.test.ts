import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, nativeStrings, newDataDir, removeDataDir, startTestEngine } from './engine.fixture.ts'
import type { Engine } from './supervise.ts'

let engine: Engine
let dataDir: string

beforeAll(async () => {
  dataDir = await newDataDir()
  engine = (await startTestEngine(dataDir)).engine
  await ask(engine, 'CREATE DATABASE insights')
})
afterAll(async () => {
  await engine.stop()
  await removeDataDir(dataDir)
})

describe('who may ask', () => {
  it('answers health checks without a password and nothing else', async () => {
    expect(await (await fetch(`${engine.url}/ping`)).text()).toBe('Ok.\n')
    expect(await (await fetch(engine.url)).text()).toBe('Ok.\n')
    for (const init of [
      {},
      { headers: { authorization: `Basic ${btoa('insights:wrong')}` } },
      { method: 'POST', body: 'SELECT 42' },
    ]) {
      const refused = await fetch(`${engine.url}/?query=SELECT+42`, init)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('x-clickhouse-exception-code')).toBe('516')
      expect(await refused.text()).toMatch(/^Code: 516\. DB::Exception: .*\(AUTHENTICATION_FAILED\) \(version 26\./)
    }
  })

  it('takes the password by Basic, by headers and by URL parameters', async () => {
    const { url, username, password } = engine
    const basic = { authorization: `Basic ${btoa(`${username}:${password}`)}` }
    const headers = { 'x-clickhouse-user': username, 'x-clickhouse-key': password }
    expect(await (await fetch(`${url}/?query=SELECT+42`, { headers: basic })).text()).toBe('42\n')
    expect(await (await fetch(`${url}/?query=SELECT+42`, { headers })).text()).toBe('42\n')
    expect(
      await (await fetch(`${url}/?query=SELECT+42&${new URLSearchParams({ user: username, password })}`)).text(),
    ).toBe('42\n')
  })

  it('lets a GET change nothing', async () => {
    const headers = { 'x-clickhouse-user': engine.username, 'x-clickhouse-key': engine.password }
    const answer = await fetch(`${engine.url}/?query=CREATE+TABLE+insights.g+(a+Int8)+ENGINE=Memory`, { headers })
    expect(answer.headers.get('x-clickhouse-exception-code')).toBe('164')
  })
})

describe('statements', () => {
  it('defaults to tab separated and reports format, query id, time zone and summary', async () => {
    const { text, headers } = await ask(engine, 'SELECT 1 AS a, timezone()', { query_id: 'mine' })
    expect(text).toBe('1\tUTC\n')
    expect(headers.get('content-type')).toBe('text/tab-separated-values; charset=UTF-8')
    expect(headers.get('x-clickhouse-format')).toBe('TabSeparated')
    expect(headers.get('x-clickhouse-query-id')).toBe('mine')
    expect(headers.get('x-clickhouse-timezone')).toBe('UTC')
    expect(JSON.parse(headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ result_rows: '1', written_rows: '0' })
  })

  it('names the format of the FORMAT clause, else default_format', async () => {
    const json = await ask(engine, 'SELECT 1 AS a FORMAT JSON', { default_format: 'CSV' })
    expect(json.headers.get('content-type')).toBe('application/json; charset=UTF-8')
    expect(JSON.parse(json.text).data).toEqual([{ a: 1 }])
    expect((await ask(engine, "SELECT 'x,y'", { default_format: 'CSV' })).text).toBe('"x,y"\n')
  })

  it('joins the query of the URL and the body', async () => {
    expect((await ask(engine, 'SELECT 1 +', {}, '41')).text).toBe('42\n')
    expect((await ask(engine, '', {}, 'SELECT 43')).text).toBe('43\n')
  })

  it('uses the database asked for, and only for that statement', async () => {
    expect((await ask(engine, 'SELECT currentDatabase()', { database: 'insights' })).text).toBe('insights\n')
    expect((await ask(engine, 'SELECT currentDatabase()')).text).toBe('default\n')
    const unknown = await ask(engine, 'SELECT 1', { database: 'no`pe' })
    expect([unknown.status, unknown.headers.get('x-clickhouse-exception-code')]).toEqual([404, '81'])
  })

  it('does not leak settings or parameters into later statements', async () => {
    const threads = "SELECT value FROM system.settings WHERE name = 'max_block_size'"
    const before = (await ask(engine, threads)).text
    expect((await ask(engine, threads, { max_block_size: '777', param_x: 'secret' })).text).toBe('777\n')
    await ask(engine, 'SET max_block_size = 778')
    for (let i = 0; i < 20; i++) expect((await ask(engine, threads)).text).toBe(before)
    expect((await ask(engine, 'SELECT {x:String}')).headers.get('x-clickhouse-exception-code')).toBe('456')
  })

  it('keeps parameters of concurrent statements apart', async () => {
    const asked = Array.from({ length: 30 }, (_, i) => String(i))
    const answers = await Promise.all(asked.map((i) => ask(engine, 'SELECT {v:String}, sleep(0.02)', { param_v: i })))
    expect(answers.map(({ text }) => text)).toEqual(asked.map((i) => `${i}\t0\n`))
  })

  it.each([
    ['SELEC 1', 400, 62],
    ['SELECT 1; DROP TABLE x', 400, 62],
    ['SELECT * FROM insights.nope', 404, 60],
    ['SELECT * FROM nope.nope', 404, 81],
    ['SELECT nope', 404, 47],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 501, 48],
    ['SELECT throwIf(1)', 500, 395],
    ['SELECT sleep(3) SETTINGS max_execution_time = 1', 500, 159],
  ])('maps the failure of %s as ClickHouse does', async (query, status, code) => {
    const answer = await ask(engine, query)
    expect([answer.status, Number(answer.headers.get('x-clickhouse-exception-code'))]).toEqual([status, code])
    expect(answer.text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\) \\(version 26\\.`, 's'))
  })

  it('refuses unknown settings and block compression instead of ignoring them', async () => {
    expect((await ask(engine, 'SELECT 1', { no_such_setting: '1' })).headers.get('x-clickhouse-exception-code')).toBe(
      '115',
    )
    expect((await ask(engine, 'SELECT 1', { compress: '1' })).status).toBe(501)
  })

  it('keeps a read-only statement from writing, reading files and lifting its limits', async () => {
    for (const query of [
      'CREATE TABLE insights.r (a Int8) ENGINE = Memory',
      "SELECT * FROM file('/etc/passwd', 'LineAsString')",
      'SELECT 1 SETTINGS max_execution_time = 0',
      'SET readonly = 0',
    ]) {
      expect(
        (await ask(engine, query, { readonly: '1', max_execution_time: '5' })).headers.get(
          'x-clickhouse-exception-code',
        ),
      ).toBe('164')
    }
  })
})

describe('inserts', () => {
  it('takes binary data whose first bytes look like blanks, in every count of columns', async () => {
    for (const count of [1, 9, 10, 12, 13, 32]) {
      const names = Array.from({ length: count }, (_, i) => `c${i}`)
      const block = nativeStrings(Object.fromEntries(names.map((name) => [name, [`a\n\0'"\\${name}`, '\t']])))
      await ask(
        engine,
        `CREATE OR REPLACE TABLE insights.wide (${names.map((n) => `${n} String`).join()}) ENGINE = MergeTree ORDER BY ()`,
      )
      const answer = await ask(engine, 'INSERT INTO insights.wide FORMAT Native', {}, block)
      expect([answer.status, JSON.parse(answer.headers.get('x-clickhouse-summary') ?? '').written_rows]).toEqual([
        200,
        '2',
      ])
      const last = `SELECT c${count - 1} FROM insights.wide FORMAT JSONCompactColumns`
      expect(JSON.parse((await ask(engine, last)).text)).toEqual([[`a\n\0'"\\c${count - 1}`, '\t']])
    }
  })

  it('takes data in the body, after the text, or all in one body', async () => {
    await ask(engine, 'CREATE TABLE insights.forms (a String) ENGINE = Memory')
    await ask(engine, 'INSERT INTO insights.forms FORMAT TSV', {}, 'tsv\n')
    await ask(engine, "INSERT INTO insights.forms VALUES ('values;')")
    await ask(engine, '', {}, 'INSERT INTO insights.forms (a) FORMAT JSONEachRow\n{"a":"json; SELECT 1"}\n')
    await ask(
      engine,
      '',
      {},
      Buffer.concat([Buffer.from('INSERT INTO insights.forms FORMAT RowBinary\n'), Buffer.from([3, 10, 0, 59])]),
    )
    await ask(engine, "INSERT INTO insights.forms SELECT 'select'")
    // chDB would report success for this one and store nothing.
    const input = "INSERT INTO insights.forms SELECT x FROM input('x String') FORMAT CSV"
    expect((await ask(engine, input, {}, '"in"\n')).status).toBe(501)
    const { text } = await ask(engine, 'SELECT a FROM insights.forms ORDER BY a FORMAT JSONCompactColumns')
    expect(JSON.parse(text)).toEqual([['\n\0;', 'json; SELECT 1', 'select', 'tsv', 'values;']])
  })

  it('takes data with empty lines in them, binary and text', async () => {
    await ask(engine, 'CREATE TABLE insights.lines (a String) ENGINE = MergeTree ORDER BY ()')
    const texts = ['\n\n', 'a\n\nb', '\r\n\r\n', '']
    await ask(engine, 'INSERT INTO insights.lines FORMAT Native', {}, nativeStrings({ a: texts }))
    await ask(engine, 'INSERT INTO insights.lines FORMAT CSV', {}, '"c\n\nd"\n\n"e"\n')
    await ask(engine, "INSERT INTO insights.lines -- where to\nSETTINGS async_insert = 0 VALUES ('f'),\n\n('g')")
    const { text } = await ask(engine, 'SELECT a FROM insights.lines FORMAT JSONCompactColumns')
    expect(JSON.parse(text)[0].sort()).toEqual([...texts, 'c\n\nd', '', 'e', 'f', 'g'].sort())
  })

  it('inserts nothing when the data are cut short', async () => {
    await ask(engine, 'CREATE TABLE insights.cut (a String) ENGINE = MergeTree ORDER BY ()')
    const block = nativeStrings({ a: ['one', 'two', 'three'] })
    expect((await ask(engine, 'INSERT INTO insights.cut FORMAT Native', {}, block.subarray(0, -2))).status).not.toBe(
      200,
    )
    expect((await ask(engine, 'SELECT count() FROM insights.cut')).text).toBe('0\n')
  })

  it('counts a second insert with the same token once', async () => {
    await ask(
      engine,
      `CREATE TABLE insights.once (a String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100`,
    )
    const block = nativeStrings({ a: ['x', 'y'] })
    for (const token of ['t1', 't1', 't2']) {
      await ask(
        engine,
        'INSERT INTO insights.once FORMAT Native',
        { insert_deduplication_token: token, async_insert: '0' },
        block,
      )
    }
    expect((await ask(engine, 'SELECT count() FROM insights.once')).text).toBe('4\n')
  })
})

describe('HTTP compression', () => {
  const headers = () => ({ 'x-clickhouse-user': engine.username, 'x-clickhouse-key': engine.password })

  it('inflates gzip and zstd bodies and says so when it cannot', async () => {
    const post = (encoding: string, body: Buffer<ArrayBuffer>) =>
      fetch(engine.url, { method: 'POST', headers: { ...headers(), 'content-encoding': encoding }, body })
    expect(await (await post('gzip', gzipSync('SELECT 1'))).text()).toBe('1\n')
    expect(await (await post('zstd', zstdCompressSync('SELECT 2'))).text()).toBe('2\n')
    expect((await post('lz4', Buffer.from('x'))).status).toBe(415)
    expect((await post('gzip', Buffer.from('not gzip'))).headers.get('x-clickhouse-exception-code')).toBe('117')
    // A bomb: 300 MiB of zeros in 300 KiB.
    expect((await post('gzip', gzipSync(Buffer.alloc(300 * 2 ** 20), { level: 9 }))).status).toBe(413)
  })

  it('compresses replies only when asked to', async () => {
    const { request } = await import('node:http')
    const raw = (extra: string) =>
      new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        const url = `${engine.url}/?query=SELECT+number+FROM+numbers(10000)${extra}`
        request(url, { headers: { ...headers(), 'accept-encoding': 'gzip' } }, async (response) => {
          resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(await response.toArray()) })
        })
          .on('error', reject)
          .end()
      })
    const packed = await raw('&enable_http_compression=1')
    const plain = await raw('')
    expect([packed.encoding, plain.encoding]).toEqual(['gzip', undefined])
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true)
  })
})
