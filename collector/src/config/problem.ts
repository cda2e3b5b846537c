import { InsightsError } from '../telemetry/errors.ts'

/** One thing wrong with the configuration. `where` is a flag, a variable or file:line:column; never holds a secret. */
export interface Problem {
  readonly where: string
  readonly message: string
}

const MAX_SHOWN = 40
/** More than this is one mistake repeated, or a file that is something else. */
const MAX_PROBLEMS = 20

/** A value as it may be shown in a message: bounded, on one line, without control characters. */
export function shown(value: unknown): string {
  const text = JSON.stringify(typeof value === 'object' ? '(a list or map)' : String(value))
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…"`
}

/** All problems at once, so that a user corrects the file in one go. */
export function invalidConfig(problems: readonly Problem[]): InsightsError {
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ where, message }) => `\n  ${where}: ${message}`)
  if (problems.length > MAX_PROBLEMS) lines.push(`\n  and ${problems.length - MAX_PROBLEMS} more`)
  return new InsightsError('INSIGHTS_CONFIG_INVALID', `cannot use the configuration:${lines.join('')}`, {
    hint: 'insights config print shows each value with its source; insights config schema lists every key',
  })
}
