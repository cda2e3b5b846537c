import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configDocs, configJsonSchema } from './docs.ts'
import { CONFIG_KEYS } from './keys.ts'
import { loadConfig } from './load.ts'
import { printConfig } from './print.ts'
import { nearest } from './suggest.ts'

test('the printed configuration has every key with its value and source, and no secret', () => {
  const env = {
    INSIGHTS_API_KEYS: 'shop:sk-0123456789abcdef,web:sk-fedcba9876543210',
    INSIGHTS_CLICKHOUSE_URL: 'http://u:hunter2@[::1]:8123',
    INSIGHTS_RETENTION: 'my_shop:30',
    INSIGHTS_HTTP_LISTEN: '[::1]:4318',
  }
  const printed = printConfig(loadConfig({ env, cwd: '/nonexistent' }))
  expect(printed.map(({ key }) => key)).toEqual(CONFIG_KEYS.map(({ path }) => path))
  const of = (key: string) => printed.find((setting) => setting.key === key)
  expect(of('api_keys')).toEqual({
    key: 'api_keys',
    value: 'shop:***,web:***',
    source: 'env',
    where: 'INSIGHTS_API_KEYS',
  })
  expect(of('clickhouse.url')?.value).toBe('http://[::1]:8123')
  expect(of('clickhouse.password')?.value).toBe('***')
  expect(of('retention')?.value).toBe('my_shop:30')
  expect(of('http_listen')?.value).toBe('[::1]:4318')
  expect(of('limits.max_body_bytes')).toMatchObject({ value: '64 MiB', source: 'default' })
  expect(of('auth')?.value).toBe('keys')
  expect(JSON.stringify(printed)).not.toMatch(/hunter2|sk-0|sk-f/)
})

test('what is printed reads back as the same configuration', () => {
  const first = loadConfig({ env: { INSIGHTS_BATCH_MAX_BYTES: '70000' }, cwd: '/nonexistent' })
  const flags = new Map(printConfig(first).flatMap(({ key, value }) => (value ? [[key, value] as const] : [])))
  expect(loadConfig({ env: {}, cwd: '/', flags }).config).toEqual(first.config)
})

test('docs/config.md is what the schema says (vitest -u rewrites it)', async () => {
  await expect(configDocs()).toMatchFileSnapshot('../../../docs/config.md')
})

test('the example in docs/config.md is a configuration that loads', () => {
  const dir = mkdtempSync(join(tmpdir(), 'insights-docs-'))
  writeFileSync(join(dir, 'insights.yaml'), /```yaml\n(.*?)```/s.exec(configDocs())?.[1] ?? '')
  const { config, warnings } = loadConfig({ env: { SHOP_KEY: 'sk-0123456789abcdef' }, cwd: dir })
  rmSync(dir, { recursive: true })
  expect(config).toMatchObject({
    auth: 'keys',
    httpListen: { host: '0.0.0.0', port: 4318 },
    retention: new Map([['shop', 30]]),
  })
  expect(config.clickhouse).toMatchObject({ url: 'https://clickhouse.example:8443', password: undefined })
  expect(warnings).toEqual([])
})

test('the JSON schema names every key, shows defaults as a user writes them, and refuses unknown keys', () => {
  const schema = JSON.stringify(configJsonSchema())
  for (const { path } of CONFIG_KEYS) expect(schema).toContain(`"${path.split('.').at(-1)}":`)
  expect(configJsonSchema()).toMatchObject({
    additionalProperties: false,
    properties: {
      limits: { additionalProperties: false, properties: { max_body_bytes: { default: '64 MiB' } } },
      log_level: { enum: ['debug', 'info', 'warn', 'error', 'silent'] },
    },
  })
})

test('variables and flags follow from the path, and none is given twice', () => {
  expect(CONFIG_KEYS.find(({ path }) => path === 'limits.max_body_bytes')).toMatchObject({
    env: 'INSIGHTS_LIMITS_MAX_BODY_BYTES',
    flag: '--limits-max-body-bytes',
    format: 'size',
  })
  expect(new Set(CONFIG_KEYS.map(({ env }) => env)).size).toBe(CONFIG_KEYS.length)
})

test('a suggestion is made for a slip, not for another word', () => {
  expect(nearest('retenton_days', ['retention_days', 'prices'])).toBe('retention_days')
  expect(nearest('DATA_DIR', ['data_dir'])).toBe('data_dir')
  expect(nearest('color', ['prices'])).toBeUndefined()
  expect(nearest('x'.repeat(100_000), ['prices'])).toBeUndefined()
})
