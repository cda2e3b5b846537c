// A loaded configuration in; what `insights config print` shows out. No secret gets this far in clear.
import { CONFIG_KEYS, camelCase } from './keys.ts'
import { type ApiKey, formatAddress, formatBytes, USUAL_SCOPES } from './kinds.ts'
import type { LoadedConfig, Source } from './load.ts'
import type { Config } from './schema.ts'

/** One setting as it is in force. `value` is undefined when it is optional and unset. */
export interface PrintedSetting {
  readonly key: string
  readonly value: string | undefined
  readonly source: Source['kind']
  readonly where: string
}

export function printConfig({ config, sources }: LoadedConfig): readonly PrintedSetting[] {
  return CONFIG_KEYS.map((key) => {
    const source = sources.get(key.path) ?? { kind: 'default', where: '' }
    return {
      key: key.path,
      value: printValue(valueAt(config, key.path), key.format),
      source: source.kind,
      where: source.where,
    }
  })
}

function valueAt(config: Config, path: string): unknown {
  let node: unknown = config
  for (const name of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined
    node = Object.entries(node).find(([key]) => key === camelCase(name))?.[1]
  }
  return node
}

function printValue(value: unknown, format: string): string | undefined {
  if (value === undefined) return undefined
  if (format === 'size') return formatBytes(Number(value))
  if (Array.isArray(value)) return value.map(printItem).join(',')
  if (value instanceof Map && format === 'json')
    return value.size === 0 ? '' : JSON.stringify(Object.fromEntries(value))
  if (value instanceof Map) return [...value].map(([name, item]) => `${name}:${item}`).join(',')
  if (typeof value === 'object' && value !== null && 'port' in value && 'host' in value) {
    return formatAddress(String(value.host), Number(value.port))
  }
  return String(value)
}

function printItem(item: string | ApiKey): string {
  if (typeof item === 'string') return item
  const { project, scopes, key } = item
  const isUsual = scopes.length === USUAL_SCOPES.length && USUAL_SCOPES.every((scope) => scopes.includes(scope))
  return `${project}${isUsual ? '' : `/${scopes.join('+')}`}:${key}`
}
