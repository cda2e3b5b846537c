// The caller in; project, key, keys of the project, and how this page shows things, out.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAbout } from '../api/queries.ts'
import { BROWSER_ZONE, isZone, offsetOf, setZone, useZone } from '../format/time.ts'
import { Kept } from '../settings/kept.tsx'
import { Keys } from '../settings/keys.tsx'
import { ScoreNames } from '../settings/score-names.tsx'
import { getKey, setKey } from '../state/key.ts'
import { setTheme, type Theme, useTheme } from '../state/theme.ts'

export function Settings() {
  const about = useAbout()
  const caller = about.data?.caller
  const isAdmin = caller?.scopes.includes('admin') === true
  return (
    <div className="stack settings-page">
      <h1>Settings</h1>
      <section className="card stack">
        <h2>Project</h2>
        <dl className="facts">
          <div>
            <dt>Project</dt>
            <dd>{caller?.project ?? '–'}</dd>
          </div>
          <div>
            <dt>May</dt>
            <dd>{caller?.scopes.join(', ') ?? '–'}</dd>
          </div>
        </dl>
        <KeyInUse />
      </section>
      {isAdmin && <Keys />}
      <ScoreNames isAdmin={isAdmin} />
      <Kept />
      <Display />
    </div>
  )
}

function KeyInUse() {
  const client = useQueryClient()
  const key = getKey()
  const [isGone, setGone] = useState(false)
  if (key === undefined || isGone) return <p className="muted">No key is in use in this tab.</p>
  return (
    <p className="row">
      <span>
        Key <code>{key.slice(0, 6)}…</code> is in use in this tab.
      </span>
      <button
        type="button"
        className="button"
        onClick={() => {
          setKey(undefined)
          setGone(true)
          void client.resetQueries()
        }}
      >
        Forget it
      </button>
    </p>
  )
}

const THEMES: readonly [Theme, string][] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

function Display() {
  const theme = useTheme()
  const zone = useZone()
  const [typed, setTyped] = useState(zone)
  return (
    <section className="card stack">
      <h2>Display</h2>
      <fieldset className="row">
        <legend>Theme</legend>
        {THEMES.map(([value, name]) => (
          <label className="check" key={value}>
            <input type="radio" name="theme" checked={theme === value} onChange={() => setTheme(value)} />
            {name}
          </label>
        ))}
      </fieldset>
      <div className="row">
        <label>
          Time zone, any IANA name
          <input
            type="text"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setZone(event.target.value)
            }}
          />
        </label>
        <button
          type="button"
          className="button"
          onClick={() => {
            setTyped(BROWSER_ZONE)
            setZone(BROWSER_ZONE)
          }}
        >
          As the browser
        </button>
        <span className="muted">{isZone(typed) ? `${zone}, ${offsetOf(zone)}` : 'There is no such zone.'}</span>
      </div>
    </section>
  )
}
