import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import type { Output } from './output.ts'

/** What a command's code is called with; it answers with an exit code. */
export interface CommandCall {
  /** Parsed: its options hold the flags. */
  readonly command: Command
  readonly context: CliContext
  readonly output: Output
}
