// Media in a message in; its kind and size, and the image itself once it is asked for, out.
import { useState } from 'react'
import { bytes } from '../format/numbers.ts'
import { safeHref } from './markdown-parse.ts'
import type { MediaPart } from './messages.ts'

/** No SVG: it is a document, not a picture. */
const SHOWN = /^image\/(png|jpeg|gif|webp|avif)$/
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/

export function Media({ part }: { part: MediaPart }) {
  const [isShown, setShown] = useState(false)
  const { mimeType, data, uri } = part
  const href = uri === undefined ? undefined : safeHref(uri)
  const size = data === undefined ? '' : `, ${bytes((data.length * 3) / 4)}`
  const canShow = data !== undefined && SHOWN.test(mimeType) && BASE64.test(data)
  return (
    <div className="media">
      <span className="badge">
        {mimeType}
        {size}
      </span>{' '}
      {canShow && (
        <button type="button" className="button" onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'} image
        </button>
      )}
      {href !== undefined ? (
        <a href={href} target="_blank" rel="noreferrer noopener nofollow">
          {href}
        </a>
      ) : (
        uri !== undefined && <code>{uri}</code>
      )}
      {isShown && canShow && (
        <img
          alt="Content of the message"
          src={`data:${mimeType};base64,${data.replaceAll('-', '+').replaceAll('_', '/')}`}
        />
      )}
    </div>
  )
}
