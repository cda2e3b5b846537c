// What the readers of foreign price files share: where rules go, and how amounts are read.
import type { PriceRuleInput } from './overrides-schema.ts'
import { parseDecimal, type Rational, rational, toDecimal } from './rational.ts'

/** Why an entry of the file became no rule. */
export type SkipReason = 'no_token_price' | 'placeholder' | 'same_name' | 'no_name'

/** What the readers of the formats write to. */
export interface ImportSink {
  skip(reason: SkipReason): void
  /** @param rule without a name; two of the same provider and match are one: the first stays */
  add(name: string, rule: Omit<PriceRuleInput, 'name'>): void
}

/** More than this per million is no price, and digits beyond the 15th are dust. */
const MAX_USD = 1_000_000n
const DIGITS = 15

/** `amount` times a power of ten, as a decimal; undefined when it is no amount. */
export function times(amount: unknown, factor: bigint): string | undefined {
  if (typeof amount !== 'number' && typeof amount !== 'string') return undefined
  const exact = parseDecimal(String(amount))
  if (!exact) return undefined
  const scaled = rational(exact.num * factor, exact.den)
  return isPrice(scaled) ? toDecimal(scaled, DIGITS).replace('~', '') : undefined
}

const isPrice = ({ num, den }: Rational): boolean => num >= 0n && num <= MAX_USD * den

/** True when none of the amounts is more than nothing: what such files have where a price is not known. */
export const isPlaceholder = (rates: object): boolean => Object.values(rates).every((rate) => Number(rate) === 0)
