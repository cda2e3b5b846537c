// A project's own prices as the API gives them, and the changes that commands make to them.
import { z } from 'zod'
import type { Api } from './api-client.ts'

/** Only what the commands look at; the collector checks the rest, and what is not looked at goes back as it came. */
const rule = z.looseObject({
  name: z.string(),
  match: z.string(),
  provider: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
})
const alias = z.looseObject({ match: z.string(), model: z.string() })
const state = z.object({ version: z.number(), prices: z.array(rule), aliases: z.array(alias) })

export type Rule = z.infer<typeof rule>
export type Prices = z.infer<typeof state>

export async function readPrices(api: Api): Promise<Prices> {
  return state.parse(await api.call('GET', '/api/v1/prices'))
}

/** Reads, changes, writes: under the version that was read, so that nobody else's change is lost. */
export async function changePrices(api: Api, change: (prices: Prices) => Partial<Prices>): Promise<Prices> {
  const before = await readPrices(api)
  return state.parse(await api.call('PUT', '/api/v1/prices', { ...before, ...change(before) }))
}

/** Rules with one of the same name and start replaced, or the new one at the end. */
export function withRules(rules: readonly Rule[], added: readonly Rule[]): Rule[] {
  const keyOf = ({ name, start }: Rule): string => `${name}\0${start ?? ''}`
  const changed = new Map([...rules, ...added].map((one) => [keyOf(one), one]))
  return [...changed.values()]
}
