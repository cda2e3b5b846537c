import type { Command } from 'commander'
import type { CommandCall } from './command-call.ts'

/** A command as program.ts gives it its manners. */
export interface Definition {
  /** With its arguments, if any: `find <model>`. */
  readonly name: string
  readonly summary: string
  /** Two of them, without the leading `insights`. */
  readonly examples: readonly [string, string]
  readonly run: (call: CommandCall) => Promise<number> | number
}

export type Define = (parent: Command, definition: Definition) => Command
