// A trace in; a button with the number of its scores, and behind it the scores of the trace as a whole and a form for one more, out.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { jsonQuery } from '../api/queries.ts'
import type { Page, ScoreRow, TraceRow } from '../api/rows.ts'
import { useKeys } from '../keys.ts'
import { Dialog } from '../ui/dialog.tsx'
import { focusWhenThere } from '../ui/focus.ts'
import { PageState } from '../ui/page-state.tsx'
import { ScoreForm } from './score-form.tsx'
import { ScoreList } from './score-list.tsx'
import { traceScoresPath } from './use-scores.ts'

export function TraceScores({ trace }: { trace: TraceRow }) {
  const [isOpen, setOpen] = useState(false)
  const path = traceScoresPath(trace)
  const scores = useQuery(jsonQuery<Page<ScoreRow>>(path))
  const ofTrace = scores.data?.data.filter(({ span_id: span }) => !span) ?? []
  const open = () => {
    setOpen(true)
    focusWhenThere('dialog [name=score-name]')
  }
  useKeys({ E: open })
  const target = { traceId: trace.trace_id ?? '', path }
  return (
    <>
      <button type="button" className="button" onClick={open} title="Score the trace (E)">
        Score{ofTrace.length > 0 && <span className="tab-count">{ofTrace.length}</span>}
      </button>
      {isOpen && (
        <Dialog title="Scores of the trace" onClose={() => setOpen(false)}>
          <header className="dialog-head">
            <h2>Scores of the trace</h2>
            <button type="button" className="button quiet" onClick={() => setOpen(false)}>
              Close
            </button>
          </header>
          <PageState of={[scores]}>
            {() => (
              <div className="stack">
                <ScoreForm target={target} />
                {ofTrace.length === 0 ? (
                  <p className="muted">Nobody has judged this trace as a whole yet.</p>
                ) : (
                  <ScoreList scores={ofTrace} target={target} />
                )}
              </div>
            )}
          </PageState>
        </Dialog>
      )}
    </>
  )
}
