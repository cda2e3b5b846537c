// The name of an icon in; its strokes out. Decoration: the word beside it says the same.
import type { IconName } from '../pages.ts'

const PATHS: Readonly<Record<IconName, string>> = {
  overview: 'M3 13V9m4 4V5m4 8V7m-10 8h14',
  traces: 'M2 3.5h8M5 8h8M8 12.5h6',
  generations: 'M3 3h10v7H8l-3 3v-3H3z',
  sessions: 'M2 3h8v5H6L4 10V8H2zM12 6h2v5h-1v2l-2-2H8',
  users: 'M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-5 6c.5-3 2.5-4 5-4s4.500 1 5 4',
  errors: 'M8 2.500 14.500 13.500h-13zM8 6.500v3m0 2v.5',
  models: 'M8 2l5.500 3v6L8 14l-5.500-3V5zM2.500 5 8 8m0 0 5.500-3M8 8v6',
  prices:
    'M8 2v12m3-9.500C10 3.500 9 3.500 8 3.500c-1.500 0-3 .7-3 2.200 0 3 6 1.600 6 4.600 0 1.500-1.500 2.200-3 2.200-1 0-2.300-.2-3.200-1.200',
  scores: 'M8 2.500l1.700 3.600 3.800.5-2.800 2.700.7 3.900L8 11.300l-3.400 1.900.7-3.900L2.500 6.600l3.800-.5z',
  prompts: 'M4 2h6l3 3v9H4zM6 8h5M6 11h3',
  agents: 'M3.500 6h9v7h-9zM8 3v3M6 9v1m4-1v1M8 3a.7.7 0 1 0 0-1.400',
  tools: 'M10 3a3 3 0 0 0 3 4l-6 6-2-2 6-6a3 3 0 0 1-1-2z',
  sql: 'M3 4c0-1 2-1.800 5-1.800S13 3 13 4v8c0 1-2 1.800-5 1.800S3 13 3 12zm0 0c0 1 2 1.800 5 1.800S13 5 13 4M3 8c0 1 2 1.800 5 1.800S13 9 13 8',
  system: 'M2.500 3h11v4h-11zm0 6h11v4h-11zM5 5h.5M5 11h.5',
  settings: 'M3 4h6m3 0h1M3 8h1m3 0h6M3 12h6m3 0h1M9 2.500v3M4.500 6.500v3M9 10.500v3',
}

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
