// `insights migrate [--plan]`.

import type { CommandCall } from './command-call.ts'
import { EXIT } from './output.ts'
import { loadSettings } from './settings.ts'

export async function runMigrate({ command, context, output }: CommandCall): Promise<number> {
  const { config, warnings } = loadSettings(command, context)
  for (const warning of warnings) output.warn(warning)
  const plan = command.opts<{ plan?: boolean }>().plan === true
  const { migrateApp } = await context.loadApp()
  const statements = await migrateApp(config, { plan })
  const text = statements.map((sql) => `${sql.trimEnd().replace(/;$/, '')};`).join('\n\n')
  output.result({ plan, statements }, statements.length === 0 ? '-- nothing to do' : text)
  return EXIT.ok
}
