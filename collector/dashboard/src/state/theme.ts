// Dark, light or the system's: one switch, kept in this browser; public/theme.js applies it before the first paint.
import { useWatched, watched } from './signal.ts'
import { keptForGood } from './stored.ts'

export type Theme = 'system' | 'light' | 'dark'

const kept = keptForGood('theme')
const read = (): Theme => {
  const value = kept.get()
  return value === 'light' || value === 'dark' ? value : 'system'
}

const theme = watched<Theme>(read())
/** Goes up whenever colours may have changed, for what is painted rather than styled. */
export const paintVersion = watched(0)

export const useTheme = (): Theme => useWatched(theme)

export function setTheme(next: Theme): void {
  theme.set(next)
  kept.set(next === 'system' ? undefined : next)
  if (next === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
  paintVersion.set(paintVersion.get() + 1)
}

export const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => paintVersion.set(paintVersion.get() + 1))
