// The settings as flags, made from the schema; a parsed command in, its configuration out.
import { type Command, Option } from 'commander'
import { CONFIG_KEYS } from '../config/keys.ts'
import { type LoadedConfig, loadConfig } from '../config/load.ts'
import type { CliContext } from './context.ts'

const FLAGS = new Map(CONFIG_KEYS.map((key) => [key.flag, key]))

/** Adds `--config` and a flag for every setting. `listed: false` keeps the settings out of a short command's help. */
export function addSettings(command: Command, { listed }: { listed: boolean }): Command {
  command.option('--config <path>', 'configuration file (default: insights.yaml, if there is one)')
  for (const { flag, format, description, env, fallback } of CONFIG_KEYS) {
    const text = fallback ? `${description} [${env}, default ${fallback}]` : `${description} [${env}]`
    const option = new Option(`${flag} <${format}>`, text).helpGroup(
      'Settings, also as variables and in insights.yaml:',
    )
    command.addOption(listed ? option : option.hideHelp())
  }
  if (!listed) command.addHelpText('after', '\nEvery setting of "insights start --help" is a flag here too.')
  return command
}

/** @throws {InsightsError} INSIGHTS_CONFIG_INVALID */
export function loadSettings(command: Command, context: CliContext): LoadedConfig {
  const given = command.opts<Record<string, unknown>>()
  const flags = new Map<string, string>()
  for (const option of command.options) {
    const key = FLAGS.get(option.long ?? '')
    const value = given[option.attributeName()]
    if (key !== undefined && typeof value === 'string') flags.set(key.path, value)
  }
  const configFile = typeof given['config'] === 'string' ? given['config'] : undefined
  return loadConfig({ flags, configFile, env: context.env, cwd: context.cwd })
}
