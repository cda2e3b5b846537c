// Arguments in, an exit code out: 0 done, 1 failed, 2 wrong usage or configuration.
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { runAudit } from './audit.ts'
import { printedConfig, printedSchema } from './config-command.ts'
import { type CliContext, invocation } from './context.ts'
import { addDeadLetter } from './deadletter.ts'
import type { Define } from './define.ts'
import { runDemoCommand } from './demo-command.ts'
import { runDoctor } from './doctor/doctor.ts'
import { addErase } from './erase.ts'
import { addExplain } from './explain.ts'
import { addKeys } from './keys.ts'
import { runMigrate } from './migrate.ts'
import { createOutput, EXIT, reportError } from './output.ts'
import { addPrices } from './prices.ts'
import { runRebuild } from './rebuild.ts'
import { runReprice } from './reprice.ts'
import { addSettings } from './settings.ts'
import { runStart } from './start.ts'
import { runWhere } from './where.ts'

/** @param argv without node and the script @returns the exit code; never throws */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  let code: number = EXIT.ok
  try {
    await createProgram(context, (result) => {
      code = result
    }).parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    // commander has printed its own message already; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return reportError(error, context, argv.includes('--json'))
  }
}

function createProgram(context: CliContext, done: (code: number) => void): Command {
  const program = new Command('insights')
    .description('LLM analytics on OpenTelemetry: receives spans, prices them, stores them in ClickHouse.')
    .version(context.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError(`(${invocation(context.env)} --help shows what there is)`)
  const define = defineIn(context, done)
  serving(program, define)
  upkeep(program, define)
  addExplain(program, define)
  addDeadLetter(program, define)
  addErase(program, define)
  addKeys(program, define)
  addPrices(program, define)
  configuration(program, define)
  return program
}

/** Gives every command the same manners: --json, --no-color, two examples, an exit code. */
function defineIn(context: CliContext, done: (code: number) => void): Define {
  return (parent, { name, summary, examples, run }) =>
    parent
      .command(name)
      .description(summary)
      .option('--json', 'JSON for machines')
      .option('--no-color', 'plain text (also NO_COLOR=1)')
      .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ insights ${example}`).join('\n')}`)
      .action(async (...args: unknown[]) => {
        const command = args.at(-1)
        if (!(command instanceof Command)) return
        const { json, color } = command.opts<{ json?: boolean; color: boolean }>()
        done(await run({ command, context, output: createOutput(context, { json: json === true, color }) }))
      })
}

function serving(program: Command, define: Define): void {
  const start = define(program, {
    name: 'start',
    summary: 'Run the collector until SIGINT or SIGTERM. One JSON line on stdout says when it is ready.',
    examples: ['start', 'start --data-dir /var/lib/insights --http-listen 127.0.0.1:0 --grpc-listen off'],
    run: runStart,
  })
  addSettings(start, { listed: true })
  const demo = define(program, {
    name: 'demo',
    summary: 'Send a realistic mixed workload to a running collector, through the real SDK and exporter.',
    examples: ['demo', 'demo --traces 1000 --minutes 60 --seed 7'],
    run: runDemoCommand,
  })
    .option('--host <url>', 'OTLP HTTP address of the collector (default: from http_listen)')
    .option('--api-key <key>', 'key to show (default: INSIGHTS_API_KEY, else the first of api_keys)')
    .option('--traces <number>', 'how many traces', wholeNumber, 200)
    .option('--seed <number>', 'same seed, same workload', wholeNumber, 1)
    .option('--minutes <number>', 'spread over the last so many minutes', wholeNumber, 1_440)
  addSettings(demo, { listed: false })
}

function upkeep(program: Command, define: Define): void {
  const doctor = define(program, {
    name: 'doctor',
    summary: 'Check this machine and the collector, end to end, and say what to type next.',
    examples: ['doctor', 'doctor --json --no-send'],
    run: runDoctor,
  }).option('--no-send', 'send no test span')
  const migrate = define(program, {
    name: 'migrate',
    summary: 'Bring tables and views up to date; start does that by itself.',
    examples: ['migrate --plan', 'migrate --clickhouse-url http://clickhouse:8123'],
    run: runMigrate,
  }).option('--plan', 'print the SQL, change nothing')
  const rebuild = define(program, {
    name: 'rebuild',
    summary: 'Recount rollups from the base table, compare, and replace the partitions that differ.',
    examples: ['rebuild', 'rebuild --day 2026-01-31 --json'],
    run: runRebuild,
  }).option('--day <YYYY-MM-DD>', 'one day only', isoDay)
  const reprice = define(program, {
    name: 'reprice',
    summary: "Price stored spans anew, by today's prices: shows what changes, then swaps the days, rollups included.",
    examples: ['reprice --from 2026-01-01 --dry-run', 'reprice --from 2026-01-01 --to 2026-01-31 --project shop'],
    run: runReprice,
  })
    .requiredOption('--from <YYYY-MM-DD>', 'first day, UTC', isoDay)
    .option('--to <YYYY-MM-DD>', 'last day, UTC (default: today)', isoDay)
    .option('--project <name>', 'rows of one project only')
    .option('--dry-run', 'show the difference, change nothing')
  const audit = define(program, {
    name: 'audit',
    summary: 'Find rollups that differ from their base, spans stored twice, and inserts that are gone.',
    examples: ['audit', 'audit --repair --from 2026-01-01 --to 2026-01-31'],
    run: runAudit,
  })
    .option('--repair', 'put right what is found')
    .option('--from <YYYY-MM-DD>', 'first day, UTC (default: the day before the last)', isoDay)
    .option('--to <YYYY-MM-DD>', 'last day, UTC (default: today)', isoDay)
  const where = define(program, {
    name: 'where <trace_id>',
    summary: 'Where the spans of a trace are: stored, on their way, or refused by the store.',
    examples: ['where 4bf92f3577b34da6a3ce929d0e0e4736', 'where 4bf92f3577b34da6a3ce929d0e0e4736 --json'],
    run: runWhere,
  })
    .option('--project <name>', 'whose trace (default: the project of the key)')
    .option('--api-key <key>', 'key to show (default: INSIGHTS_API_KEY, else the first of api_keys)')
  for (const command of [audit, where, doctor, migrate, rebuild, reprice]) addSettings(command, { listed: false })
}

function configuration(program: Command, define: Define): void {
  const config = program.command('config').description('Show the configuration.')
  const print = define(config, {
    name: 'print',
    summary: 'Every setting in force, and where it came from. Secrets print as ***.',
    examples: ['config print', 'config print --config /etc/insights.yaml --json'],
    run: printedConfig,
  })
  addSettings(print, { listed: false })
  define(config, {
    name: 'schema',
    summary: 'JSON schema of insights.yaml, for editors.',
    examples: ['config schema', 'config schema > insights.schema.json'],
    run: printedSchema,
  })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number.')
  return Number(text)
}

function isoDay(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // Date.parse rolls 31 February over into March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('expected a day such as 2026-01-31.')
  }
  return text
}
