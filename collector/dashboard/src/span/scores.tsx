// The scores of a span in; who judged it how out.
import type { ScoreRow } from '../api/rows.ts'
import { LongText } from '../content/long-text.tsx'
import { Time } from '../list/cells.tsx'

export function Scores({ scores }: { scores: readonly ScoreRow[] }) {
  if (scores.length === 0)
    return <p className="muted">Nobody has judged this span yet: neither a person, nor an evaluator, nor a user.</p>
  return (
    <ul className="events">
      {scores.map((score) => (
        <li key={score.score_id}>
          <p>
            <b>{score.name}</b> <span className="score-value">{score.value ?? score.label ?? '–'}</span>
            {score.value !== null && score.label && <span className="badge">{score.label}</span>}{' '}
            <span className="muted">
              {score.source}
              {score.author && ` by ${score.author}`} <Time iso={score.time ?? ''} />
            </span>
          </p>
          {typeof score.explanation === 'string' && <LongText text={score.explanation} isMarkdown />}
          {score.error_type && <p className="bad">✕ {score.error_type}</p>}
        </li>
      ))}
    </ul>
  )
}
