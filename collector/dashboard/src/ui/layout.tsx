// The page in view in; navigation, range, zone, theme and key around it out.
import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useAbout } from '../api/queries.ts'
import { BROWSER_ZONE, setZone, useZone } from '../format/time.ts'
import { useKeys } from '../keys.ts'
import { PAGES, type PageEntry } from '../pages.ts'
import { keyAsked } from '../state/key.ts'
import { useWatched } from '../state/signal.ts'
import { NEXT_THEME, setTheme, useTheme } from '../state/theme.ts'
import { Help } from './help.tsx'
import { Icon } from './icon.tsx'
import { KeyGate } from './key-gate.tsx'
import { Palette } from './palette.tsx'
import { RangePicker } from './range-picker.tsx'

const GROUPS: readonly [PageEntry['group'], string][] = [
  ['watch', 'Watch'],
  ['look', 'Look'],
  ['money', 'Models'],
  ['own', 'Run'],
]
/** Pages on which the range means nothing. */
const TIMELESS = /^\/(settings|start|sql|traces\/.+|sessions\/.+)$/

export function Layout() {
  const [shown, setShown] = useState<'palette' | 'help'>()
  const theme = useTheme()
  const zone = useZone()
  const client = useQueryClient()
  const about = useAbout()
  const isAsked = useWatched(keyAsked)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const close = () => setShown(undefined)
  const toggleZone = () => setZone(zone === 'UTC' ? BROWSER_ZONE : 'UTC')
  useKeys({
    'mod+k': () => setShown(shown === 'palette' ? undefined : 'palette'),
    '?': () => setShown('help'),
    r: () => void client.invalidateQueries(),
    u: toggleZone,
    d: () => setTheme(NEXT_THEME[theme]),
  })
  useTitle(path)
  const needsKey = isAsked || (about.data !== undefined && about.data.caller === null)
  return (
    <div className="frame">
      <a className="skip" href="#main">
        To the content
      </a>
      <Navigation version={about.data?.version} project={about.data?.caller?.project} />
      <div className="page">
        <header className="bar">
          <button type="button" className="button search-button" onClick={() => setShown('palette')}>
            <span>Go to …</span> <kbd>Ctrl K</kbd>
          </button>
          <Busy />
          <div className="bar-end">
            {!TIMELESS.test(path) && <RangePicker />}
            <button type="button" className="button" onClick={toggleZone} title="Times in UTC or in your zone (u)">
              <span className="sr-only">Times are shown in </span>
              {zone === 'UTC' ? 'UTC' : zone === BROWSER_ZONE ? 'Local' : zone}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => setTheme(NEXT_THEME[theme])}
              title="Dark, light, or as the system (d)"
            >
              <span className="sr-only">Theme: </span>
              {THEME_WORDS[theme]}
            </button>
            <button
              type="button"
              className="button icon-button"
              onClick={() => setShown('help')}
              title="Keys (?)"
              aria-label="Keys"
            >
              ?
            </button>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {needsKey ? (
            <KeyGate />
          ) : (
            <Suspense fallback={<p className="muted loading">Loading …</p>}>
              <Outlet />
            </Suspense>
          )}
        </main>
      </div>
      {shown === 'palette' && <Palette onClose={close} onHelp={() => setShown('help')} />}
      {shown === 'help' && <Help onClose={close} />}
    </div>
  )
}

const THEME_WORDS = { system: 'Auto', light: 'Light', dark: 'Dark' } as const

function Navigation({ version, project }: { version: string | undefined; project: string | undefined }) {
  return (
    <nav className="nav" aria-label="Pages">
      <Link to="/" className="brand">
        <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
          <rect width="32" height="32" rx="7" className="brand-box" />
          <g fill="#fff">
            <rect x="6" y="8" width="20" height="4" rx="2" />
            <rect x="11" y="14" width="11" height="4" rx="2" opacity=".85" />
            <rect x="15" y="20" width="9" height="4" rx="2" opacity=".7" />
          </g>
        </svg>
        <span>Insights</span>
      </Link>
      {GROUPS.map(([group, name]) => (
        <div key={group} className="nav-group">
          <p className="nav-head" id={`nav-${group}`}>
            {name}
          </p>
          <ul aria-labelledby={`nav-${group}`}>
            {PAGES.filter((page) => page.group === group).map(({ path, name: label, icon }) => (
              <li key={path}>
                <Link to={path} activeOptions={{ exact: path === '/', includeSearch: false }}>
                  <Icon name={icon} />
                  <span>{label}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className="nav-foot muted">
        {project !== undefined && <span>Project {project}</span>}
        {version !== undefined && <span>Version {version}</span>}
      </p>
    </nav>
  )
}

/** A line while something loads; nothing moves for those who asked for that. */
function Busy() {
  const isBusy = useIsFetching() > 0
  return <div className={isBusy ? 'busy on' : 'busy'} role="status" aria-label={isBusy ? 'Loading' : undefined} />
}

function useTitle(path: string): void {
  useEffect(() => {
    const page = PAGES.find(({ path: own }) => (own === '/' ? path === '/' : path.startsWith(own)))
    document.title = page === undefined ? 'Hanzo Insights' : `${page.name} · Hanzo Insights`
  }, [path])
}
