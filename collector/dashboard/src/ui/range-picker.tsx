// The range of the URL in; a menu of relative ranges and a form of absolute ones out, with the zone always printed.
import { useState } from 'react'
import { BROWSER_ZONE, getZone, instant, isZone, offsetOf, setZone, useZone } from '../format/time.ts'
import { useKeys } from '../keys.ts'
import { DEFAULT_FROM, instantMs, PRESETS, rangeLabel, rangeMs, scaledRange } from '../state/range.ts'
import { useUrlState } from '../state/search.ts'
import { Popover } from './popover.tsx'

export function RangePicker() {
  const url = useUrlState()
  const zone = useZone()
  const range = { from: url.get('from') ?? DEFAULT_FROM, to: url.get('to') }
  const [opened, setOpened] = useState(0)
  const zoom = (factor: number) => url.set(scaledRange(range, factor, Date.now()))
  useKeys({ t: () => setOpened(opened + 1), '-': () => zoom(2), '+': () => zoom(0.5) })
  return (
    <div className="range-picker">
      <button
        type="button"
        className="button icon-button"
        aria-label="Zoom out in time"
        title="Zoom out (-)"
        onClick={() => zoom(2)}
      >
        −
      </button>
      <Popover
        align="end"
        openedBy={opened}
        title="Time range (t)"
        label={
          <>
            <span className="sr-only">Time range: </span>
            {rangeLabel(range, (ms) => instant(ms, 'short'))}
            <span className="muted zone-name">{shortZone(zone)}</span>
          </>
        }
      >
        {(close) => (
          <div className="range-panel">
            <ul className="menu">
              {PRESETS.map(([from, label]) => (
                <li key={from}>
                  <button
                    type="button"
                    aria-current={range.from === from && range.to === undefined}
                    onClick={() => {
                      url.set({ from: from === DEFAULT_FROM ? undefined : from, to: undefined })
                      close()
                    }}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
            <div>
              <AbsoluteForm
                key={`${range.from} ${range.to} ${zone}`}
                range={range}
                onPick={(picked) => {
                  url.set(picked)
                  close()
                }}
              />
              <ZoneForm />
            </div>
          </div>
        )}
      </Popover>
    </div>
  )
}

const shortZone = (zone: string): string =>
  zone === 'UTC' ? 'UTC' : `${zone.split('/').at(-1)?.replaceAll('_', ' ')} ${offsetOf(zone).replace('UTC', '')}`

interface FormProps {
  range: { from: string; to: string | undefined }
  onPick: (range: { from: string; to: string | undefined }) => void
}

function AbsoluteForm({ range, onPick }: FormProps) {
  const { fromMs, toMs } = rangeMs(range, Date.now())
  const [from, setFrom] = useState(instant(fromMs))
  const [to, setTo] = useState(range.to === undefined ? 'now' : instant(toMs))
  const [wrong, setWrong] = useState('')
  const submit = () => {
    const first = toInstant(from)
    const last = to.trim() === 'now' || to.trim() === '' ? undefined : toInstant(to)
    if (first === undefined) return setWrong('From is no time.')
    if (last === undefined && !/^(now|)$/.test(to.trim())) return setWrong('To is no time.')
    if (last !== undefined && last <= first) return setWrong('To is not after from.')
    onPick({ from: first, to: last })
  }
  return (
    <form
      className="absolute-form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label>
        From
        <input type="text" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        To
        <input type="text" value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <p className="muted">2026-01-31 12:00, now-3h, ISO 8601 or Unix time.</p>
      {wrong !== '' && (
        <p role="alert" className="bad">
          {wrong}
        </p>
      )}
      <button type="submit" className="button primary">
        Show
      </button>
    </form>
  )
}

/** A time as typed, in the zone shown unless it says its own; undefined when it is none. */
function toInstant(text: string): string | undefined {
  const given = text.trim().replace(' ', 'T')
  if (/^now-\d/.test(given)) return given
  const ms = instantMs(given, Date.now())
  if (ms === undefined) return undefined
  if (/(Z|[+-]\d\d:?\d\d)$/.test(given) || /^\d+$/.test(given)) return new Date(ms).toISOString()
  return new Date(ms - offsetMs(ms)).toISOString()
}

// The zone's offset there; asked for the wall clock's own instant, so an hour around a change may be off by its change.
function offsetMs(ms: number): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /UTC([+-])(\d\d):(\d\d)/.exec(offsetOf(getZone(), ms)) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

function ZoneForm() {
  const zone = useZone()
  const [typed, setTyped] = useState(zone)
  const names = [
    'UTC',
    BROWSER_ZONE,
    ...(typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []),
  ]
  return (
    <div className="zone-form">
      <label>
        Time zone
        <input
          type="text"
          list="zones"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            if (isZone(event.target.value)) setZone(event.target.value)
          }}
        />
      </label>
      <datalist id="zones">
        {[...new Set(names)].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p className="muted">
        Now {offsetOf(zone)}
        {zone === BROWSER_ZONE ? ', as your browser' : ''}.
      </p>
    </div>
  )
}
