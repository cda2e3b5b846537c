// Who may import whom. The folders are the pipeline, and a stage knows no other stage.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const SRC = join(ROOT, 'collector/src')

interface Import {
  file: string
  target: string
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
}

const isTest = (file: string): boolean => /\.(test|bench|fixture)\.ts$|\/testing[^/]*(\/|\.ts$)/.test(file)

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target]) => ({ file, target: target ?? '' }))
}

const shipped = (folder: string): Import[] =>
  sourceFiles(folder)
    .filter((file) => !isTest(file))
    .flatMap(importsOf)

/** Top folder below collector/src that a relative import leads to; undefined for packages. */
function stageOf({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined
  return relative(SRC, resolve(dirname(file), target)).split('/')[0]
}

/** `import type {…}` and `export type {…}` leave nothing in what runs. */
function isTypeOnly(file: string, target: string): boolean {
  const [head = ''] = readFileSync(file, 'utf8').split(`from '${target}'`)
  return /(?:import|export) type \{[^}]*\} $/s.test(head)
}

const STAGES = [
  'access',
  'receive',
  'redact',
  'normalize',
  'price',
  'explain',
  'journal',
  'ingest',
  'store',
  'query',
  'engine',
  'telemetry',
  'config',
  'net',
]
const show = ({ file, target }: Import): string => `${relative(ROOT, file)} -> ${target}`

describe('stages', () => {
  it.each(STAGES)('%s imports no other stage', (stage) => {
    const allowed = new Set([stage, 'telemetry', 'config', 'net'])
    const wrong = shipped(join(SRC, stage)).filter((one) => {
      const target = stageOf(one)
      // The static protobuf code and the manifest stand beside the source, not in a stage.
      return target !== undefined && target !== '..' && !allowed.has(target)
    })
    expect(wrong.map(show)).toEqual([])
  })
})

describe('the dashboard', () => {
  it('runs nothing of the collector but tables and pure functions of the query API', () => {
    const tables = /^collector\/src\/query\/(columns|money|trace-tree|filter\/fields|sql\/views)\.ts$/
    const wrong = shipped(join(ROOT, 'collector/dashboard/src')).filter(({ file, target }) => {
      if (!target.startsWith('.')) return false
      const path = relative(ROOT, resolve(dirname(file), target))
      return path.startsWith('collector/src/') && !tables.test(path) && !isTypeOnly(file, target)
    })
    expect(wrong.map(show)).toEqual([])
  })
})

describe('packages', () => {
  it('semconv imports nothing', () => {
    const wrong = shipped(join(ROOT, 'semconv/src')).filter(({ target }) => !target.startsWith('.'))
    expect(wrong.map(show)).toEqual([])
  })

  it('the exporter imports semconv, the OpenTelemetry API and Node only', () => {
    const allowed = /^(\.|node:|@opentelemetry\/api$|@hanzo\/insights-semconv$)/
    expect(
      shipped(join(ROOT, 'exporter/src'))
        .filter(({ target }) => !allowed.test(target))
        .map(show),
    ).toEqual([])
  })

  it.each([
    ['@grpc/grpc-js', /receive\/(otlp-grpc|grpc-[a-z]+)\.ts$/],
    ['@clickhouse/client', /store\/[a-z-]+\.ts$/],
    ['chdb', /engine\/[a-z-]+\.ts$/],
    ['@pydantic/genai-prices', /price\/[a-z-]+\.ts$/],
  ])('%s has one home', (name, home) => {
    const users = shipped(SRC).filter(({ target }) => target === name || target.startsWith(`${name}/`))
    expect(users.filter(({ file }) => !home.test(file)).map(show)).toEqual([])
  })
})

describe('files', () => {
  const files = ['semconv/src', 'exporter/src', 'collector/src', 'collector/dashboard/src', 'bench'].flatMap((folder) =>
    sourceFiles(join(ROOT, folder)),
  )

  it('are at most 300 lines', () => {
    const long = files.filter((file) => !isTest(file) && readFileSync(file, 'utf8').split('\n').length > 301)
    expect(long.map((file) => relative(ROOT, file))).toEqual([])
  })

  it('read the environment in config/ only', () => {
    const readers = files.filter(
      (file) => !isTest(file) && /^(?!\s*(\*|\/\/)).*process\.env\b/m.test(readFileSync(file, 'utf8')),
    )
    const allowed = /^(collector\/src\/config\/|exporter\/src\/config\.ts|bench\/)/
    expect(readers.map((file) => relative(ROOT, file)).filter((file) => !allowed.test(file))).toEqual([])
  })

  it('end the process in main.ts only', () => {
    const enders = files.filter((file) => !isTest(file) && /process\.exit\(/.test(readFileSync(file, 'utf8')))
    const allowed = /^(collector\/src\/main\.ts|collector\/src\/engine\/child\.ts|bench\/)/
    expect(enders.map((file) => relative(ROOT, file)).filter((file) => !allowed.test(file))).toEqual([])
  })

  it('keep SQL in store/ and query/', () => {
    const sql = /['"`](SELECT|INSERT INTO|CREATE TABLE|ALTER TABLE) /
    const writers = files.filter((file) => !isTest(file) && sql.test(readFileSync(file, 'utf8')))
    const allowed =
      /^(collector\/dashboard\/src\/|collector\/src\/(store|query|engine)\/|collector\/src\/app[a-z-]*\.ts|bench\/)/
    expect(writers.map((file) => relative(ROOT, file)).filter((file) => !allowed.test(file))).toEqual([])
  })
})
