// A judgement of a span, trace or session in, the OTLP log record that keeps it out: `gen_ai.evaluation.result` with an id of ours, so that
// scores go through the journal, the limits and the redaction as everything else does.
import { hash } from 'node:crypto'
import { DEPTH, OtlpWriter } from './otlp-writer.ts'

export const SCORE_SOURCES = ['human', 'evaluator', 'api'] as const
export type ScoreSource = (typeof SCORE_SOURCES)[number]

/** text: words without a verdict. */
export type ScoreType = 'numeric' | 'boolean' | 'categorical' | 'text'

export interface ScoreTarget {
  /** 16 bytes. */
  traceId: Buffer | undefined
  /** 8 bytes. */
  spanId: Buffer | undefined
  sessionId: string | undefined
}

export interface ScoreRecord extends ScoreTarget {
  /** Who gives another score under the same id changes it. */
  id: string
  name: string
  type: ScoreType
  value: number | undefined
  label: string | undefined
  comment: string | undefined
  source: ScoreSource
  author: string | undefined
  userId: string | undefined
  environment: string | undefined
  timeUnixNano: bigint
  isDeleted: boolean
  /** What else the app tells, as attributes. */
  metadata: readonly (readonly [key: string, value: string])[]
}

/** One user has one score of a name on one target: what decides it again replaces it. */
export function scoreIdOf(target: ScoreTarget, by: { name: string; source: string; user: string | undefined }): string {
  const parts = [
    target.traceId?.toString('hex') ?? '',
    target.spanId?.toString('hex') ?? '',
    target.sessionId ?? '',
    by.name,
    by.source,
    by.user ?? '',
  ]
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32)
}

/** What a score may be given as -> type, value and label. Undefined: nothing that can be a score. */
export function verdictOf(given: number | boolean | string): Pick<ScoreRecord, 'type' | 'value' | 'label'> | undefined {
  if (typeof given === 'boolean') return { type: 'boolean', value: given ? 1 : 0, label: String(given) }
  if (typeof given === 'number')
    return Number.isFinite(given) ? { type: 'numeric', value: given, label: undefined } : undefined
  const label = given.trim()
  if (label === '') return undefined
  const thumb = THUMBS.get(label.toLowerCase())
  if (thumb !== undefined) return { type: 'boolean', value: thumb, label }
  return { type: 'categorical', value: undefined, label }
}

/** Words of feedback buttons. Their sense is kept as a number, so that shares can be taken of it. */
const THUMBS = new Map<string, 0 | 1>([
  ['positive', 1],
  ['negative', 0],
  ['thumbs_up', 1],
  ['thumbs_down', 0],
  ['up', 1],
  ['down', 0],
  ['good', 1],
  ['bad', 0],
])

export const SCORE_EVENT = 'gen_ai.evaluation.result'
const SCOPE_NAME = 'hanzo.insights.scores'

// ExportLogsServiceRequest > ResourceLogs { resource = 1, scope_logs = 2 } > ScopeLogs { scope = 1, log_records = 2 }
const FIRST = 0x0a
const SECOND = 0x12
const RESOURCE_ATTRIBUTE = 0x0a
// LogRecord { time = 1, attributes = 6, trace_id = 9, span_id = 10, event_name = 12 }
const TIME = 0x09
const ATTRIBUTE = 0x32
const TRACE_ID = 0x4a
const SPAN_ID = 0x52
const EVENT_NAME = 0x62

const BYTES_EACH = 512

/** OTLP logs request as protobuf. */
export function encodeScores(scores: readonly ScoreRecord[]): Uint8Array {
  const out = new OtlpWriter(new Uint8Array(0), scores.length * BYTES_EACH)
  for (const [environment, ofIt] of Map.groupBy(scores, (score) => score.environment ?? '')) {
    out.message(FIRST, DEPTH.resource, () => {
      out.message(FIRST, DEPTH.scope, () => {
        if (environment !== '') out.attribute(RESOURCE_ATTRIBUTE, 'deployment.environment.name', environment)
      })
      out.message(SECOND, DEPTH.scope, () => {
        out.message(FIRST, DEPTH.record, () => out.text(FIRST, SCOPE_NAME))
        for (const score of ofIt) out.message(SECOND, DEPTH.record, () => writeRecord(out, score))
      })
    })
  }
  return out.proto.finish()
}

function writeRecord(out: OtlpWriter, score: ScoreRecord): void {
  out.time(TIME, score.timeUnixNano)
  const attributes: Readonly<Record<string, string | number | boolean | undefined>> = {
    'gen_ai.evaluation.name': score.name,
    'gen_ai.evaluation.score.value': score.value,
    'gen_ai.evaluation.score.label': score.label,
    'gen_ai.evaluation.explanation': score.comment,
    'insights.score.id': score.id,
    'insights.score.type': score.type,
    'insights.score.source': score.source,
    'insights.score.author': score.author,
    'insights.score.deleted': score.isDeleted || undefined,
    'user.id': score.userId,
    'session.id': score.sessionId,
  }
  for (const [key, value] of score.metadata) out.attribute(ATTRIBUTE, key, value)
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) out.attribute(ATTRIBUTE, key, value)
  if (score.traceId) out.id(TRACE_ID, score.traceId)
  if (score.spanId) out.id(SPAN_ID, score.spanId)
  out.text(EVENT_NAME, SCORE_EVENT)
}
