// `insights keys create | list | revoke`: what each is called with.
import { type Command, InvalidArgumentError } from 'commander'
import type { Define } from './define.ts'
import { runCreate, runKeyList, runRevoke } from './keys-run.ts'
import { addSettings } from './settings.ts'

export function addKeys(program: Command, define: Define): void {
  const keys = program.command('keys').description('The keys by which senders and readers of a project are let in.')
  const create = define(keys, {
    name: 'create <name>',
    summary: 'Make a key and print it, this once.',
    examples: [
      'keys create checkout --project shop',
      'keys create web --public --origin https://app.example.com --spans-per-second 500',
    ],
    run: runCreate,
  })
    .option('--scope <scopes>', 'what it is for, by commas: ingest, read, admin (default: ingest,read)', scopes)
    .option('--public', 'for web pages: may only send; anybody can read it there')
    .option('--origin <origin>', 'page that may use a public key; again for more', collect, [])
    .option('--expires <days>', 'end after so many days', wholeNumber)
    .option('--bytes-per-second <number>', 'most bytes a second, after decompression', wholeNumber)
    .option('--spans-per-second <number>', 'most spans a second', wholeNumber)
    .option('--bytes-per-month <number>', 'most bytes in a month (UTC)', wholeNumber)
    .option('--spans-per-month <number>', 'most spans in a month (UTC)', wholeNumber)
  const list = define(keys, {
    name: 'list',
    summary: 'The keys of a project, what they are for, when they were last used. Their texts are not kept.',
    examples: ['keys list --project shop', 'keys list --json'],
    run: runKeyList,
  }).option('--all', 'also those that were revoked or have expired')
  const revoke = define(keys, {
    name: 'revoke <key>',
    summary: 'End a key for good, by its id, its prefix or its name.',
    examples: ['keys revoke 5f0c2d9e1b7a4c36', 'keys revoke checkout --project shop'],
    run: runRevoke,
  })
  for (const command of [create, list, revoke]) {
    command
      .option('--project <name>', 'project (default: of the key that is shown, else default)')
      .option(
        '--api-key <key>',
        'key with the scope admin (default: INSIGHTS_API_KEY, else that of the data directory)',
      )
    addSettings(command, { listed: false })
  }
}

const SCOPES = ['ingest', 'read', 'admin']

function scopes(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !SCOPES.includes(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`expected some of ${SCOPES.join(', ')}.`)
  return names
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text]

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('expected a whole number, at least 1.')
  return Number(text)
}
