// What the system said in; the journal's own errors out.
import { InsightsError } from '../telemetry/errors.ts'

/** The errno name of a system error, `unknown` for anything else. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

export function ioError(what: string, cause: unknown): InsightsError {
  if (cause instanceof InsightsError) return cause
  return new InsightsError('INSIGHTS_JOURNAL_IO', `cannot ${what}: the disk answered ${errnoOf(cause)}`, { cause })
}
