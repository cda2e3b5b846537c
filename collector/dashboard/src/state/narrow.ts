// The width of the window in; whether it is that of a phone out.
import { useSyncExternalStore } from 'react'

const query = (): MediaQueryList => matchMedia('(max-width: 760px)')

const watch = (onChange: () => void): (() => void) => {
  const list = query()
  list.addEventListener('change', onChange)
  return () => list.removeEventListener('change', onChange)
}

export const useNarrow = (): boolean => useSyncExternalStore(watch, () => query().matches)
