// The list that a trace was opened from in; the traces before and after it out. Kept for the tab.
import { useEffect } from 'react'
import { watched } from '../state/signal.ts'

interface Entry {
  traceId: string
  /** Where the list is of spans. */
  spanId: string | undefined
}

interface OpenedList {
  title: string
  /** Back to it, as it was. */
  href: string
  entries: readonly Entry[]
}

const opened = watched<OpenedList | undefined>(undefined)
const MAX_ENTRIES = 5_000

/** Called by a list with its rows as they are on the page. */
export function useAsOpenedList(title: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
  useEffect(() => {
    const entries = rows
      .slice(0, MAX_ENTRIES)
      .flatMap(({ trace_id: traceId, span_id: spanId }): Entry[] =>
        typeof traceId === 'string' ? [{ traceId, spanId: typeof spanId === 'string' ? spanId : undefined }] : [],
      )
    if (entries.length === 0) return
    opened.set({ title, href: `${location.pathname}${location.search}`, entries })
  }, [title, rows])
}

export interface Neighbours {
  title: string
  href: string
  /** From 1. */
  position: number
  total: number
  before: Entry | undefined
  after: Entry | undefined
}

/** @returns undefined when the trace was not opened from a list */
export function neighboursOf(traceId: string, spanId: string | undefined): Neighbours | undefined {
  const list = opened.get()
  if (list === undefined) return undefined
  const { entries, title, href } = list
  const exact = entries.findIndex((entry) => entry.traceId === traceId && entry.spanId === spanId)
  const at = exact >= 0 ? exact : entries.findIndex((entry) => entry.traceId === traceId)
  if (at < 0) return undefined
  return {
    title,
    href,
    position: at + 1,
    total: entries.length,
    before: entries.slice(0, at).findLast((entry) => entry.traceId !== traceId),
    after: entries.slice(at + 1).find((entry) => entry.traceId !== traceId),
  }
}
