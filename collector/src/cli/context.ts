import type { Env } from '../config/file.ts'
import type { AppModule, DemoModule } from './app-interface.ts'

/** A stream as the commands use it. */
export interface TextStream {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** What main.ts lends the commands, so that they touch no global. */
export interface CliContext {
  readonly env: Env
  readonly cwd: string
  readonly version: string
  readonly stdout: TextStream
  readonly stderr: TextStream
  /** What is piped in. */
  stdin(): AsyncIterable<Uint8Array>
  /** Loaded when a command needs it: `insights --help` opens no engine. */
  loadApp(): Promise<AppModule>
  loadDemo(): Promise<DemoModule>
  /** Calls back on SIGINT and SIGTERM, until the returned function is called. */
  onStopSignal(handler: () => void): () => void
  /** Ends the process at once: for the second signal. */
  exitNow(code: number): never
}

/** How the user called us, for lines that are there to be copied. */
export function invocation(env: Env): string {
  const script = env['npm_lifecycle_event']
  return script === 'start' || script === 'insights' ? 'npm run insights --' : 'insights'
}
