// `insights rebuild [--day]`.
import type { RebuiltPartition } from './app-interface.ts'
import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { loadSettings } from './settings.ts'

export async function runRebuild({ command, context, output }: CommandCall): Promise<number> {
  const { config, warnings } = loadSettings(command, context)
  for (const warning of warnings) output.warn(warning)
  const { day } = command.opts<{ day?: string }>()
  const { rebuildApp } = await context.loadApp()
  const partitions = await rebuildApp(config, day === undefined ? {} : { day })
  output.result(partitions, partitions.length === 0 ? 'nothing stored yet' : partitions.map(line).join('\n'))
  // A difference that could not be put right is what a cron job must hear of.
  return partitions.every(({ equal, rebuilt }) => equal || rebuilt) ? EXIT.ok : EXIT.failed
}

function line({ table, day, equal, rebuilt }: RebuiltPartition): string {
  return `${day}  ${table.padEnd(24)}  ${equal ? 'equal' : rebuilt ? 'differed, rebuilt' : 'differs, NOT rebuilt'}`
}
