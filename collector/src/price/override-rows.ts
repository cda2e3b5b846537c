// Rules of the overrides file + names + time -> the rule that wins and the row it makes.
import { matchesGlob } from './glob.ts'
import type { OverrideRule, Overrides } from './overrides.ts'
import type { Level, PriceRow } from './price-row.ts'
import { multiply, type Rational } from './rational.ts'
import { overrideMultiplier, plainMultiplier } from './service-tiers.ts'

/** The rules that match any of `names` (lower case), whatever their dates: exact names first, then a named provider, then later lines. */
export function matchingRules(
  overrides: Overrides,
  provider: string,
  names: readonly string[],
): readonly OverrideRule[] {
  return overrides.rules
    .filter((rule) => rule.provider === undefined || rule.provider === provider)
    .filter((rule) => names.some((name) => matchesGlob(rule.match, name)))
    .reverse()
    .sort((a, b) => strength(b) - strength(a))
}

/** The strongest rule that has begun; of those for the same names, the one that began last. */
export function ruleAt(rules: readonly OverrideRule[], atMs: number): OverrideRule | undefined {
  const begun = rules.filter((rule) => rule.startMs <= atMs)
  const best = begun[0]
  return best && begun.filter((rule) => isSameTarget(rule, best)).reduce((a, b) => (b.startMs > a.startMs ? b : a))
}

/** @returns undefined when the rule only multiplies a list price and there is none */
export function overrideRow(rule: OverrideRule, listed: PriceRow | undefined): PriceRow | undefined {
  const levels = rule.levels ?? listed?.levels
  if (!levels) return undefined
  const base = rule.levels ? undefined : listed
  return {
    isPriced: true,
    id: base ? `${rule.id}(${base.id})` : rule.id,
    matchedBy: 'override',
    levels: rule.multiplier ? scale(levels, rule.multiplier) : levels,
    mediaAtTextRate: base?.mediaAtTextRate === true,
    multiplier: overrideMultiplier(rule.serviceTiers, base?.multiplier ?? plainMultiplier),
    plans: [],
  }
}

function strength(rule: OverrideRule): number {
  return (rule.match.includes('*') ? 0 : 2) + (rule.provider === undefined ? 0 : 1)
}

function isSameTarget(a: OverrideRule, b: OverrideRule): boolean {
  return a.match === b.match && a.provider === b.provider
}

function scale(levels: readonly Level[], by: Rational): readonly Level[] {
  return levels.map(({ aboveInputTokens, rates }) => ({
    aboveInputTokens,
    rates: Object.fromEntries(Object.entries(rates).map(([bucket, rate]) => [bucket, multiply(rate, by)])),
  }))
}
