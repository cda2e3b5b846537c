import type { Config } from '../../config/schema.ts'

/** One finding. `next` is what to type or change, there whenever the status is not ok. */
export interface Check {
  readonly name: string
  readonly status: 'ok' | 'warn' | 'fail' | 'skip'
  readonly detail: string
  readonly next?: string
}

/** What the checks look at. */
export interface DoctorOptions {
  readonly config: Config
  /** How to call the CLI, for lines to copy. */
  readonly insights: string
  readonly apiKey: string | undefined
}

export const ok = (name: string, detail: string): Check => ({ name, status: 'ok', detail })
export const skip = (name: string, detail: string): Check => ({ name, status: 'skip', detail })
export const warn = (name: string, detail: string, next: string): Check => ({ name, status: 'warn', detail, next })
export const fail = (name: string, detail: string, next: string): Check => ({ name, status: 'fail', detail, next })
