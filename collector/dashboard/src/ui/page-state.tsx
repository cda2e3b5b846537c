// How an answer stands in; its failure or the wait for it out, else the page itself.
import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'

interface Asked {
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

export function PageState({ of, children }: { of: readonly Asked[]; children: () => ReactNode }) {
  const failed = of.find(({ error }) => error !== null && error !== undefined)
  if (failed !== undefined)
    return <ErrorState problem={failed.error} onRetry={() => void of.map(({ refetch }) => refetch())} />
  if (of.some(({ isPending }) => isPending)) return <p className="muted loading">Loading …</p>
  return children()
}
