// `insights doctor`: the configuration in; a table of findings, each with what to type next, out. 1 when one failed.
import type { CommandCall } from '../command-call.ts'
import { invocation } from '../context.ts'
import { EXIT, type Output, type Tone } from '../output.ts'
import { loadSettings } from '../settings.ts'
import { type Check, type DoctorOptions, skip, warn } from './check.ts'
import { checkClock, checkDataDir, checkNode, checkPorts } from './local.ts'
import { checkCollector, checkRoundTrip, checkStore } from './remote.ts'

export async function runDoctor({ command, context, output }: CommandCall): Promise<number> {
  const { config, warnings } = loadSettings(command, context)
  const apiKey = context.env['INSIGHTS_API_KEY'] || config.apiKeys[0]?.key.reveal()
  const options = { config, apiKey, insights: invocation(context.env) }
  const sends = command.opts<{ send: boolean }>().send
  const checks = [
    ...warnings.map((warning) => warn('configuration', warning, `${options.insights} config print`)),
    ...(await examine(options, sends)),
  ]
  const failed = checks.some(({ status }) => status === 'fail')
  output.result({ ok: !failed, checks }, checks.map((check) => line(check, output)).join('\n'))
  return failed ? EXIT.failed : EXIT.ok
}

async function examine(options: DoctorOptions, sends: boolean): Promise<readonly Check[]> {
  const { running, ...collector } = await checkCollector(options)
  return [
    checkNode(process.versions.node),
    checkClock(Date.now()),
    ...(await checkDataDir(options)),
    collector,
    ...(await checkPorts(options, running)),
    ...(await checkStore(options, running)),
    await roundTrip(options, running, sends),
  ]
}

async function roundTrip(options: DoctorOptions, running: boolean, sends: boolean): Promise<Check> {
  if (!sends) return skip('round trip', '--no-send')
  return running ? checkRoundTrip(options) : skip('round trip', 'needs a running collector')
}

const TONES: Readonly<Record<Check['status'], Tone>> = { ok: 'green', warn: 'yellow', fail: 'red', skip: 'dim' }

function line({ name, status, detail, next }: Check, output: Output): string {
  const finding = `${output.paint(TONES[status], status.padEnd(4))}  ${name.padEnd(14)}  ${detail}`
  return next === undefined ? finding : `${finding}\n${' '.repeat(22)}next: ${next}`
}
