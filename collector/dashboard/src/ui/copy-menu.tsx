// What a view was made of in; a menu to take it elsewhere out: link, absolute link, cURL, JSON, SQL.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAbout } from '../api/queries.ts'
import { getKey } from '../state/key.ts'
import { absoluteRange, DEFAULT_FROM } from '../state/range.ts'
import { stringifySearch, useUrlState } from '../state/search.ts'
import { copyText, curlOf } from './copy.ts'
import { Popover } from './popover.tsx'

interface CopyMenuProps {
  /** Path of the API with its parameters. */
  path?: string
  body?: unknown
  sql?: string
  /** The data in view; asked for when copied. */
  json?: () => unknown
  /** Says which view the menu is of, where there are several. */
  of?: string
}

export function CopyMenu({ path, body, sql, json, of }: CopyMenuProps) {
  const url = useUrlState()
  const navigate = useNavigate()
  const [done, setDone] = useState('')
  const about = useAbout()
  const copy = (what: string, text: string, close: () => void) => {
    void copyText(text).then(() => setDone(what))
    close()
  }
  const absolute = (): string => {
    const range = absoluteRange({ from: url.get('from') ?? DEFAULT_FROM, to: url.get('to') }, Date.now())
    return `${location.origin}${location.pathname}${stringifySearch({ ...url.search, ...range })}`
  }
  const needsKey = getKey() !== undefined || about.data?.caller === null
  return (
    <div className="copy-menu">
      <span role="status" className="muted">
        {done === '' ? '' : `${done} copied`}
      </span>
      <Popover align="end" label={<>Copy{of !== undefined && <span className="sr-only"> {of}</span>}</>}>
        {(close) => (
          <ul className="menu">
            <li>
              <button type="button" onClick={() => copy('Link', location.href, close)}>
                Link
              </button>
            </li>
            <li>
              <button type="button" onClick={() => copy('Link', absolute(), close)}>
                Link with absolute times
              </button>
            </li>
            {path !== undefined && (
              <li>
                <button
                  type="button"
                  onClick={() =>
                    copy('cURL', curlOf(path, { ...(body === undefined ? {} : { body }), needsKey }), close)
                  }
                >
                  cURL
                </button>
              </li>
            )}
            {json !== undefined && (
              <li>
                <button type="button" onClick={() => copy('JSON', JSON.stringify(json(), null, 2), close)}>
                  JSON
                </button>
              </li>
            )}
            {sql !== undefined && (
              <>
                <li>
                  <button type="button" onClick={() => copy('SQL', sql, close)}>
                    SQL
                  </button>
                </li>
                <li>
                  <button type="button" onClick={() => void navigate({ to: '/sql', search: { query: sql } })}>
                    Open in SQL
                  </button>
                </li>
              </>
            )}
          </ul>
        )}
      </Popover>
    </div>
  )
}
