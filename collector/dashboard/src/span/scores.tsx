// The scores of a span in; a form for one more, and who judged it how, out.
import { ScoreForm } from '../scores/score-form.tsx'
import { ScoreList } from '../scores/score-list.tsx'
import { type SpanAnswer, spanPath } from './use-span.ts'

export function Scores({ answer: { span, scores } }: { answer: SpanAnswer }) {
  const [traceId, spanId] = [span.trace_id ?? '', span.span_id ?? '']
  const target = { traceId, spanId, path: spanPath(traceId, spanId) }
  return (
    <div className="stack">
      <ScoreForm target={target} />
      {scores.length === 0 ? (
        <p className="muted">Nobody has judged this span yet: neither a person, nor an evaluator, nor a user.</p>
      ) : (
        <ScoreList scores={scores} target={target} />
      )}
    </div>
  )
}
