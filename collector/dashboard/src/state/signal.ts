// A first value in; a value that components can watch out.
import { useSyncExternalStore } from 'react'

export interface Watched<Value> {
  get(): Value
  set(value: Value): void
  subscribe(listener: () => void): () => void
}

export function watched<Value>(first: Value): Watched<Value> {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useWatched = <Value>(source: Watched<Value>): Value => useSyncExternalStore(source.subscribe, source.get)
