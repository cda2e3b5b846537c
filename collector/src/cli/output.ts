// What a command has to say in; text for people or JSON for machines out. Results go to stdout, everything else to stderr.
import { styleText } from 'node:util'
import { InsightsError } from '../telemetry/errors.ts'
import type { CliContext } from './context.ts'
import { printable } from './printable.ts'

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const

export type Tone = 'green' | 'yellow' | 'red' | 'dim' | 'bold'

export interface Output {
  /** `--json` was given. */
  readonly json: boolean
  /** The result: `value` with --json, else `text`. */
  result(value: unknown, text: string): void
  /** For people, on stderr; silent with --json. */
  note(text: string): void
  warn(message: string): void
  /** @returns the exit code that goes with it */
  fail(message: string, hint?: string): number
  paint(tone: Tone, text: string): string
}

/** @param options `color: false` is --no-color; NO_COLOR and a stream that is no terminal say the same. */
export function createOutput(context: CliContext, options: { json: boolean; color: boolean }): Output {
  const { stdout, stderr } = context
  const { json } = options
  const color = options.color && !context.env['NO_COLOR'] && stderr.isTTY === true && stdout.isTTY === true
  const paint = (tone: Tone, text: string): string => (color ? styleText(tone, text, { validateStream: false }) : text)
  const event = (value: object): unknown => stderr.write(`${JSON.stringify(value)}\n`)
  return {
    json,
    paint,
    result: (value, text) => stdout.write(json ? `${JSON.stringify(value)}\n` : `${printable(text)}\n`),
    note: (text) => (json ? undefined : stderr.write(`${printable(text)}\n`)),
    warn: (message) =>
      json ? event({ warning: message }) : stderr.write(`${paint('yellow', 'warning:')} ${printable(message)}\n`),
    fail: (message, hint) => {
      if (json) event({ error: { message, hint } })
      else
        stderr.write(
          `${paint('red', 'error:')} ${printable(message)}\n${hint === undefined ? '' : `${paint('dim', hint)}\n`}`,
        )
      return EXIT.failed
    },
  }
}

/** Says what went wrong and what to do about it. @returns the exit code */
export function reportError(error: unknown, context: CliContext, json: boolean): number {
  const output = createOutput(context, { json, color: true })
  if (error instanceof InsightsError) {
    if (json) context.stderr.write(`${JSON.stringify({ error: pick(error) })}\n`)
    else output.fail(`${error.message} (${error.code})`, error.hint)
    return error.code === 'INSIGHTS_CONFIG_INVALID' ? EXIT.usage : EXIT.failed
  }
  // Not one of our own errors: a bug, and its stack is what a report needs.
  return output.fail(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    'This is a bug: please report it.',
  )
}

const pick = ({ code, message, hint, retryable }: InsightsError) => ({ code, message, hint, retryable })
