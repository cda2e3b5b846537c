import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { CONFIG_KEYS } from './config/keys.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
let cwd: string

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'insights-main-'))
})
afterAll(() => rmSync(cwd, { recursive: true }))

async function insights(argv: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...argv], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { out, err, code }
}

describe('help', () => {
  test.each(['start', 'demo', 'doctor', 'migrate', 'rebuild', 'config print', 'config schema'])(
    'of %s ends with 0 and has two examples',
    async (name) => {
      const { out, err, code } = await insights([...name.split(' '), '--help'])
      expect({ err, code }).toEqual({ err: '', code: 0 })
      expect(out.match(new RegExp(`^ {2}\\$ insights ${name}`, 'gm'))).toHaveLength(2)
      expect(out).toContain('--json')
    },
  )

  test('of start lists every setting with its variable', async () => {
    const { out } = await insights(['start', '--help'])
    for (const { flag, env } of CONFIG_KEYS) expect(out).toMatch(new RegExp(`${flag} <.*\\[${env}\\b`))
  })

  test('--version is the version of the package', async () => {
    expect(await insights(['--version'])).toMatchObject({ out: `${manifest.version}\n`, code: 0 })
  })
})

describe('wrong usage', () => {
  test.each([
    ['no command', [], 'Usage: insights'],
    ['an unknown command', ['strat'], 'Did you mean start?'],
    ['an unknown flag', ['start', '--data-dri', 'x'], 'Did you mean --data-dir?'],
    ['a flag without its value', ['start', '--data-dir'], 'argument missing'],
    ['a day that is none', ['rebuild', '--day', '2026-02-31'], 'expected a day such as 2026-01-31'],
    ['a number that is none', ['demo', '--traces', '1e3'], 'expected a whole number'],
    ['a value that breaks a rule', ['config', 'print', '--log-level', 'loud'], 'expected one of debug'],
    ['a missing file', ['config', 'print', '--config', 'gone.yaml'], 'cannot read the file'],
  ])('%s ends with 2 and says what is wrong on stderr', async (_name, argv, message) => {
    const { out, err, code } = await insights(argv)
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toContain(message)
  })

  test('with --json the error is one JSON object', async () => {
    const { err, code } = await insights(['config', 'print', '--json', '--tls-key-file', 'k.pem'])
    expect(code).toBe(2)
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'INSIGHTS_CONFIG_INVALID', retryable: false } })
  })
})

describe('config', () => {
  test('print shows values with their sources, from file, variable and flag, and no secret', async () => {
    const file = join(cwd, 'c.yaml')
    writeFileSync(file, 'retention_days: 5\nclickhouse:\n  url: http://u:hunter2hunter2@ch:8123\n')
    const argv = ['config', 'print', '--config', 'c.yaml', '--batch-max-rows', '7']
    const env = { INSIGHTS_LOG_LEVEL: 'warn', INSIGHTS_API_KEYS: 'shop:sk-0123456789abcdef' }
    const { out, err, code } = await insights(argv, env)
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out).toMatch(/^retention_days +5 +file c\.yaml:1:1$/m)
    expect(out).toMatch(/^log_level +warn +env INSIGHTS_LOG_LEVEL$/m)
    expect(out).toMatch(/^batch\.max_rows +7 +flag --batch-max-rows$/m)
    expect(out).toMatch(/^clickhouse\.url +http:\/\/ch:8123 /m)
    // What follows from another setting names that one as its source.
    expect(out).toMatch(/^clickhouse\.password +\*\*\* +file c\.yaml:3:3$/m)
    expect(out).toMatch(/^auth +keys +env INSIGHTS_API_KEYS$/m)
    expect(out).not.toMatch(/hunter2|sk-0/)
    const json = await insights([...argv, '--json'], env)
    expect(JSON.parse(json.out)).toContainEqual({
      key: 'api_keys',
      value: 'shop:***',
      source: 'env',
      where: 'INSIGHTS_API_KEYS',
    })
    expect(json.out).not.toMatch(/hunter2|sk-0/)
  })

  test('schema prints a JSON schema', async () => {
    const { out, code } = await insights(['config', 'schema'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ type: 'object', additionalProperties: false })
  })

  test('warnings go to stderr and do not spoil the JSON on stdout', async () => {
    const { out, err, code } = await insights(['config', 'print', '--json'], { INSIGHTS_RETENTION_DAY: '1' })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toHaveLength(CONFIG_KEYS.length)
    expect(JSON.parse(err)).toEqual({
      warning: 'unknown variable "INSIGHTS_RETENTION_DAY", did you mean INSIGHTS_RETENTION_DAYS?',
    })
  })
})

test('a reader that goes away is no error', async () => {
  const child = spawn(process.execPath, [MAIN, 'config', 'schema'], { cwd, env: {}, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  expect([await text(child.stderr), await closed]).toEqual(['', 0])
})
