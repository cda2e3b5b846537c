// `insights deadletter list | show | replay | drop`: rows that ClickHouse refused for good, and what to do about them.
import { type Command, Option } from 'commander'
import type { CommandCall } from './command-call.ts'
import type { Define } from './define.ts'
import { EXIT } from './output.ts'
import { addSettings } from './settings.ts'
import { table } from './table.ts'
import { withUpkeep } from './upkeep-client.ts'
import type { DeadLetterFile, ReplayResult, UpkeepWork } from './upkeep-interface.ts'

export function addDeadLetter(program: Command, define: Define): void {
  const group = program.command('deadletter').description('Rows that ClickHouse will not take, kept in dead-letter/.')
  const list = define(group, {
    name: 'list',
    summary: 'The files, with their rows and errors.',
    examples: ['deadletter list', 'deadletter list --json'],
    run: runList,
  })
  const show = define(group, {
    name: 'show <file>',
    summary: 'The rows of one file: place in the batch, error, size; never their content.',
    examples: ['deadletter show spans-<batch id>.jsonl', 'deadletter show spans-<batch id>.jsonl --json'],
    run: runShow,
  })
  const replay = define(group, {
    name: 'replay [file]',
    summary: 'Load the rows again, once the table takes them; each exactly once, however often this is repeated.',
    examples: ['deadletter replay spans-<batch id>.jsonl', 'deadletter replay --all'],
    run: runReplay,
  }).option('--all', 'every file')
  const drop = define(group, {
    name: 'drop <file>',
    summary: 'Delete a file for good.',
    examples: ['deadletter drop spans-<batch id>.jsonl --yes', 'deadletter drop spans-<batch id>.jsonl --yes --json'],
    run: runDrop,
  }).addOption(new Option('--yes', 'the rows are lost then, and that is meant'))
  for (const command of [list, show, replay, drop]) addSettings(command, { listed: false })
}

const runList = (call: CommandCall): Promise<number> =>
  withUpkeep(call, async (work) => {
    const files = await work.list()
    const rows = files.map((file) => [
      file.file,
      file.day,
      String(file.rows),
      String(file.size_bytes),
      file.time,
      errorsText(file.errors),
    ])
    const text = table(['FILE', 'DAY', 'ROWS', 'BYTES', 'REFUSED', 'ERRORS'], rows)
    call.output.result(files, text || 'no dead letters')
    return EXIT.ok
  })

const runShow = (call: CommandCall): Promise<number> =>
  withUpkeep(call, async (work) => {
    const letters = await work.show(fileOf(call) ?? '')
    const rows = letters.map(({ row, error, code, size_bytes, time }) => [
      String(row),
      error,
      code === undefined ? '-' : String(code),
      String(size_bytes),
      time,
    ])
    call.output.result(letters, table(['ROW', 'ERROR', 'CODE', 'BYTES', 'REFUSED'], rows))
    return EXIT.ok
  })

async function runReplay(call: CommandCall): Promise<number> {
  const { all } = call.command.opts<{ all?: boolean }>()
  const file = fileOf(call)
  if ((file === undefined) === (all !== true)) return call.output.fail('cannot replay: name one file, or --all')
  return await withUpkeep(call, async (work) => {
    const results: ReplayResult[] = []
    for (const name of await filesOf(work, file)) results.push(await work.replay(name))
    call.output.result(results, results.map(replayText).join('\n') || 'no dead letters')
    // What is still refused is what a cron job must hear of.
    return results.every(({ refused }) => refused === 0) ? EXIT.ok : EXIT.failed
  })
}

async function runDrop(call: CommandCall): Promise<number> {
  const { yes } = call.command.opts<{ yes?: boolean }>()
  const file = fileOf(call) ?? ''
  if (yes !== true) return call.output.fail(`cannot drop ${file}: its rows would be lost`, 'say --yes if that is meant')
  return await withUpkeep(call, async (work) => {
    const dropped = await work.drop(file)
    call.output.result({ file, dropped }, `${file}: ${dropped} rows dropped`)
    return EXIT.ok
  })
}

const fileOf = ({ command }: CommandCall): string | undefined => command.args[0]

const filesOf = async (work: UpkeepWork, file: string | undefined): Promise<string[]> =>
  file === undefined ? (await work.list()).map((found: DeadLetterFile) => found.file) : [file]

const replayText = ({ file, replayed, refused, errors }: ReplayResult): string =>
  `${file}: ${replayed} rows stored${refused === 0 ? '' : `, ${refused} refused again (${errorsText(errors)})`}`

const errorsText = (errors: Readonly<Record<string, number>>): string =>
  Object.entries(errors)
    .map(([name, n]) => `${n} ${name}`)
    .join(', ')
