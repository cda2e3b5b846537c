// The pages that the navigation and the palette know.

export interface PageEntry {
  path: string
  name: string
  about: string
  /** Group in the navigation. */
  group: 'watch' | 'look' | 'money' | 'own'
  icon: IconName
}

export type IconName =
  | 'overview'
  | 'traces'
  | 'generations'
  | 'sessions'
  | 'users'
  | 'errors'
  | 'models'
  | 'prices'
  | 'scores'
  | 'prompts'
  | 'tools'
  | 'sql'
  | 'system'
  | 'settings'

export const PAGES: readonly PageEntry[] = [
  { path: '/', name: 'Overview', about: 'the six metrics', group: 'watch', icon: 'overview' },
  { path: '/traces', name: 'Traces', about: 'one row is one interaction', group: 'look', icon: 'traces' },
  { path: '/generations', name: 'Generations', about: 'one row is one LLM call', group: 'look', icon: 'generations' },
  { path: '/sessions', name: 'Sessions', about: 'conversations', group: 'look', icon: 'sessions' },
  { path: '/users', name: 'Users', about: 'cost, usage and errors of each', group: 'look', icon: 'users' },
  { path: '/scores', name: 'Scores', about: 'feedback and evaluations', group: 'look', icon: 'scores' },
]
