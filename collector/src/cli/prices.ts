// `insights prices list | find | unpriced | set | alias | remove | import`: what each is called with.
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { Define } from './define.ts'
import { runImport } from './prices-import.ts'
import { runAlias, runFind, runList, runRemove, runSet, runUnpriced } from './prices-run.ts'
import { addSettings } from './settings.ts'

export function addPrices(program: Command, define: Define): void {
  const prices = program
    .command('prices')
    .description("A project's own prices, what models cost, and what has no price yet.")
  const commands = [...addReading(prices, define), ...addChanging(prices, define)]
  for (const command of commands) {
    command
      .option('--project <name>', 'whose prices (default: of the first of api_keys)')
      .option('--api-key <key>', 'key to show (default: INSIGHTS_API_KEY, else of the project in api_keys)')
    addSettings(command, { listed: false })
  }
}

function addReading(prices: Command, define: Define): Command[] {
  const list = define(prices, {
    name: 'list',
    summary: "The project's own prices, which win over the prices file and the price list.",
    examples: ['prices list', 'prices list --project shop --json'],
    run: runList,
  })
  const find = define(prices, {
    name: 'find <model>',
    summary: 'What a model costs, by which rule, at each context level.',
    examples: ['prices find gpt-4o --provider openai', 'prices find o3 --at 2025-06-01 --tier batch --json'],
    run: runFind,
  })
    .option('--provider <name>', 'provider, in any spelling')
    .option('--tier <name>', 'service tier: batch, flex, priority')
    .option('--at <time>', 'when: 2026-01-31, now-7d', 'now')
  const unpriced = define(prices, {
    name: 'unpriced',
    summary: 'Models of stored calls that have no cost, and why: what to price.',
    examples: ['prices unpriced', 'prices unpriced --from now-30d --json'],
    run: runUnpriced,
  })
    .option('--from <time>', 'start of the range', 'now-7d')
    .option('--to <time>', 'end of the range')
    .option('--limit <number>', 'how many models', '100')
  return [list, find, unpriced]
}

function addChanging(prices: Command, define: Define): Command[] {
  const set = define(prices, {
    name: 'set <name>',
    summary:
      'Add a price, or replace the one of that name and start. In force from the next span on, without a restart.',
    examples: [
      'prices set harbor --match "harbor-*" --provider vllm --rate input=0.2 --rate output=0.6',
      'prices set contract --match "gpt-*" --provider openai --multiplier 0.88 --start 2026-01-01',
    ],
    run: runSet,
  })
    .requiredOption('--match <model>', 'model name; * stands for any characters')
    .option('--provider <name>', 'provider, in any spelling (default: any)')
    .option(
      '--rate <bucket=usd>',
      'USD per million tokens of a kind, or per thousand requests or searches; repeatable',
      rates,
      {},
    )
    .option('--multiplier <factor>', 'of the price list, where no rate is given')
    .option('--start <YYYY-MM-DD>', 'first day on which it holds')
    .option('--end <YYYY-MM-DD>', 'first day on which it no longer holds')
  const alias = define(prices, {
    name: 'alias <deployment> <model>',
    summary: 'Say which model a name of your own stands for, such as an Azure deployment.',
    examples: ['prices alias prod-chat-eu gpt-4o-mini', 'prices alias "team-*" claude-sonnet-4-5'],
    run: runAlias,
  })
  const remove = define(prices, {
    name: 'remove <name>',
    summary: 'Take away the prices of that name, or the alias.',
    examples: ['prices remove harbor', 'prices remove contract --start 2026-01-01'],
    run: runRemove,
  }).option('--start <YYYY-MM-DD>', 'only the one that starts then')
  const bring = define(prices, {
    name: 'import <file>',
    summary:
      'Take prices from a file of LiteLLM or models.dev that you downloaded, or from a prices file. Models that have a price already keep it.',
    examples: [
      'prices import model_prices_and_context_window.json --dry-run',
      'prices import api.json --provider openai --all',
    ],
    run: runImport,
  })
    .option('--provider <name>', 'only models of this provider')
    .option('--all', 'also models that the price list has a price for')
    .option('--dry-run', 'show what would be taken, change nothing')
  return [set, alias, remove, bring]
}

function rates(text: string, before: Record<string, string>): Record<string, string> {
  const [, bucket, usd] = /^([a-z0-9_]+)=([0-9.e-]+)$/i.exec(text) ?? []
  if (bucket === undefined || usd === undefined) throw new InvalidArgumentError('expected a rate such as input=0.20.')
  return { ...before, [bucket]: usd }
}
