// For tests: a command as it is typed, run in this process beside a collector or without one.
import { createTestCli } from '../src/cli/test-context.ts'

export interface Typed {
  code: number
  out: string
  err: string
}

export interface TypedAt {
  dataDir: string
  /** URL of the API; undefined: there is none. */
  api: string | undefined
  env?: Readonly<Record<string, string>>
}

export async function typeCommand({ dataDir, api, env }: TypedAt, argv: readonly string[]): Promise<Typed> {
  const cli = createTestCli({
    cwd: dataDir,
    env: {
      INSIGHTS_DATA_DIR: dataDir,
      INSIGHTS_API_LISTEN: api?.replace('http://', '') ?? 'off',
      INSIGHTS_LOG_LEVEL: 'error',
      ...env,
    },
    loadApp: () => import('../src/app.ts'),
  })
  const code = await cli.run(...argv)
  return { code, out: cli.out(), err: cli.err() }
}
