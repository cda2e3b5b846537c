// For tests: a command of the real binary, beside a running collector.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { RunningCollector } from './collector-process.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')

export interface CommandResult<Result> {
  code: number | null
  /** What --json printed; undefined when it printed nothing. */
  result: Result
  err: string
}

/** Runs `insights … --json` against the collector's data directory and API. */
export const runCli = <Result>(collector: RunningCollector, ...argv: string[]): Promise<CommandResult<Result>> =>
  runCliWith<Result>({}, collector, ...argv)

/** The same with settings of its own. */
export async function runCliWith<Result>(
  settings: Readonly<Record<string, string>>,
  { process: { dataDir }, doors }: RunningCollector,
  ...argv: string[]
): Promise<CommandResult<Result>> {
  const listen = { INSIGHTS_API_LISTEN: new URL(doors.api).host, INSIGHTS_HTTP_LISTEN: new URL(doors.http).host }
  const env = { INSIGHTS_DATA_DIR: dataDir, ...listen, ...settings }
  const child = spawn(process.execPath, [MAIN, ...argv, '--json'], {
    cwd: dataDir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { code, err, result: (out === '' ? undefined : JSON.parse(out)) as Result }
}
