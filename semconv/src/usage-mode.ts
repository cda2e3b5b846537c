// What an emitter's counts include: found in the dialect tables by scope, version and provider.
import type { Dialect, UsageMode } from './dialect.ts'
import { isModelName, providerOfModelName } from './models.ts'
import { normaliseProvider } from './providers.ts'
import { type DeclaredMode, modeOf } from './usage.ts'

export interface Emitter {
  scopeName: string
  scopeVersion: string
  provider: string
  model: string
  /** Whether an attribute begins so. */
  hasPrefix(prefix: string): boolean
  /** Of an attribute that is a boolean or says `true` or `false`. */
  flag(key: string): boolean | undefined
}

/** The first rule that fits among the dialects of a span; `fallback` is the dialect that the count's key belongs to. */
export function declaredMode(
  dialects: readonly Dialect[],
  fallback: Dialect | undefined,
  emitter: Emitter,
): DeclaredMode {
  for (const { usage = [] } of dialects) {
    const rule = usage.find((mode) => fits(mode, emitter))
    if (rule) return { input: rule.input, reasoningApart: rule.reasoningApart ?? false }
  }
  return modeOf(fallback?.inputIncludesCache ?? false)
}

function fits(mode: UsageMode, emitter: Emitter): boolean {
  const { providers, scope, before, with: present, without = [], told } = mode
  if (told !== undefined && emitter.flag(told[0]) !== told[1]) return false
  if (scope !== undefined && !emitter.scopeName.startsWith(scope)) return false
  if (before !== undefined && !isBefore(emitter.scopeVersion, before)) return false
  if (present !== undefined && !emitter.hasPrefix(present)) return false
  if (without.some((prefix) => emitter.hasPrefix(prefix))) return false
  return providers === undefined || providers.includes(servedBy(emitter))
}

/** Who counted: the provider as named, or the one that the model's name gives away behind a gateway or framework. */
function servedBy({ provider, model }: Emitter): string {
  const named = normaliseProvider(provider)
  if (named !== '') return named
  const told = providerOfModelName(model)
  if (told !== '') return told
  return isModelName(model) && /\bclaude\b/i.test(model) ? 'anthropic' : ''
}

/** Numbers of a version, compared one by one; a version that says nothing is before none. */
export function isBefore(version: string, limit: string): boolean {
  const [a, b] = [version, limit].map((text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number))
  if (!a || !b || a.length === 0) return false
  for (let i = 0; i < b.length; i++) {
    const difference = (a[i] ?? 0) - b[i]!
    if (difference !== 0) return difference < 0
  }
  return false
}
