// A few letters in; pages, commands and ids that fit out. Enter goes there.
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { BROWSER_ZONE, setZone, useZone } from '../format/time.ts'
import { PAGES } from '../pages.ts'
import { NEXT_THEME, setTheme, useTheme } from '../state/theme.ts'
import { Dialog } from './dialog.tsx'

interface Entry {
  name: string
  hint: string
  run: () => void
}

export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const entries = useEntries(text, onHelp)
  const at = Math.min(chosen, Math.max(entries.length - 1, 0))
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    onClose()
    entry.run()
  }
  return (
    <Dialog title="Go to" className="palette" onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={entries.length === 0 ? undefined : `${list}-${at}`}
        aria-label="Page, command, trace or span id"
        placeholder="Page, command, trace id, session, user …"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, entries.length - 1))
          else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0))
          else if (event.key === 'Enter') run(entries[at])
          else return
          event.preventDefault()
        }}
      />
      <div role="listbox" id={list} aria-label="Found" className="palette-list">
        {entries.map((entry, index) => (
          <div
            key={entry.name}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => run(entry)}
            onPointerMove={() => setChosen(index)}
          >
            <span>{entry.name}</span>
            <span className="muted">{entry.hint}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className="muted palette-none">Nothing of that name.</p>}
    </Dialog>
  )
}

function useEntries(text: string, onHelp: () => void): Entry[] {
  const navigate = useNavigate()
  const theme = useTheme()
  const zone = useZone()
  const otherZone = zone === 'UTC' ? BROWSER_ZONE : 'UTC'
  const words = text.trim().toLowerCase()
  const pages = PAGES.map(({ path, name, about }) => ({ name, hint: about, run: () => void navigate({ to: path }) }))
  const commands: Entry[] = [
    { name: `Theme: ${NEXT_THEME[theme]}`, hint: `now ${theme}`, run: () => setTheme(NEXT_THEME[theme]) },
    { name: `Times in ${otherZone}`, hint: `now ${zone}`, run: () => setZone(otherZone) },
    { name: 'Keys', hint: 'the list of keys', run: onHelp },
  ]
  const fitting = [...pages, ...commands].filter(({ name, hint }) => `${name} ${hint}`.toLowerCase().includes(words))
  return [...idEntries(text.trim(), (to) => void navigate({ to })), ...fitting].slice(0, 30)
}

function idEntries(text: string, go: (to: string) => void): Entry[] {
  const id = text.toLowerCase().replaceAll('-', '')
  const [trace, span] = id.split('/')
  if (trace !== undefined && /^[0-9a-f]{32}$/.test(trace)) {
    const to = `/traces/${trace}${span !== undefined && /^[0-9a-f]{16}$/.test(span) ? `?span=${span}` : ''}`
    return [{ name: `Trace ${trace}`, hint: span ?? 'open', run: () => go(to) }]
  }
  if (text === '') return []
  const value = encodeURIComponent(text)
  return [
    { name: `Session ${text}`, hint: 'open by its id', run: () => go(`/sessions/${value}`) },
    { name: `User ${text}`, hint: 'open by their id', run: () => go(`/users/${value}`) },
  ]
}
