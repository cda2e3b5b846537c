// Views that were saved in this browser in; a menu to open, save and drop them out. A view is the query string of its page.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { parseSearch, stringifySearch, useUrlState } from '../state/search.ts'
import { keptForGood } from '../state/stored.ts'
import { Popover } from '../ui/popover.tsx'

interface SavedView {
  name: string
  search: string
}

const MAX_VIEWS = 50

function readViews(list: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(keptForGood(`views.${list}`).get() ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.filter((one): one is SavedView => typeof one?.name === 'string' && typeof one?.search === 'string')
  } catch {
    return []
  }
}

export function ViewsMenu({ list }: { list: string }) {
  const url = useUrlState()
  const navigate = useNavigate()
  const [views, setViews] = useState(() => readViews(list))
  const [name, setName] = useState('')
  const keep = (next: SavedView[]) => {
    setViews(next)
    keptForGood(`views.${list}`).set(JSON.stringify(next))
  }
  const save = () => {
    const others = views.filter((view) => view.name !== name.trim())
    keep([...others, { name: name.trim(), search: stringifySearch(url.search) }].slice(-MAX_VIEWS))
    setName('')
  }
  return (
    <Popover label="Views" align="end">
      {(close) => (
        <div className="views-menu">
          {views.length === 0 ? (
            <p className="muted">None saved yet. A view keeps the range, the filter and the columns.</p>
          ) : (
            <ul className="menu">
              {views.map((view) => (
                <li key={view.name} className="row">
                  <button
                    type="button"
                    onClick={() => {
                      void navigate({ to: '.', search: () => parseSearch(view.search) })
                      close()
                    }}
                  >
                    {view.name}
                  </button>
                  <button
                    type="button"
                    className="drop"
                    aria-label={`Drop the view ${view.name}`}
                    onClick={() => keep(views.filter((one) => one !== view))}
                  >
                    ✕
                  </button>
                </li>
              ))}
            </ul>
          )}
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault()
              if (name.trim() !== '') save()
            }}
          >
            <input
              type="text"
              aria-label="Name of the view"
              placeholder="Name this view"
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <button type="submit" className="button" disabled={name.trim() === ''}>
              Save
            </button>
          </form>
        </div>
      )}
    </Popover>
  )
}
