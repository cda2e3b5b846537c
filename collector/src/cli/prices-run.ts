// The `insights prices` commands that read and change a project's own prices.
import { z } from 'zod'
import { type Api, withApi } from './api-client.ts'
import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { changePrices, type Prices, type Rule, readPrices, withRules } from './prices-document.ts'
import { table } from './table.ts'

export function runList(call: CommandCall): Promise<number> {
  return withApi(call, async (api) => {
    const prices = await readPrices(api)
    call.output.result(prices, listText(prices))
    return EXIT.ok
  })
}

const found = z.object({
  price_id: z.string(),
  rule: z.string(),
  reason: z.string(),
  levels: z.array(
    z.object({ above_input_tokens: z.number().optional(), per_million: z.record(z.string(), z.string()) }),
  ),
})

export function runFind(call: CommandCall): Promise<number> {
  const [model = ''] = call.command.args
  const { provider, tier, at } = call.command.opts<{ provider?: string; tier?: string; at: string }>()
  return withApi(call, async (api) => {
    const price = found.parse(await get(api, '/api/v1/prices/find', { model, provider, service_tier: tier, at }))
    const levels = price.levels.map(({ above_input_tokens: above, per_million }) => {
      const rates = Object.entries(per_million).map(([bucket, usd]) => `${bucket} ${usd}`)
      return `${above === undefined ? '' : `above ${above} input tokens: `}${rates.join(', ')}`
    })
    const text = [
      `${price.price_id} (${price.rule})`,
      ...levels,
      'USD per million tokens, per thousand requests and searches',
    ].join('\n')
    call.output.result(
      price,
      price.reason === '' ? text : `no price: ${price.reason}${price.price_id && ` (${price.price_id})`}`,
    )
    return price.reason === '' ? EXIT.ok : EXIT.failed
  })
}

const unpriced = z.object({
  data: z.array(
    z.looseObject({
      provider: z.string().nullable(),
      model: z.string().nullable(),
      service_tier: z.string().nullable(),
      cost_reason: z.string().nullable(),
      calls: z.number(),
      tokens: z.number(),
    }),
  ),
})

export function runUnpriced(call: CommandCall): Promise<number> {
  const { from, to, limit } = call.command.opts<{ from: string; to?: string; limit: string }>()
  return withApi(call, async (api) => {
    const { data } = unpriced.parse(await get(api, '/api/v1/prices/unpriced', { from, to, limit }))
    const rows = data.map((row) => [
      row.provider ?? '-',
      row.model ?? '-',
      [row.cost_reason, row.service_tier && `tier ${row.service_tier}`].filter(Boolean).join(', '),
      String(row.calls),
      String(row.tokens),
    ])
    const text = table(['PROVIDER', 'MODEL', 'WHY', 'CALLS', 'TOKENS'], rows)
    call.output.result(data, text || `every call since ${from} has a cost`)
    return EXIT.ok
  })
}

interface SetFlags {
  readonly match: string
  readonly provider?: string
  readonly rate: Record<string, string>
  readonly multiplier?: string
  readonly start?: string
  readonly end?: string
}

export function runSet(call: CommandCall): Promise<number> {
  const [name = ''] = call.command.args
  const { match, provider, rate, multiplier, start, end } = call.command.opts<SetFlags>()
  const rule: Rule = {
    name,
    match,
    ...(provider === undefined ? {} : { provider }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(Object.keys(rate).length === 0 ? {} : { per_million: rate }),
    ...(multiplier === undefined ? {} : { multiplier }),
  }
  return change(call, (before) => ({ prices: withRules(before.prices, [rule]) }))
}

export function runAlias(call: CommandCall): Promise<number> {
  const [match = '', model = ''] = call.command.args
  return change(call, ({ aliases }) => ({
    aliases: [...aliases.filter((alias) => alias.match !== match), { match, model }],
  }))
}

export function runRemove(call: CommandCall): Promise<number> {
  const [name = ''] = call.command.args
  const { start } = call.command.opts<{ start?: string }>()
  const isMeant = (rule: Rule): boolean => rule.name === name && (start === undefined || rule.start === start)
  return withApi(call, async (api) => {
    const before = await readPrices(api)
    if (!before.prices.some(isMeant) && !before.aliases.some(({ match }) => match === name)) {
      return call.output.fail(`cannot remove ${name}: there is no price or alias of that name`)
    }
    const after = await changePrices(api, ({ prices, aliases }) => ({
      prices: prices.filter((rule) => !isMeant(rule)),
      aliases: start === undefined ? aliases.filter(({ match }) => match !== name) : aliases,
    }))
    call.output.result(after, listText(after))
    return EXIT.ok
  })
}

function change(call: CommandCall, by: (before: Prices) => Partial<Prices>): Promise<number> {
  return withApi(call, async (api) => {
    const after = await changePrices(api, by)
    call.output.result(after, listText(after))
    return EXIT.ok
  })
}

function get(api: Api, path: string, query: Readonly<Record<string, string | undefined>>): Promise<unknown> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return api.call('GET', `${path}?${new URLSearchParams(given)}`)
}

function listText({ version, prices, aliases }: Prices): string {
  if (prices.length + aliases.length === 0) return 'no prices of its own'
  const rules = prices.map(({ name, match, provider, start, end, ...price }) => [
    name,
    match,
    provider ?? 'any',
    `${start ?? ''}..${end ?? ''}`,
    JSON.stringify(price),
  ])
  const names = aliases.map(({ match, model }) => [match, model])
  return [
    table(['NAME', 'MATCH', 'PROVIDER', 'DAYS', 'PRICE'], rules),
    table(['ALIAS', 'MODEL'], names),
    `version ${version}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}
