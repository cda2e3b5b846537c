// The query string in; the state of the page out, and back. The URL is the state: whatever is shown can be sent as a link.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Names as the query API has them, so that a page's address and its API call read alike. */
export type Search = Readonly<Record<string, string | readonly string[] | undefined>>

export function parseSearch(text: string): Search {
  const found: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name]
    found[name] = before === undefined ? value : [before, value].flat()
  }
  return found
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of [value].flat()) if (typeof one === 'string' && one !== '') query.append(name, one)
  }
  // What is safe in a query string may stay readable in it.
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}

export const textOf = (search: Search, name: string): string | undefined => {
  const value = search[name]
  return typeof value === 'object' ? value[0] : value
}

export const textsOf = (search: Search, name: string): readonly string[] => {
  const value = search[name]
  return value === undefined ? [] : [value].flat()
}

export interface UrlState {
  search: Search
  get(name: string): string | undefined
  all(name: string): readonly string[]
  /** undefined and '' take a name out. `replace`: no step of the browser's history. */
  set(patch: Search, options?: { replace?: boolean }): void
}

export function useUrlState(): UrlState {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (patch: Search, options: { replace?: boolean } = {}) => {
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, ...patch }),
        replace: options.replace === true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  return { search, set, get: (name) => textOf(search, name), all: (name) => textsOf(search, name) }
}
