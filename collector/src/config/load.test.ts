// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the file names variables
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InsightsError } from '../telemetry/errors.ts'
import { CONFIG_KEYS } from './keys.ts'
import { type LoadedConfig, type LoadOptions, loadConfig } from './load.ts'

let cwd: string

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'insights-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const load = (options: Partial<LoadOptions> = {}): LoadedConfig => loadConfig({ env: {}, cwd, ...options })
const yaml = (text: string): void => writeFileSync(join(cwd, 'insights.yaml'), text)

/** The message of the refusal, with its code checked. */
function refusal(options: Partial<LoadOptions> = {}): string {
  try {
    load(options)
  } catch (error) {
    expect(error).toBeInstanceOf(InsightsError)
    expect(error).toMatchObject({ code: 'INSIGHTS_CONFIG_INVALID', retryable: false })
    return (error as InsightsError).message
  }
  throw new Error('the configuration was accepted')
}

describe('defaults', () => {
  test('need no file, no variable and no flag, and stay on loopback without keys', () => {
    const { config, warnings } = load()
    expect(config.grpcListen).toEqual({ host: '127.0.0.1', port: 4317 })
    expect(config.engineListen).toEqual({ host: '127.0.0.1', port: 4323 })
    expect(config).toMatchObject({ auth: 'none', dataDir: join(cwd, '.insights'), retentionDays: 90, tls: undefined })
    expect(config.limits).toMatchObject({ maxBodyBytes: 64 * 2 ** 20, maxInFlightBytes: 256 * 2 ** 20 })
    expect(config.journal).toEqual({
      maxBytes: 10 * 2 ** 30,
      segmentBytes: 2 ** 26,
      commitDelayMs: 2,
      retainMs: 60_000,
    })
    expect(config.clickhouse).toEqual({ database: 'insights' })
    expect(warnings).toEqual([])
  })

  test('are what every key falls back to, and say so', () => {
    expect([...load().sources.values()].every((source) => source.kind === 'default')).toBe(true)
  })
})

describe('precedence', () => {
  test('is flag, then variable, then file, then default', () => {
    yaml('retention_days: 1\nbatch:\n  max_rows: 1\n  max_delay_ms: 1\n')
    const { config, sources } = load({
      env: { INSIGHTS_RETENTION_DAYS: '2', INSIGHTS_BATCH_MAX_ROWS: '2' },
      flags: new Map([['retention_days', '3']]),
    })
    expect([config.retentionDays, config.batch.maxRows, config.batch.maxDelayMs, config.batch.maxBytes]).toEqual([
      3,
      2,
      1,
      16 * 2 ** 20,
    ])
    expect(sources.get('retention_days')).toMatchObject({ kind: 'flag', where: '--retention-days' })
    expect(sources.get('batch.max_rows')).toMatchObject({ kind: 'env', where: 'INSIGHTS_BATCH_MAX_ROWS' })
    expect(sources.get('batch.max_delay_ms')).toMatchObject({ kind: 'file', where: 'insights.yaml:4:3' })
  })

  test('treats a variable or a YAML key set to nothing as unset', () => {
    yaml('retention_days:\nclickhouse:\n')
    const { config } = load({ env: { INSIGHTS_CLICKHOUSE_URL: '', INSIGHTS_RETENTION_DAYS: '' } })
    expect(config.clickhouse.url).toBeUndefined()
    expect(config.retentionDays).toBe(90)
  })

  test('holds for every key: each can be given as a variable and as a flag', () => {
    for (const { path, env, fallback } of CONFIG_KEYS) {
      if (!fallback) continue
      expect(load({ env: { [env]: fallback } }).sources.get(path)?.kind).toBe('env')
      expect(load({ flags: new Map([[path, fallback]]) }).sources.get(path)?.kind).toBe('flag')
    }
  })
})

describe('the file', () => {
  test('is the one that --config or INSIGHTS_CONFIG names, and its relative paths start from it', () => {
    const dir = mkdtempSync(join(cwd, 'etc-'))
    writeFileSync(join(dir, 'c.yaml'), 'data_dir: data\n')
    expect(load({ configFile: join(dir, 'c.yaml') }).config.dataDir).toBe(join(dir, 'data'))
    expect(load({ env: { INSIGHTS_CONFIG: join(dir, 'c.yaml') } }).config.dataDir).toBe(join(dir, 'data'))
    expect(load({ env: { INSIGHTS_DATA_DIR: 'data' } }).config.dataDir).toBe(join(cwd, 'data'))
  })

  test('that is named must be there', () => {
    expect(refusal({ configFile: 'gone.yaml' })).toContain('cannot read the file')
  })

  test('names the line, the column and the nearest right key of an unknown one', () => {
    yaml('retention_days: 3\nlimits:\n  max_bdy_bytes: 1 MiB\nhttp-listen: off\nzzzzzz: 1\n')
    const message = refusal()
    expect(message).toContain(
      'insights.yaml:3:3: unknown key "limits.max_bdy_bytes", did you mean limits.max_body_bytes?',
    )
    expect(message).toContain('insights.yaml:4:1: unknown key "http-listen", did you mean http_listen?')
    expect(message).toMatch(/insights\.yaml:5:1: unknown key "zzzzzz"$/m)
  })

  test('takes variables with defaults, reads them once, and keeps $$ a dollar', () => {
    yaml('data_dir: "/${env:A}/${env:B:-b}/$$x"\nretention_days: ${env:DAYS}\nprices: ${env:EMPTY:-}\n')
    const { config } = load({ env: { A: '${env:B}', DAYS: '7', EMPTY: '' } })
    expect(config).toMatchObject({ dataDir: '/${env:B}/b/$x', retentionDays: 7, prices: undefined })
  })

  test('is refused when it names a variable that is not set, or writes one in another way', () => {
    yaml('data_dir: ${env:NOWHERE}\nprices: ${HOME}/p.yaml\n')
    expect(refusal()).toContain('insights.yaml:1:11: data_dir: variable NOWHERE is not set and has no default')
    expect(refusal()).toContain('insights.yaml:2:9: prices: cannot read "${HOME}"')
  })

  test('keeps a password as it is written, leading zeros and all', () => {
    yaml('clickhouse:\n  url: http://h:8123\n  password: 0012\n')
    expect(load().config.clickhouse.password?.reveal()).toBe('0012')
  })

  test('that is not YAML, or not a map, is refused with its line', () => {
    yaml('a: [1\nb: 2\n')
    expect(refusal()).toMatch(/insights\.yaml:\d+:\d+: not valid YAML/)
    yaml('- a\n')
    expect(refusal()).toContain('insights.yaml:1:1: expected a map of settings')
    yaml('limits: 5\n')
    expect(refusal()).toContain('limits: expected a map of max_body_bytes')
    yaml('retention_days: 1\nretention_days: 2\n')
    expect(refusal()).toContain('insights.yaml:2:1')
  })
})

test('all problems are told at once, each with where it was written', () => {
  yaml('retention_days: 0\nnope: 1\n')
  const message = refusal({ env: { INSIGHTS_GRPC_LISTEN: 'nowhere' }, flags: new Map([['log_level', 'loud']]) })
  expect(message).toContain('insights.yaml:1:1: retention_days: expected a whole number from 1 to 36500, got "0"')
  expect(message).toContain('insights.yaml:2:1: unknown key "nope"')
  expect(message).toContain('INSIGHTS_GRPC_LISTEN: grpc_listen: expected host:port')
  expect(message).toContain('--log-level: log_level: expected one of debug, info, warn, error, silent, got "loud"')
})

describe('secrets', () => {
  const PASSWORD = 'hunter2hunter2hunter2'
  const KEY = 'sk-0123456789abcdef'

  test('of the URL are taken out of it, and an explicit password wins', () => {
    const env = { INSIGHTS_CLICKHOUSE_URL: `https://al%40ice:${PASSWORD}@db.example:8443` }
    const { clickhouse } = load({ env }).config
    expect(clickhouse).toMatchObject({ url: 'https://db.example:8443', username: 'al@ice' })
    expect(clickhouse.password?.reveal()).toBe(PASSWORD)
    const both = load({ env: { ...env, INSIGHTS_CLICKHOUSE_PASSWORD: 'other' } }).config.clickhouse
    expect(both.password?.reveal()).toBe('other')
  })

  test('print in no form of the loaded configuration', () => {
    const env = { INSIGHTS_CLICKHOUSE_URL: `http://u:${PASSWORD}@h:8123`, INSIGHTS_API_KEYS: `shop:${KEY}` }
    const { config } = load({ env })
    for (const text of [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      `${config.apiKeys[0]?.key}`,
    ]) {
      expect(text).not.toContain(PASSWORD)
      expect(text).not.toContain(KEY)
      expect(text).toContain('***')
    }
  })

  test('print in no error, wherever they were given', () => {
    yaml(`clickhouse:\n  url: tcp://u:${PASSWORD}@h:9000\napi_keys: ["a b:${KEY}"]\n`)
    expect(refusal()).not.toMatch(new RegExp(`${PASSWORD}|${KEY}`))
    expect(refusal({ env: { INSIGHTS_API_KEYS: KEY } })).not.toContain(KEY)
    yaml(`api_keys: shop:${KEY}\n  - ]${KEY}\n"${KEY}\n`)
    expect(refusal()).not.toContain(KEY)
  })

  test('given as flags are warned about, for they show in the process list', () => {
    expect(load({ flags: new Map([['api_keys', `a:${KEY}`]]) }).warnings.join()).toContain('use INSIGHTS_API_KEYS')
  })
})

test('an unknown INSIGHTS_ variable is a warning with the nearest right name', () => {
  expect(load({ env: { INSIGHTS_HTTP_LISTN: 'x', INSIGHTS_CONFIG: '', OTHER: '1' } }).warnings).toEqual([
    'unknown variable "INSIGHTS_HTTP_LISTN", did you mean INSIGHTS_HTTP_LISTEN?',
  ])
})

test('whatever a variable or a file holds, the answer is a configuration or INSIGHTS_CONFIG_INVALID', () => {
  const key = fc.constantFrom(...CONFIG_KEYS)
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('-1', '1e9', '٣', '__proto__:1', '[::]:0', '99999999999999999'),
  )
  fc.assert(
    fc.property(key, text, fc.boolean(), ({ path, env }, value, inFile) => {
      yaml(inFile ? `${path.replace('.', ':\n  ')}: ${value}\n` : '')
      try {
        load(inFile ? {} : { env: { [env]: value } })
      } catch (error) {
        expect(error).toMatchObject({ code: 'INSIGHTS_CONFIG_INVALID' })
      }
      expect(Object.prototype).not.toHaveProperty('polluted')
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['nesting', `data_dir: ${'['.repeat(300_000)}`],
  ['an alias bomb', `x: &a [1,2]\nretention: {a: *a, b: *a}\n`],
  ['a prototype', 'retention:\n  __proto__: 5\napi_keys:\n  __proto__: {polluted: yes}\n'],
  ['two documents', 'retention_days: 1\n---\nretention_days: 2\n'],
  ['a huge file', `# ${'x'.repeat(2 ** 20)}\n`],
])('a file with %s is refused', (_name, text) => {
  yaml(text)
  expect(refusal().length).toBeLessThan(2000)
  expect(Object.prototype).not.toHaveProperty('polluted')
})
