// `insights reprice --from --to [--project] [--dry-run]`: asks the running collector, or works on the store when none runs.
import type { Config } from '../config/schema.ts'
import { InsightsError } from '../telemetry/errors.ts'
import { doorUrl } from './address.ts'
import type { RepricedDay, RepriceRequest, RepriceResult } from './app-interface.ts'
import type { CommandCall } from './command-call.ts'
import { answers } from './http.ts'
import { readOperatorKey } from './operator-key.ts'
import { EXIT, type Output } from './output.ts'
import { fetchOf } from './own-fetch.ts'
import { askReprice } from './reprice-client.ts'
import { loadSettings } from './settings.ts'
import { table } from './table.ts'

interface RepriceFlags {
  readonly from: string
  readonly to?: string
  readonly project?: string
  readonly dryRun?: boolean
}

export async function runReprice(call: CommandCall): Promise<number> {
  const { command, context, output } = call
  const { config, warnings } = loadSettings(command, context)
  for (const warning of warnings) output.warn(warning)
  const flags = command.opts<RepriceFlags>()
  const request = {
    from: flags.from,
    to: flags.to ?? new Date().toISOString().slice(0, 10),
    project: flags.project,
    dryRun: flags.dryRun === true,
  }
  if (request.to < request.from)
    return output.fail(`cannot reprice: --to ${request.to} is before --from ${request.from}`)
  const result = await reprice(config, request, call)
  output.result({ ...request, ...result }, resultText(result, request))
  return EXIT.ok
}

async function reprice(
  config: Config,
  request: RepriceRequest,
  { context, output }: CommandCall,
): Promise<RepriceResult> {
  const onDay = progress(output)
  const url = doorUrl(config, config.apiListen)
  const ask = await fetchOf(config)
  if (url !== undefined && (await answers(`${url}/livez`, ask))) {
    const key = await readOperatorKey(config.dataDir)
    if (key !== undefined) return await askReprice({ url, key, fetch: ask }, request, onDay)
    throw new InsightsError(
      'INSIGHTS_REQUEST_INVALID',
      `cannot reprice: a collector answers at ${url}, but not of ${config.dataDir}`,
      {
        hint: 'name its data directory with --data-dir, or its address with --api-listen',
      },
    )
  }
  const { repriceApp } = await context.loadApp()
  if (config.clickhouse.url !== undefined)
    output.warn('no collector answers here: make sure that none stores into these days meanwhile')
  try {
    return await repriceApp(config, request, onDay)
  } catch (error) {
    if (!(error instanceof InsightsError) || error.code !== 'INSIGHTS_DATA_DIR_LOCKED') throw error
    throw new InsightsError(
      error.code,
      `cannot reprice: a collector uses ${config.dataDir}, and nothing answers at ${url ?? 'api_listen: off'}`,
      {
        cause: error,
        hint: 'it has to do this itself, so that no span is lost meanwhile: name its address with --api-listen, or stop it and try again',
      },
    )
  }
}

const progress =
  (output: Output) =>
  ({ day, changed, rewritten }: RepricedDay, done: number, total: number): void =>
    output.note(
      `${done}/${total}  ${day}  ${changed === 0 ? 'no difference' : `${changed} rows ${rewritten ? 'rewritten' : 'would change'}`}`,
    )

function resultText(
  { models, changed, old_usd, new_usd, delta_usd }: RepriceResult,
  { dryRun }: RepriceRequest,
): string {
  if (changed === 0) return 'no difference: every span costs what it would cost today'
  const rows = models.map((one) => [
    one.project,
    one.provider || '-',
    one.model || '-',
    String(one.changed),
    one.old_usd,
    one.new_usd,
    one.delta_usd.startsWith('-') ? one.delta_usd : `+${one.delta_usd}`,
    [
      one.now_priced > 0 && `${one.now_priced} now have a cost`,
      one.now_unpriced > 0 && `${one.now_unpriced} have none any more`,
    ]
      .filter(Boolean)
      .join(', '),
  ])
  return [
    table(['PROJECT', 'PROVIDER', 'MODEL', 'ROWS', 'OLD USD', 'NEW USD', 'DIFFERENCE', ''], rows),
    `${changed} rows ${dryRun ? 'would change' : 'changed'}: ${old_usd} -> ${new_usd} USD (${delta_usd.startsWith('-') ? '' : '+'}${delta_usd})`,
  ].join('\n\n')
}
