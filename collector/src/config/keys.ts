// The schema in, one row per setting out: its path in YAML, its variable, its flag. Nothing of this is typed twice.
import { z } from 'zod'
import { type Camel, configSchema, type ParsedConfig } from './schema.ts'

/** One setting, in each of the three places where it can be given. */
export interface ConfigKey {
  /** YAML path, `limits.max_body_bytes`. */
  readonly path: string
  /** `INSIGHTS_LIMITS_MAX_BODY_BYTES`. */
  readonly env: string
  /** `--limits-max-body-bytes`. */
  readonly flag: string
  /** Placeholder of the value: `size`, `host:port`, `path`. */
  readonly format: string
  readonly description: string
  /** As a user would write it; undefined when the setting is optional. */
  readonly fallback: string | undefined
  /** Its value is never printed. */
  readonly secret: boolean
}

/** Every setting, in the order of the schema. */
export const CONFIG_KEYS: readonly ConfigKey[] = collect(configSchema, [])

const BY_PATH = new Map(CONFIG_KEYS.map((key) => [key.path, key]))
const GROUPS = new Set(
  CONFIG_KEYS.flatMap(({ path }) => (path.includes('.') ? [path.slice(0, path.indexOf('.'))] : [])),
)

/** The setting at a YAML path. */
export const findKey = (path: string): ConfigKey | undefined => BY_PATH.get(path)

/** Whether a YAML path names a group of settings. */
export const isGroup = (path: string): boolean => GROUPS.has(path)

/** Names that may stand below a path ('' = top), for suggestions. */
export function namesBelow(path: string): readonly string[] {
  const prefix = path === '' ? '' : `${path}.`
  const below = CONFIG_KEYS.filter((key) => key.path.startsWith(prefix))
  return [...new Set(below.map((key) => key.path.slice(prefix.length).split('.')[0] ?? ''))]
}

/** `max_body_bytes` -> `maxBodyBytes`. */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The one place where YAML's names become the program's. Values are not entered: a project's name is data, not a key. */
export function toCamel(parsed: ParsedConfig): Camel<ParsedConfig> {
  const convert = (node: object, prefix: string): object =>
    Object.fromEntries(
      Object.entries(node).map(([name, value]) => [
        camelCase(name),
        isGroup(prefix + name) ? convert(value, `${prefix}${name}.`) : value,
      ]),
    )
  return convert(parsed, '') as Camel<ParsedConfig>
}

function collect(schema: z.ZodObject, parents: readonly string[]): ConfigKey[] {
  return Object.entries(schema.shape).flatMap(([name, child]) => {
    const inner = child instanceof z.ZodPrefault ? child.def.innerType : child
    const path = [...parents, name]
    return inner instanceof z.ZodObject ? collect(inner, path) : [describe(path, child)]
  })
}

function describe(path: readonly string[], schema: unknown): ConfigKey {
  const meta = schema instanceof z.ZodType ? schema.meta() : undefined
  const words = path.join('_')
  return {
    path: path.join('.'),
    env: `INSIGHTS_${words.toUpperCase()}`,
    flag: `--${words.replaceAll('_', '-')}`,
    format: String(meta?.['format']),
    description: meta?.description ?? '',
    fallback: schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : undefined,
    secret: meta?.['writeOnly'] === true,
  }
}
