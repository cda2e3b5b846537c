// A failure in; what happened, its code, its request id, and the way on out.
import { ApiProblem } from '../api/client.ts'

interface ErrorStateProps {
  problem: unknown
  onRetry?: () => void
}

export function ErrorState({ problem, onRetry }: ErrorStateProps) {
  const told = problem instanceof ApiProblem ? problem : undefined
  const text = problem instanceof Error ? problem.message : 'Something went wrong on this page.'
  return (
    <div className="state error-state" role="alert">
      <p className="state-head">
        <span aria-hidden="true">✕</span> {sentence(text)}
      </p>
      {told?.hint !== undefined && <p>{sentence(told.hint)}</p>}
      <p className="muted">
        <code>{told?.code ?? 'INSIGHTS_PAGE'}</code>
        {told?.requestId !== undefined && (
          <>
            {' '}
            request <code>{told.requestId}</code>
          </>
        )}
      </p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`
