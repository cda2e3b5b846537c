// An engine error text, or a refusal of our own -> the ClickHouse exception that HTTP clients parse.

/** Codes that this endpoint raises by itself; names and numbers are ClickHouse's. */
const OWN_CODES = {
  ILLEGAL_TYPE_OF_ARGUMENT: 43,
  BAD_ARGUMENTS: 36,
  NOT_IMPLEMENTED: 48,
  SYNTAX_ERROR: 62,
  UNKNOWN_COMPRESSION_METHOD: 89,
  INCORRECT_DATA: 117,
  TOO_LARGE_STRING_SIZE: 131,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  MEMORY_LIMIT_EXCEEDED: 241,
  QUERY_WAS_CANCELLED: 394,
  AUTHENTICATION_FAILED: 516,
  LOGICAL_ERROR: 49,
} as const

export type OwnExceptionName = keyof typeof OWN_CODES

/** `Code: N. DB::Exception: … (NAME)` with the HTTP status that ClickHouse would give. */
export class ClickHouseException extends Error {
  readonly code: number
  readonly status: number

  constructor(code: number, text: string, status = statusOf(code)) {
    super(text)
    this.name = 'ClickHouseException'
    this.code = code
    this.status = status
  }
}

/** A refusal by this endpoint, in ClickHouse's words so that clients give it a type. */
export function refuse(name: OwnExceptionName, message: string, status?: number): ClickHouseException {
  const code = OWN_CODES[name]
  return new ClickHouseException(code, `Code: ${code}. DB::Exception: ${message} (${name})`, status)
}

/** Whatever a statement rejected with. chDB nests the exception of a raw insert in another of the same code: the inner one is kept. */
export function toClickHouseException(cause: unknown): ClickHouseException {
  if (cause instanceof ClickHouseException) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  const start = message.lastIndexOf('Code: ')
  const found = /^Code: (\d+)\. DB::Exception: /.exec(start < 0 ? '' : message.slice(start))
  if (!found) return refuse('LOGICAL_ERROR', message)
  const version = message.indexOf(' (version ', start)
  return new ClickHouseException(Number(found[1]), message.slice(start, version < 0 ? undefined : version))
}

const BAD_REQUEST = new Set([
  6, 25, 26, 27, 36, 38, 41, 42, 43, 44, 53, 62, 69, 72, 117, 167, 168, 223, 376, 427, 456, 457,
])
const NOT_FOUND = new Set([46, 47, 50, 56, 60, 63, 70, 73, 81, 99, 115, 336])
const UNAVAILABLE = new Set([76, 202, 209, 439])

function statusOf(code: number): number {
  if (BAD_REQUEST.has(code)) return 400
  if (code === 516 || code === 194) return 401
  if (code === 192 || code === 193 || code === 497) return 403
  if (NOT_FOUND.has(code)) return 404
  if (code === 48) return 501
  return UNAVAILABLE.has(code) ? 503 : 500
}
