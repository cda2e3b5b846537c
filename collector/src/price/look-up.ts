// Provider and model names -> the entry of the price list that they mean.
import { isSelfHosted, modelSpellings, providerOfModelName, splitVendor } from '@hanzo/insights-semconv'
import { type BookEntry, findInBook, guessProvider } from './book.ts'

export interface Found {
  readonly entry: BookEntry
  readonly matchedBy: 'provider+model' | 'model'
}

/**
 * The provider's own models first, then the provider that the name itself tells, then the name alone, which is marked: it may
 * be another host's price. `provider` is canonical or ''. What runs on the user's own machines has no price.
 */
export function lookUp(provider: string, model: string): Found | undefined {
  const spellings = modelSpellings(model, provider)
  const own = provider === '' ? undefined : firstInBook(provider, spellings)
  if (own) return { entry: own, matchedBy: 'provider+model' }
  if (isOwnServer(provider, model)) return undefined
  const vendor = splitVendor(model.trim())
  const named = vendor?.provider ?? providerOfModelName(model.trim())
  const names = vendor ? modelSpellings(vendor.model, vendor.provider) : spellings
  const entry = (named !== '' && firstInBook(named, names)) || byNameAlone(provider, spellings)
  return entry ? { entry, matchedBy: 'model' } : undefined
}

/** The call was served by a machine of the user's own: its provider says so, or the prefix of its model (`ollama/llama3.2`). */
export function isOwnServer(provider: string, model: string): boolean {
  return isSelfHosted(provider) || isSelfHosted(splitVendor(model.trim())?.provider ?? '')
}

function firstInBook(provider: string, spellings: readonly string[]): BookEntry | undefined {
  for (const name of spellings) {
    const entry = findInBook(provider, name)
    if (entry) return entry
  }
  return undefined
}

function byNameAlone(asked: string, spellings: readonly string[]): BookEntry | undefined {
  for (const name of spellings) {
    const provider = guessProvider(name, asked)
    const entry = provider === undefined ? undefined : findInBook(provider, name)
    if (entry) return entry
  }
  return undefined
}
