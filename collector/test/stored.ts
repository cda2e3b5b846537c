// What has become of the spans of a trace, as the public views show it.
import { eventually, type RunningCollector } from './collector-process.ts'

export type Row = Readonly<Record<string, unknown>>

/** Rows of a trace in `spans_v1`, by span id, as soon as there are as many as expected. */
export function storedSpans(collector: RunningCollector, traceId: string, count = 1): Promise<Row[]> {
  return eventually(`${count} spans of trace ${traceId}`, async () => {
    const rows = await collector.sql<Row>('SELECT * FROM spans_v1 WHERE trace_id = {id:String} ORDER BY span_id', {
      id: traceId,
    })
    return rows.length >= count ? rows : undefined
  })
}

export async function storedSpan(collector: RunningCollector, traceId: string): Promise<Row> {
  const rows = await storedSpans(collector, traceId)
  if (rows.length !== 1 || !rows[0]) throw new Error(`trace ${traceId} has ${rows.length} spans`)
  return rows[0]
}

/** A view's row without what differs from one receipt to the next. */
export function withoutReceipt(row: Row): Row {
  const { received_time, batch_id, retention_days, ...rest } = row
  return rest
}

interface PartialSuccess {
  rejectedSpans?: string
  rejectedLogRecords?: string
  rejectedDataPoints?: string
  errorMessage?: string
}

/** The answer to a JSON request. */
export async function partialSuccess(response: Response): Promise<PartialSuccess | undefined> {
  const body = (await response.json()) as { partialSuccess?: PartialSuccess }
  return body.partialSuccess
}
