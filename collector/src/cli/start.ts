// `insights start`: configuration in; a running collector, its ready line, and a graceful end out.
import { relative } from 'node:path'
import { formatAddress } from '../config/kinds.ts'
import type { Config } from '../config/schema.ts'
import { reachableUrl } from './address.ts'
import type { RunningApp } from './app-interface.ts'
import type { CommandCall } from './command-call.ts'
import { type CliContext, invocation } from './context.ts'
import { firstSpanCurl } from './first-span.ts'
import { EXIT, type Output } from './output.ts'
import { loadSettings } from './settings.ts'

/** What a shell reports of a process that SIGINT ended. */
const EXIT_SIGINT = 130
/** One Ctrl-C under npm arrives twice: from the terminal, and forwarded by npm. */
const SAME_SIGNAL_MS = 500

export async function runStart({ command, context, output }: CommandCall): Promise<number> {
  const { config, warnings } = loadSettings(command, context)
  for (const warning of warnings) output.warn(warning)
  const signal = stopSignal(context, output)
  try {
    const { startApp } = await context.loadApp()
    const app = await startApp(config, { version: context.version })
    context.stdout.write(`${JSON.stringify({ ready: true, ...app.ready })}\n`)
    if (!output.json && !signal.received()) await greet(app, config, { context, output })
    await signal.wait
    await app.stop()
    return EXIT.ok
  } finally {
    signal.dispose()
  }
}

interface StopSignal {
  readonly wait: Promise<void>
  received(): boolean
  dispose(): void
}

// Listens from before the start, so that a signal during it still ends gracefully. The second one ends at once.
function stopSignal(context: CliContext, output: Output): StopSignal {
  const { promise, resolve } = Promise.withResolvers<void>()
  let firstMs: number | undefined
  const dispose = context.onStopSignal(() => {
    const nowMs = performance.now()
    if (firstMs !== undefined) {
      if (nowMs - firstMs > SAME_SIGNAL_MS) context.exitNow(EXIT_SIGINT)
      return
    }
    firstMs = nowMs
    output.note('stopping: what was accepted is written out (once more to end at once)')
    resolve()
  })
  return { wait: promise, received: () => firstMs !== undefined, dispose }
}

async function greet(
  app: RunningApp,
  config: Config,
  { context, output }: Pick<CommandCall, 'context' | 'output'>,
): Promise<void> {
  output.note(doorLines(app, config, context).join('\n'))
  if (!(await app.isEmpty())) return
  const { http, api } = app.ready
  const withKey = config.auth === 'keys'
  if (http !== undefined) {
    const key = withKey ? ' (with your key in INSIGHTS_API_KEY)' : ''
    output.note(`\nNothing stored yet. Send a first span${key}:\n\n${firstSpanCurl(reachableUrl(http), withKey)}\n`)
  }
  if (api !== undefined) output.note(`and read it back:\n\n${readBackCurl(reachableUrl(api), withKey)}\n`)
  output.note(`or send a realistic mixed workload:\n\n${demoLine(app, context)}\n`)
}

function doorLines({ ready }: RunningApp, config: Config, { cwd, version }: CliContext): string[] {
  const store =
    ready.store === 'embedded'
      ? `embedded ClickHouse in ${relative(cwd, config.dataDir) || '.'}`
      : `ClickHouse at ${config.clickhouse.url}`
  const doors: readonly (readonly [string, string | undefined])[] = [
    ['query API', ready.api && `${reachableUrl(ready.api)}/api/v1`],
    ['OTLP/HTTP', ready.http && `${reachableUrl(ready.http)}/v1/traces`],
    ['OTLP/gRPC', ready.grpc],
    ['ClickHouse', ready.clickhouse],
  ]
  const lines = doors.flatMap(([name, address]) => (address ? [`  ${name.padEnd(11)} ${address}`] : []))
  return [`Hanzo Insights ${version}, ${store}`, ...lines]
}

function readBackCurl(api: string, withKey: boolean): string {
  return `curl -sS '${api}/api/v1/generations?limit=1'${withKey ? ' -H "authorization: Bearer $INSIGHTS_API_KEY"' : ''}`
}

function demoLine({ ready }: RunningApp, { env }: CliContext): string {
  const usual = formatAddress('127.0.0.1', 4318)
  const host = ready.http === undefined || ready.http.endsWith(usual) ? '' : ` --host ${reachableUrl(ready.http)}`
  return `${invocation(env)} demo${host}`
}
