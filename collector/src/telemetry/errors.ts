// Every error that the collector raises on purpose: one class, one table of codes.

/** code -> whether a retry of the same thing can succeed without a human. */
export const ERROR_CODES = {
  INSIGHTS_CONFIG_INVALID: { retryable: false },
  INSIGHTS_DATA_DIR_LOCKED: { retryable: false },
  INSIGHTS_ENGINE_START: { retryable: true },
  INSIGHTS_ENGINE_SELF_TEST: { retryable: false },
  INSIGHTS_JOURNAL_FULL: { retryable: true },
  INSIGHTS_JOURNAL_IO: { retryable: true },
  INSIGHTS_JOURNAL_CORRUPT: { retryable: false },
  INSIGHTS_JOURNAL_CLOSED: { retryable: true },
  INSIGHTS_REQUEST_INVALID: { retryable: false },
  INSIGHTS_STORE_UNREACHABLE: { retryable: true },
  INSIGHTS_STORE_REJECTED: { retryable: false },
  INSIGHTS_STORE_MIGRATION: { retryable: false },
  INSIGHTS_STORE_MISMATCH: { retryable: false },
  INSIGHTS_QUERY_INVALID: { retryable: false },
  INSIGHTS_QUERY_LIMIT: { retryable: false },
  INSIGHTS_PRICES_INVALID: { retryable: false },
  INSIGHTS_NOT_FOUND: { retryable: false },
  INSIGHTS_KEY_INVALID: { retryable: false },
  INSIGHTS_UNAUTHORIZED: { retryable: false },
  INSIGHTS_FORBIDDEN: { retryable: false },
  INSIGHTS_CONFLICT: { retryable: false },
  INSIGHTS_LISTEN: { retryable: false },
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/** What a person sees: `cannot X: Y`, with a stable code and, where there is one, the next thing to do. */
export class InsightsError extends Error {
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; hint?: string; retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'InsightsError'
    this.code = code
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable
    this.hint = options.hint
  }
}
