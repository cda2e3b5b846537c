// Scores in; who judged it how out, and, for who may, the way to take one back.
import { useAbout } from '../api/queries.ts'
import type { ScoreRow } from '../api/rows.ts'
import { LongText } from '../content/long-text.tsx'
import { Time } from '../list/cells.tsx'
import { AskTwice } from '../ui/ask-twice.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { type ScoreTarget, useTakeBack } from './use-scores.ts'

interface ScoreListProps {
  scores: readonly ScoreRow[]
  target: ScoreTarget
}

export function ScoreList({ scores, target }: ScoreListProps) {
  const about = useAbout()
  const isAdmin = about.data?.caller?.scopes.includes('admin') === true
  const takeBack = useTakeBack(target)
  return (
    <>
      <ul className="events">
        {scores.map((score) => (
          <li key={score.score_id}>
            <p className="score-line">
              <b>{score.name}</b>
              <span className="score-value">{verdict(score)}</span>
              <span className="muted">
                {score.source}
                {score.author && ` by ${score.author}`} <Time iso={score.time ?? ''} />
              </span>
              {isAdmin && (
                <AskTwice
                  first="Take back …"
                  sure="Take it back for good"
                  of={score.name ?? ''}
                  isQuiet
                  onSure={() => takeBack.mutate(score.score_id ?? '')}
                />
              )}
            </p>
            {typeof score.explanation === 'string' && <LongText text={score.explanation} isMarkdown />}
            {score.error_type && <p className="bad">✕ {score.error_type}</p>}
          </li>
        ))}
      </ul>
      {takeBack.error !== null && <ErrorState problem={takeBack.error} />}
    </>
  )
}

function verdict({ type, value, label }: ScoreRow): string {
  if (type === 'boolean' && typeof value === 'number') return value === 1 ? 'yes' : 'no'
  if (value === null || value === undefined) return label || (type === 'text' ? '' : '–')
  return label ? `${value} (${label})` : String(value)
}
