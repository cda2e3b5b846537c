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
  | 'agents'
  | 'sql'
  | 'system'
  | 'settings'

export const PAGES: readonly PageEntry[] = [
  { path: '/', name: 'Overview', about: 'the six metrics', group: 'watch', icon: 'overview' },
  { path: '/errors', name: 'Errors', about: 'by type and cause', group: 'watch', icon: 'errors' },
  { path: '/traces', name: 'Traces', about: 'one row is one interaction', group: 'look', icon: 'traces' },
  { path: '/generations', name: 'Generations', about: 'one row is one LLM call', group: 'look', icon: 'generations' },
  { path: '/sessions', name: 'Sessions', about: 'conversations', group: 'look', icon: 'sessions' },
  { path: '/users', name: 'Users', about: 'cost, usage and errors of each', group: 'look', icon: 'users' },
  { path: '/scores', name: 'Scores', about: 'feedback and evaluations', group: 'look', icon: 'scores' },
  { path: '/agents', name: 'Agents', about: 'runs, latency and failures of each', group: 'look', icon: 'agents' },
  { path: '/tools', name: 'Tools', about: 'calls, latency and failures of each', group: 'look', icon: 'tools' },
  { path: '/models', name: 'Models', about: 'calls, latency and cost of each', group: 'money', icon: 'models' },
  { path: '/prices', name: 'Prices', about: 'unpriced models, own prices', group: 'money', icon: 'prices' },
  {
    path: '/prompts',
    name: 'Prompts',
    about: 'usage and cost of each version',
    group: 'money',
    icon: 'prompts',
  },
  { path: '/sql', name: 'SQL', about: 'ask the views yourself', group: 'own', icon: 'sql' },
  { path: '/system', name: 'System', about: 'what was received and stored', group: 'own', icon: 'system' },
  { path: '/settings', name: 'Settings', about: 'project, keys, display', group: 'own', icon: 'settings' },
]
