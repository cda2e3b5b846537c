// What a failed step says of its failure -> one of a closed list of causes, and what equal failures have in common.

/** `unknown` is a failure that nothing below recognises; it is grouped by its fingerprint. */
export const ERROR_CLASSES = [
  'rate_limit',
  'quota',
  'auth',
  'context_length',
  'content_filter',
  'timeout',
  'network',
  'provider_error',
  'invalid_request',
  'tool_error',
  'parse_error',
  'cancelled',
  'sdk_error',
  'unknown',
] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

export interface FailureFacts {
  /** error.type or the exception's, as sent. */
  type: string
  message: string
  /** HTTP status of the provider's answer; undefined = none was told. */
  httpStatus: number | undefined
  isTool: boolean
}

/** In order of how telling they are: a 429 for lack of credit is a quota, a 400 for a long prompt is a context length. */
const PATTERNS: readonly (readonly [ErrorClass, RegExp])[] = [
  [
    'quota',
    /insufficient[_ ]?(?:quota|credit|balance|funds)|exceeded your current quota|billing|credit balance|payment required|out of credits|spend(?:ing)? limit|quota[_ ]?exceeded/,
  ],
  [
    'context_length',
    /context[_ ]?(?:length|window)|maximum context|prompt is too long|too many (?:input )?tokens|max(?:imum)?[_ ]?(?:input[_ ]?)?tokens? .{0,40}exceed|input is too long|request too large.{0,40}tokens|token limit exceeded|reduce the length/,
  ],
  [
    'content_filter',
    /content[_ ]?(?:filter|policy|management)|responsible ?ai|safety (?:system|filter|settings)|blocked by .{0,30}(?:safety|filter|policy|guardrail)|moderation|guardrail|recitation|prohibited_content/,
  ],
  [
    'rate_limit',
    /rate[_ -]?limit|too many requests|throttl|resource[_ ]?exhausted|requests per (?:minute|day)|tokens per (?:minute|day)|slow down/,
  ],
  [
    'auth',
    /invalid[_ ]?(?:x-)?api[_ -]?key|incorrect api key|api key not|authenticat|unauthori[sz]ed|permission[_ ]?(?:denied|error)|forbidden|access ?denied|invalid credentials|expired[_ ]?token|no credentials|security token|login required/,
  ],
  ['cancelled', /\babort|cancell?ed|cancellation|context canceled|interrupted by user|operation was aborted/],
  ['timeout', /time(?:d)?[ _-]?out|deadline[_ ]?exceeded|etimedout/],
  [
    'network',
    /econn(?:reset|refused|aborted)|enotfound|eai_again|ehostunreach|enetunreach|epipe|socket hang up|connection (?:error|reset|refused|closed|aborted)|apiconnectionerror|connecterror|fetch failed|network ?error|dns|getaddrinfo|certificate|ssl|tls handshake|name resolution/,
  ],
  [
    'provider_error',
    /overloaded|server[_ ]?error|internal[_ ]?(?:server )?error|service[_ ]?unavailable|bad gateway|gateway timeout|model (?:is )?(?:not ready|overloaded)|apistatuserror 5\d\d|unavailable/,
  ],
  [
    'parse_error',
    /json ?(?:decode|parse)|jsondecodeerror|unexpected (?:token|end of json)|output ?pars|validation ?error|zoderror|could not parse|failed to parse|invalid json|schema validation|type ?validation|no ?object ?generated|unexpectedmodelbehavior/,
  ],
  [
    'invalid_request',
    /invalid[_ ]?(?:request|argument|parameter|value|prompt)|bad ?request|not[_ ]?found|does not exist|unsupported|unprocessable|unknown model|model_not_found|no such model|missing required|validationexception|not supported/,
  ],
  [
    'tool_error',
    /tool[_ ]?(?:error|execution|call(?:ing)?[_ ]?(?:error|failed)|failed|not found|retry)|mcp ?error|toolexception|function call failed/,
  ],
  [
    'sdk_error',
    /typeerror|attributeerror|keyerror|valueerror|referenceerror|nullpointer|indexerror|assertionerror|importerror|modulenotfounderror|runtimeerror|illegalstate|illegalargument|rangeerror|syntaxerror|notimplemented/,
  ],
]

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  400: 'invalid_request',
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'invalid_request',
  405: 'invalid_request',
  408: 'timeout',
  409: 'invalid_request',
  410: 'invalid_request',
  413: 'context_length',
  415: 'invalid_request',
  422: 'invalid_request',
  424: 'provider_error',
  429: 'rate_limit',
  499: 'cancelled',
  504: 'timeout',
  529: 'provider_error',
}
/** What the words say beats what a status of this kind says: providers answer 400 and 429 for many causes. */
const TELLING: ReadonlySet<ErrorClass> = new Set([
  'quota',
  'context_length',
  'content_filter',
  'rate_limit',
  'cancelled',
])
/** Only so much of a message is looked at: a traceback can be long. */
const MAX_LOOK = 2048
/** The status in the words of a message or in a bare error type. */
const STATUS_IN_TEXT = /\b(?:status(?: code)?|http|error code|code)[ :=]{1,3}(4\d\d|5\d\d)\b|^(4\d\d|5\d\d)\b/

/** The cause of a failure. */
export function errorClass({ type, message, httpStatus, isTool }: FailureFacts): ErrorClass {
  const words = `${type} ${message.slice(0, MAX_LOOK)}`.toLowerCase()
  const named = PATTERNS.find(([, pattern]) => pattern.test(words))?.[0]
  if (named !== undefined && TELLING.has(named)) return named
  const told = STATUS_IN_TEXT.exec(words.trim())
  const byStatus = classOfStatus(httpStatus ?? Number(told?.[1] ?? told?.[2] ?? Number.NaN))
  if (byStatus !== undefined) return byStatus
  if (isTool && (named === undefined || named === 'sdk_error' || named === 'invalid_request')) return 'tool_error'
  return named ?? 'unknown'
}

function classOfStatus(status: number): ErrorClass | undefined {
  return BY_STATUS[status] ?? (status >= 500 && status < 600 ? 'provider_error' : undefined)
}

const MAX_FINGERPRINT = 160

/**
 * The message without what differs each time: ids, numbers, addresses, quoted values.
 * @example errorFingerprint("Request req_011CSh3 failed after 30s") // 'Request <id> failed after <n>s'
 */
export function errorFingerprint(message: string): string {
  return message
    .slice(0, MAX_LOOK)
    .replace(/\bhttps?:\/\/[^\s"')]+/g, '<url>')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>')
    .replace(/\b(?:[a-z]{2,10}[_-])?(?=[a-z0-9]*\d)[a-z0-9_-]{12,}\b/gi, '<id>')
    .replace(/"[^"]{0,200}"|'[^']{0,200}'|`[^`]{0,200}`/g, '<value>')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '<address>')
    .replace(/\d+(?:[.,]\d+)*/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_FINGERPRINT)
}
