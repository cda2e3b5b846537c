// A price file of another project (LiteLLM, models.dev), parsed -> rules of ours. What such a file cannot price is counted, not guessed.
import { normaliseProvider } from '@hanzo/insights-semconv'
import { InsightsError } from '../telemetry/errors.ts'
import { type Catalog, createCatalog } from './catalog.ts'
import type { ImportSink, SkipReason } from './import-entry.ts'
import { readLiteLlm } from './import-litellm.ts'
import { readModelsDev } from './import-models-dev.ts'
import type { PriceRuleInput } from './overrides-schema.ts'

export const IMPORT_FORMATS = ['litellm', 'models.dev'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

export interface ImportedPrices {
  readonly format: ImportFormat
  readonly rules: readonly PriceRuleInput[]
  readonly skipped: ReadonlyMap<SkipReason, number>
}

const MAX_NAME_CHARS = 256
const READERS: Readonly<Record<ImportFormat, (content: object, sink: ImportSink) => void>> = {
  litellm: readLiteLlm,
  'models.dev': readModelsDev,
}

/**
 * @param format undefined: told by the content
 * @throws InsightsError INSIGHTS_PRICES_INVALID when the content is of neither form
 */
export function importPrices(content: unknown, format?: ImportFormat): ImportedPrices {
  const known = format ?? formatOf(content)
  if (known === undefined || typeof content !== 'object' || content === null) {
    throw new InsightsError(
      'INSIGHTS_PRICES_INVALID',
      `cannot import prices: the file is neither ${IMPORT_FORMATS.join(' nor ')}`,
      {
        hint: 'give model_prices_and_context_window.json of LiteLLM, or api.json of models.dev',
      },
    )
  }
  const rules = new Map<string, PriceRuleInput>()
  const skipped = new Map<SkipReason, number>()
  const skip = (reason: SkipReason): void => {
    skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
  }
  READERS[known](content, {
    skip,
    add(name, rule) {
      const key = `${rule.provider ?? ''}\0${rule.match.toLowerCase()}`
      const isName = rule.match !== '' && name.length <= MAX_NAME_CHARS && !rule.match.includes('*')
      if (!isName) skip('no_name')
      else if (rules.has(key)) skip('same_name')
      else rules.set(key, { name, ...rule })
    },
  })
  return { format: known, rules: [...rules.values()], skipped }
}

function formatOf(content: unknown): ImportFormat | undefined {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined
  const entries = Object.values(content).filter((entry) => typeof entry === 'object' && entry !== null)
  if (entries.some((entry) => 'litellm_provider' in entry)) return 'litellm'
  if (entries.some((entry) => 'models' in entry)) return 'models.dev'
  return undefined
}

/** True when the price list has a price for the model of a rule at a time. */
export function isListed({ provider, match }: PriceRuleInput, atMs: number): boolean {
  list ??= createCatalog()
  const row = list.find(provider ?? '', match, atMs)
  return row.isPriced && row.matchedBy === 'provider+model'
}

let list: Catalog | undefined

/** @param provider in any spelling */
export function isOfProvider(rule: PriceRuleInput, provider: string): boolean {
  return rule.provider !== undefined && normaliseProvider(rule.provider) === normaliseProvider(provider)
}
