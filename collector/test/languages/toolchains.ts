// The toolchains of this machine in; clients in other languages that can be run out, built once into node_modules/.cache.
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const SOURCES = join(ROOT, 'interop', 'languages')
const CACHE = join(ROOT, 'node_modules', '.cache', 'insights-languages')
const BUILD_TIMEOUT_MS = 600_000
const RUN_TIMEOUT_MS = 60_000

export interface Toolchain {
  /** Why its clients cannot run here; undefined = they can. */
  readonly missing?: string
  /** The last line that the program writes to stdout, as JSON. @throws when it ends badly. */
  run(program: string, args: readonly string[]): Promise<Record<string, unknown>>
}

interface Recipe {
  /** Must answer, or the language is not here. */
  readonly probe: readonly [string, ...string[]]
  /** Files that decide whether what was built is current. */
  readonly inputs: readonly string[]
  readonly build: readonly (readonly [string, ...string[]])[]
  command(program: string): readonly [string, ...string[]]
}

const folder = (language: string): string => join(CACHE, language)
const source = (...path: string[]): string => join(SOURCES, ...path)

const RECIPES = {
  python: {
    probe: ['python3', '-c', 'import venv, sys; sys.exit(sys.version_info < (3, 10))'],
    inputs: ['requirements.txt'],
    build: [
      ['python3', '-m', 'venv', '--clear', join(folder('python'), 'venv')],
      [
        join(folder('python'), 'venv/bin/pip'),
        'install',
        '--quiet',
        '--no-deps',
        '--requirement',
        source('python', 'requirements.txt'),
      ],
    ],
    command: (program) => [join(folder('python'), 'venv/bin/python'), '-B', source('python', program)],
  },
  go: goModule('go'),
  otelcol: goModule('otelcol'),
  java: {
    probe: ['mvn', '--version'],
    inputs: ['pom.xml'],
    build: [
      [
        'mvn',
        '--quiet',
        '--batch-mode',
        '--file',
        source('java', 'pom.xml'),
        'dependency:build-classpath',
        `-Dmdep.outputFile=${join(folder('java'), 'classpath')}`,
      ],
    ],
    command: (program) => [
      'java',
      '-cp',
      readFileSync(join(folder('java'), 'classpath'), 'utf8'),
      source('java', program),
    ],
  },
} as const satisfies Readonly<Record<string, Recipe>>

function goModule(name: string): Recipe {
  const program = join(folder(name), 'main')
  return {
    probe: ['go', 'version'],
    inputs: ['go.mod', 'go.sum', 'main.go'],
    build: [['go', 'build', '-C', source(name), '-mod=readonly', '-o', program, '.']],
    command: () => [program],
  }
}

export type Language = keyof typeof RECIPES

/** Installs what the language's lock file names, unless that was done before. Never throws: what fails is what is missing. */
export function prepare(language: Language): Toolchain {
  const recipe: Recipe = RECIPES[language]
  const missing = present(recipe.probe) ? build(language, recipe) : `no ${recipe.probe[0]} on this machine`
  if (missing !== undefined) process.stderr.write(`skipped: ${language}: ${missing}\n`)
  return {
    ...(missing === undefined ? {} : { missing }),
    run: (program, args) => run([...recipe.command(program), ...args]),
  }
}

const present = ([command, ...args]: Recipe['probe']): boolean => spawnSync(command, args).status === 0

function build(language: Language, recipe: Recipe): string | undefined {
  const hash = createHash('sha256')
  for (const file of recipe.inputs) hash.update(readFileSync(source(language, file)))
  const wanted = hash.digest('hex')
  const marker = join(folder(language), 'built-from')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return undefined
  mkdirSync(folder(language), { recursive: true })
  for (const [command, ...args] of recipe.build) {
    const done = spawnSync(command, args, { encoding: 'utf8', timeout: BUILD_TIMEOUT_MS })
    if (done.status !== 0) return `cannot build: ${lastLine(done)}`
  }
  writeFileSync(marker, wanted)
  return undefined
}

const lastLine = ({ stdout, stderr, error }: SpawnSyncReturns<string>): string =>
  `${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').at(-1) ?? ''

function run([command, ...args]: readonly string[]): Promise<Record<string, unknown>> {
  const child = spawn(command ?? '', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: RUN_TIMEOUT_MS })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err = (err + text).slice(-4000)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      const line = out.trim().split('\n').at(-1) ?? ''
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line) as Record<string, unknown>)
      else reject(new Error(`the client ended with ${code}: ${out}${err}`))
    })
  })
}
