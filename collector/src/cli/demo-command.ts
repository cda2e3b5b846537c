// `insights demo`: a workload into a running collector, then where to look at it.
import { doorUrl } from './address.ts'
import type { DemoOptions } from './app-interface.ts'
import type { CommandCall } from './command-call.ts'
import { invocation } from './context.ts'
import { answers } from './http.ts'
import { EXIT, type Output } from './output.ts'
import { fetchOf } from './own-fetch.ts'
import { loadSettings } from './settings.ts'

interface DemoFlags {
  readonly host?: string
  readonly apiKey?: string
  readonly traces: number
  readonly seed: number
  readonly minutes: number
}

export async function runDemoCommand({ command, context, output }: CommandCall): Promise<number> {
  const { config } = loadSettings(command, context)
  const flags = command.opts<DemoFlags>()
  const host = (flags.host ?? (context.env['INSIGHTS_HOST'] || doorUrl(config, config.httpListen)))?.replace(/\/+$/, '')
  if (host === undefined)
    return output.fail('cannot send a demo: http_listen is off', 'Name the collector with --host URL.')
  if (!(await answers(host, await fetchOf(config)))) {
    return output.fail(
      `cannot send a demo: nothing answers at ${host}`,
      `Start a collector first: ${invocation(context.env)} start`,
    )
  }
  const apiKey = flags.apiKey ?? (context.env['INSIGHTS_API_KEY'] || config.apiKeys[0]?.key.reveal())
  const options: DemoOptions = {
    host,
    ...(apiKey === undefined ? {} : { apiKey }),
    traces: flags.traces,
    seed: flags.seed,
    spanMinutes: flags.minutes,
    onProgress: progress(output),
  }
  const { runDemo } = await context.loadDemo()
  await runDemo(options)
  const page = doorUrl(config, config.apiListen)
  const links = page === undefined ? [] : demoLinks(page, flags.minutes)
  output.result(
    { host, traces: flags.traces, seed: flags.seed, ...(page === undefined ? {} : { page }), links },
    summary(flags, host, page, links),
  )
  return EXIT.ok
}

// One line for each tenth: it reads well in a terminal and in a CI log alike.
function progress(output: Output): (sent: number, total: number) => void {
  let shown = 0
  return (sent, total) => {
    const tenth = Math.floor((sent / Math.max(total, 1)) * 10)
    if (tenth <= shown) return
    shown = tenth
    output.note(`${sent} of ${total} traces sent`)
  }
}

function demoLinks(api: string, minutes: number): readonly string[] {
  const from = new Date(Date.now() - minutes * 60_000).toISOString()
  return [
    `${api}/api/v1/traces?limit=20`,
    `${api}/api/v1/generations?limit=20`,
    `${api}/api/v1/metrics/cost?from=${from}&group_by=model`,
    `${api}/api/v1/metrics/error_rate?from=${from}&group_by=error_type`,
  ]
}

function summary(
  { traces, seed }: DemoFlags,
  host: string,
  page: string | undefined,
  links: readonly string[],
): string {
  const look = links.map((link) => `\n  curl -sS '${link}'`).join('')
  return `${traces} traces (seed ${seed}) sent to ${host}${page === undefined ? '' : `\n\nLook at them: ${page}\n${look}`}`
}
