// `insights erase --user | --session | --trace`: everything of it gone from tables, rollups, dead letters and journal; prints the receipt.
import type { Command } from 'commander'
import type { CommandCall } from './command-call.ts'
import type { Define } from './define.ts'
import { EXIT } from './output.ts'
import { addSettings } from './settings.ts'
import { table } from './table.ts'
import { withUpkeep } from './upkeep-client.ts'
import type { EraseReceipt } from './upkeep-interface.ts'

interface Flags {
  readonly user?: string
  readonly session?: string
  readonly trace?: string
  readonly project: string
  readonly yes?: boolean
  readonly dryRun?: boolean
}

export function addErase(program: Command, define: Define): void {
  const command = define(program, {
    name: 'erase',
    summary: 'Erase a user, a session or a trace everywhere, and print a receipt.',
    examples: ['erase --user user-42 --project shop --dry-run', 'erase --trace 4bf92f3577b34da6a3ce929d0e0e4736 --yes'],
    run: runErase,
  })
    .option('--user <id>', 'whole traces of this user, and what else names the user')
    .option('--session <id>', 'whole traces of this session, and what else names it')
    .option('--trace <id>', 'one trace')
    .option('--project <name>', 'whose it is', 'default')
    .option('--dry-run', 'count what there is, change nothing')
    .option('--yes', 'do it: nothing of it can be brought back')
  addSettings(command, { listed: false })
}

async function runErase(call: CommandCall): Promise<number> {
  const { command, output } = call
  const flags = command.opts<Flags>()
  const named = (['user', 'session', 'trace'] as const).flatMap((kind) => {
    const value = flags[kind]
    return value === undefined ? [] : [{ kind, value: kind === 'trace' ? value.toLowerCase() : value }]
  })
  const [subject] = named
  if (!subject || named.length > 1) return output.fail('cannot erase: name one of --user, --session and --trace')
  if (subject.value === '') return output.fail(`cannot erase: --${subject.kind} is empty`)
  if (subject.kind === 'trace' && !/^[0-9a-f]{32}$/.test(subject.value))
    return output.fail('cannot erase: a trace id is 32 hex digits')
  const dryRun = flags.dryRun === true
  if (!dryRun && flags.yes !== true)
    return output.fail('cannot erase: nothing of it can be brought back', 'look with --dry-run, then say --yes')
  return await withUpkeep(call, async (work) => {
    const receipt = await work.erase({ project: flags.project, subject, dryRun })
    output.result(receipt, receiptText(receipt, dryRun))
    const isLeft = Object.values(receipt.counts).some(({ after }) => after > 0)
    return isLeft && !dryRun ? EXIT.failed : EXIT.ok
  })
}

function receiptText({ erasure_id, project, time, traces, counts, ...subject }: EraseReceipt, dryRun: boolean): string {
  const rows = Object.entries(counts).map(([where, { before, after }]) => [where, String(before), String(after)])
  const whose = `${subject.subject_kind} (${subject.subject_hash}) of ${project}, ${traces} traces`
  const head = dryRun ? `there is of ${whose}:` : `erasure ${erasure_id ?? ''} of ${time}: ${whose}`
  return `${head}\n${table(['WHERE', 'BEFORE', 'AFTER'], rows)}`
}
