// Flags, variables and insights.yaml in; the Config, with the source of every value, out. Flag > variable > file > default.
import { resolve } from 'node:path'
import { type ConfigFile, type Env, type Given, readConfigFile } from './file.ts'
import { CONFIG_KEYS, type ConfigKey, findKey, toCamel } from './keys.ts'
import { invalidConfig, type Problem, shown } from './problem.ts'
import { applyRules } from './rules.ts'
import { type Config, configSchema, type ParsedConfig } from './schema.ts'
import { nearest } from './suggest.ts'

export interface LoadOptions {
  /** Flags that the user gave, by YAML path (`limits.max_body_bytes`). */
  readonly flags?: ReadonlyMap<string, string>
  /** `--config`; else INSIGHTS_CONFIG, else `insights.yaml` in `cwd` if there is one. */
  readonly configFile?: string | undefined
  readonly env: Env
  readonly cwd: string
}

/** Where a value came from; `where` is the flag, the variable or file:line:column. */
export interface Source {
  readonly kind: 'flag' | 'env' | 'file' | 'default'
  readonly where: string
}

export interface LoadedConfig {
  readonly config: Config
  /** By YAML path, one for every setting. */
  readonly sources: ReadonlyMap<string, Source>
  /** Odd but usable; for stderr. */
  readonly warnings: readonly string[]
}

/** Variables that are ours but not settings of the collector: the file, and the key and host of the client commands. */
const OTHER_VARIABLES = ['INSIGHTS_CONFIG', 'INSIGHTS_API_KEY', 'INSIGHTS_HOST']

/** The environment of this process: the only place that reads it. */
export const processEnv = (): Env => process.env

/** @throws {InsightsError} INSIGHTS_CONFIG_INVALID with every problem in one message, none of them showing a secret. */
export function loadConfig(options: LoadOptions): LoadedConfig {
  const file = readConfigFile(
    options.configFile ?? (options.env['INSIGHTS_CONFIG'] || undefined),
    options.cwd,
    options.env,
  )
  const chosen = new Map(CONFIG_KEYS.map((key) => [key.path, choose(key, file, options)]))
  const whereIs = (path: string): string => chosen.get(path)?.where || 'default'
  const problems: Problem[] = [...file.problems]
  const parsed = parse(chosen, problems)
  // Rules between settings need all of them; with one unreadable they would only add noise.
  if (parsed === undefined) throw invalidConfig(problems)
  const ruled = applyRules(toCamel(parsed), whereIs)
  problems.push(...ruled.problems)
  if (problems.length > 0) throw invalidConfig(problems)
  return {
    config: ruled.config,
    sources: sourcesOf(chosen, ruled.derived),
    warnings: [...ruled.warnings, ...inputWarnings(options)],
  }
}

type Chosen = Source & Pick<Given, 'value'>

// The values themselves stay behind: some are secrets in clear.
function sourcesOf(
  chosen: ReadonlyMap<string, Chosen>,
  derived: ReadonlyMap<string, string>,
): ReadonlyMap<string, Source> {
  return new Map(
    [...chosen].map(([path, own]) => {
      const { kind, where } = chosen.get(derived.get(path) ?? path) ?? own
      return [path, { kind, where }]
    }),
  )
}

function choose(key: ConfigKey, file: ConfigFile, { flags, env, cwd }: LoadOptions): Chosen {
  const absolute = (value: unknown, base: string): unknown =>
    key.format === 'path' && typeof value === 'string' && value !== '' ? resolve(base, value) : value
  const flag = flags?.get(key.path)
  if (flag !== undefined) return { kind: 'flag', where: key.flag, value: absolute(flag, cwd) }
  const variable = env[key.env]
  // A variable set to nothing is unset, as OpenTelemetry says of its own.
  if (variable !== undefined && variable !== '') return { kind: 'env', where: key.env, value: absolute(variable, cwd) }
  const inFile = file.given.get(key.path)
  if (inFile !== undefined && inFile.value !== '') {
    return { kind: 'file', where: inFile.where, value: absolute(inFile.value, file.dir) }
  }
  return { kind: 'default', where: '', value: absolute(key.fallback, cwd) }
}

function parse(chosen: ReadonlyMap<string, Chosen>, problems: Problem[]): ParsedConfig | undefined {
  const result = configSchema.safeParse(nest(chosen))
  if (result.success) return result.data
  for (const { path, message } of result.error.issues) {
    // The path of a bad item in a list goes on below the setting.
    const key = findKey(path.slice(0, 2).join('.')) ?? findKey(String(path[0]))
    const source = chosen.get(key?.path ?? '')
    const got = key === undefined || key.secret ? '' : `, got ${shown(source?.value)}`
    problems.push({ where: source?.where || 'default', message: `${key?.path ?? path.join('.')}: ${message}${got}` })
  }
  return undefined
}

function nest(chosen: ReadonlyMap<string, Chosen>): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  const groups = new Map<string, Record<string, unknown>>()
  for (const [path, { value }] of chosen) {
    const [first = '', second] = path.split('.')
    if (second === undefined) {
      root[first] = value
      continue
    }
    const group = groups.get(first) ?? {}
    group[second] = value
    groups.set(first, group)
    root[first] = group
  }
  return root
}

function* inputWarnings({ flags, env }: LoadOptions): Generator<string> {
  const known = new Set([...CONFIG_KEYS.map((key) => key.env), ...OTHER_VARIABLES])
  for (const name of Object.keys(env)) {
    if (!name.startsWith('INSIGHTS_') || known.has(name)) continue
    const suggestion = nearest(name, known)
    yield `unknown variable ${shown(name)}${suggestion === undefined ? '' : `, did you mean ${suggestion}?`}`
  }
  for (const key of CONFIG_KEYS) {
    if (key.secret && flags?.has(key.path)) yield `${key.flag} shows in the process list; use ${key.env}`
  }
}
