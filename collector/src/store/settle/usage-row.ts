// What deciding needs to know of a stored span.

/** The part a span plays in totals, as ingest saw it; '' = none. */
export type UsageRole = 'call' | 'repeat' | 'summary' | 'log' | ''

export interface UsageRow {
  project: string
  /** Ids as lower-case hex. */
  trace: string
  span: string
  /** '' = a root. */
  parent: string
  /** Tells rows of a span that was stored twice apart. */
  batch: number
  startUs: number
  /** When it ended; a log is written then. */
  endUs: number
  role: UsageRole
  /** Reports tokens or money above zero. */
  hasUsage: boolean
  /** Usage fields that are known, also as zero. */
  knownFields: number
  hasCost: boolean
  /** Undefined = not known. */
  inputTokens: number | undefined
  outputTokens: number | undefined
  reasoningTokens: number | undefined
  /** Hash of project and response id, below 2^53; 0 = no response id. */
  response: number
  /** Hash of project and session id, below 2^53; 0 = no session. */
  session: number
  /** Whether it counted as it arrived. */
  base: 0 | 1
}

/** The part that is left when what arrived before there were roles is read by what it counted for. */
export const roleOf = ({ role, base }: UsageRow): UsageRole => (role === '' && base === 1 ? 'call' : role)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** An order of rows that does not depend on how they arrived. */
export const byIdentity = (a: UsageRow, b: UsageRow): number =>
  byText(a.project, b.project) ||
  byText(a.trace, b.trace) ||
  byText(a.span, b.span) ||
  a.startUs - b.startUs ||
  a.batch - b.batch
