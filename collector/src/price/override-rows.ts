// Rules of the overrides file + names + time -> the rule that wins and the row it makes.
import { matchesGlob } from './glob.ts'
import type { OverrideRule, Overrides } from './overrides.ts'
import type { Level, PriceRow } from './price-row.ts'
import { plainMultiplier, scaleLevels } from './service-tiers.ts'

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

/** The strongest rule in force; of those for the same names, the one that began last. */
export function ruleAt(rules: readonly OverrideRule[], atMs: number): OverrideRule | undefined {
  const inForce = rules.filter((rule) => rule.startMs <= atMs && atMs < rule.endMs)
  const best = inForce[0]
  return best && inForce.filter((rule) => isSameTarget(rule, best)).reduce((a, b) => (b.startMs > a.startMs ? b : a))
}

/** @returns undefined when the rule only multiplies a list price and there is none */
export function overrideRow(rule: OverrideRule, listed: PriceRow | undefined): PriceRow | undefined {
  const own = rule.levels ?? listed?.levels
  if (!own) return undefined
  const base = rule.levels ? undefined : listed
  const times = (levels: readonly Level[]): readonly Level[] =>
    rule.multiplier ? scaleLevels(levels, rule.multiplier, 'all') : levels
  const levels = times(own)
  const levelsOf: PriceRow['levelsOf'] = (tier) => {
    const given = rule.serviceTiers[tier]
    if (given?.levels) return times(given.levels)
    if (given?.factor) return scaleLevels(levels, given.factor, 'tokens')
    if (base) {
      const ofBase = base.levelsOf(tier)
      return ofBase && times(ofBase)
    }
    const factor = plainMultiplier(tier)
    return factor && scaleLevels(levels, factor, 'tokens')
  }
  return {
    isPriced: true,
    id: base ? `${rule.id}(${base.id})` : rule.id,
    matchedBy: 'override',
    levels,
    mediaAtTextRate: base?.mediaAtTextRate === true,
    levelsOf,
    plans: [],
  }
}

function strength(rule: OverrideRule): number {
  return (rule.match.includes('*') ? 0 : 2) + (rule.provider === undefined ? 0 : 1)
}

function isSameTarget(a: OverrideRule, b: OverrideRule): boolean {
  return a.match === b.match && a.provider === b.provider
}
