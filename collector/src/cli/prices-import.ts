// `insights prices import FILE`: rules of a foreign price file, or of a prices file, into the project's own prices.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { InsightsError } from '../telemetry/errors.ts'
import { type Api, withApi } from './api-client.ts'
import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { changePrices, type Rule, withRules } from './prices-document.ts'

interface ImportFlags {
  readonly provider?: string
  readonly all?: boolean
  readonly dryRun?: boolean
}

interface Taken {
  readonly rules: readonly Rule[]
  readonly aliases: readonly { match: string; model: string }[]
  readonly skipped: Readonly<Record<string, number>>
}

export async function runImport(call: CommandCall): Promise<number> {
  const [file = ''] = call.command.args
  const flags = call.command.opts<ImportFlags>()
  const taken = await readTaken(await readContent(resolve(call.context.cwd, file)), flags)
  return withApi(call, async (api) => {
    if (!flags.dryRun && taken.rules.length + taken.aliases.length > 0) await write(api, taken)
    const summary = {
      taken: taken.rules.length,
      aliases: taken.aliases.length,
      skipped: taken.skipped,
      dry_run: flags.dryRun === true,
    }
    const skipped = Object.entries(taken.skipped).map(([reason, count]) => `${count} ${reason}`)
    const done = flags.dryRun ? 'would take' : 'took'
    call.output.result(
      flags.dryRun ? { ...summary, prices: taken.rules } : summary,
      `${done} ${taken.rules.length} prices${skipped.length > 0 ? `, left out: ${skipped.join(', ')}` : ''}`,
    )
    return EXIT.ok
  })
}

async function write(api: Api, { rules, aliases }: Taken): Promise<void> {
  await changePrices(api, (before) => ({
    prices: withRules(before.prices, rules),
    aliases: [...before.aliases.filter(({ match }) => !aliases.some((alias) => alias.match === match)), ...aliases],
  }))
}

async function readContent(path: string): Promise<unknown> {
  try {
    const text = await readFile(path, 'utf8')
    // JSON is YAML too, but parsed as such it takes a hundred times as long.
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new InsightsError('INSIGHTS_PRICES_INVALID', `cannot read ${path}: ${reason}`, { cause })
  }
}

// Loaded when it is needed: the price list is most of a megabyte.
async function readTaken(content: unknown, { provider, all }: ImportFlags): Promise<Taken> {
  const { importPrices, isListed, isOfProvider } = await import('../price/import-prices.ts')
  if (typeof content === 'object' && content !== null && ('prices' in content || 'aliases' in content)) {
    const { checkPrices } = await import('../price/overrides.ts')
    const { prices, aliases } = checkPrices(content)
    return { rules: prices, aliases, skipped: {} }
  }
  const { rules, skipped } = importPrices(content)
  const nowMs = Date.now()
  const left = new Map<string, number>(skipped)
  const keep = (reason: string, isKept: boolean): boolean => {
    if (!isKept) left.set(reason, (left.get(reason) ?? 0) + 1)
    return isKept
  }
  const taken = rules
    .filter((rule) => keep('of_another_provider', provider === undefined || isOfProvider(rule, provider)))
    .filter((rule) => keep('listed_already', all === true || !isListed(rule, nowMs)))
  return { rules: taken, aliases: [], skipped: Object.fromEntries(left) }
}
