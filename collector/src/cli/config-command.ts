// `insights config print` and `insights config schema`.
import { configJsonSchema } from '../config/docs.ts'
import { type PrintedSetting, printConfig } from '../config/print.ts'
import type { CommandCall } from './command-call.ts'
import { EXIT, type Output } from './output.ts'
import { loadSettings } from './settings.ts'

export function printedConfig({ command, context, output }: CommandCall): number {
  const loaded = loadSettings(command, context)
  for (const warning of loaded.warnings) output.warn(warning)
  const settings = printConfig(loaded)
  const json = settings.map((setting) => ({ ...setting, value: setting.value ?? null }))
  output.result(json, textTable(settings, output))
  return EXIT.ok
}

export function printedSchema({ output }: CommandCall): number {
  const schema = configJsonSchema()
  output.result(schema, JSON.stringify(schema, undefined, 2))
  return EXIT.ok
}

function textTable(settings: readonly PrintedSetting[], output: Output): string {
  const keyWidth = Math.max(...settings.map(({ key }) => key.length))
  const valueWidth = Math.max(...settings.map(({ value }) => value?.length ?? 1))
  return settings
    .map(({ key, value, source, where }) => {
      const from = source === 'default' ? 'default' : `${source} ${where}`
      return `${key.padEnd(keyWidth)}  ${(value || '-').padEnd(valueWidth)}  ${output.paint('dim', from)}`
    })
    .join('\n')
}
