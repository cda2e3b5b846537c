// Prices and the way of a request in; an explainer of stored rows and of pasted spans out. Pure: nothing is read or kept.
import { InsightsError } from '../telemetry/errors.ts'
import type { ExplainDeps } from './deps.ts'
import { explainSent } from './explain-span.ts'
import { explainStored } from './explain-stored.ts'
import type { ExplainedSpan } from './explained.ts'
import { FIELD_COLUMNS } from './fields.ts'
import { toRequestJson } from './read-request.ts'
import { STORED_COLUMNS, type StoredRow } from './stored-span.ts'
import { COUNT_COLUMNS } from './usage.ts'

export const MAX_EXPLAINED_BYTES = 2 ** 20
export const MAX_EXPLAINED_SPANS = 100

export interface Explainer {
  /** Columns of spans_v1 that `stored` wants. */
  readonly columns: readonly string[]
  /** Of a pasted body. */
  readonly maxBytes: number
  /** @param settled reason of the last settlement of the span; '' when there was none */
  stored(row: StoredRow, settled: string): ExplainedSpan
  /** What OTLP/JSON spans would become. @throws InsightsError INSIGHTS_REQUEST_INVALID */
  sent(project: string, body: Uint8Array): ExplainedSpan[]
}

export function createExplainer(deps: ExplainDeps): Explainer {
  const { prices, toOtlp, readSpans } = deps
  return {
    columns: [...new Set(['project_id', ...STORED_COLUMNS, ...FIELD_COLUMNS, ...COUNT_COLUMNS])],
    maxBytes: MAX_EXPLAINED_BYTES,
    stored: (row, settled) => explainStored(row, settled, prices),
    sent(project, body) {
      if (body.length > MAX_EXPLAINED_BYTES) throw refusal(`it is larger than ${MAX_EXPLAINED_BYTES} bytes`)
      const spans = readSpans(convert(body, toOtlp))
      if (spans === undefined || spans.length === 0) throw refusal('there is no span in it')
      if (spans.length > MAX_EXPLAINED_SPANS)
        throw refusal(`it holds ${spans.length} spans, and ${MAX_EXPLAINED_SPANS} are explained at once`)
      return spans.map((span) => explainSent(span, project, deps))
    },
  }
}

function convert(body: Uint8Array, toOtlp: ExplainDeps['toOtlp']): Uint8Array {
  const json = toRequestJson(body)
  try {
    return toOtlp(json)
  } catch (cause) {
    if (json === body || !(cause instanceof InsightsError)) throw cause
    // The byte is one of what we made of the body.
    throw new InsightsError(cause.code, cause.message.replace(/ at byte \d+/, ''), { cause })
  }
}

const refusal = (reason: string): InsightsError =>
  new InsightsError('INSIGHTS_REQUEST_INVALID', `cannot explain the body: ${reason}`)
