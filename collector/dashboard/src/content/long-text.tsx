// A text of any length in; its first 16 KB, and the rest by pieces on demand, out. Millions of characters do not freeze the page.
import { useState } from 'react'
import { bytes } from '../format/numbers.ts'
import { copyText } from '../ui/copy.ts'
import { Markdown } from './markdown.tsx'

/** What is shown without being asked for. */
export const FIRST_CHARS = 16_384
const PIECE_CHARS = 65_536

interface LongTextProps {
  text: string
  isMarkdown?: boolean
}

export function LongText({ text, isMarkdown = false }: LongTextProps) {
  const [shown, setShown] = useState(FIRST_CHARS)
  if (text.length <= FIRST_CHARS) return isMarkdown ? <Markdown text={text} /> : <pre className="plain">{text}</pre>
  return (
    <div className="long-text">
      {piecesOf(text, shown).map((piece) => (
        <pre className="plain piece" key={piece.from}>
          {piece.text}
        </pre>
      ))}
      <p className="row">
        <span className="muted">
          {bytes(Math.min(shown, text.length))} of {bytes(text.length)}
        </span>
        {shown < text.length && (
          <>
            <button type="button" className="button" onClick={() => setShown(shown + PIECE_CHARS)}>
              Show more
            </button>
            <button type="button" className="button" onClick={() => setShown(text.length)}>
              Show all
            </button>
          </>
        )}
        <button type="button" className="button" onClick={() => void copyText(text)}>
          Copy all
        </button>
        <button type="button" className="button" onClick={() => download(text)}>
          Download
        </button>
      </p>
    </div>
  )
}

/** Pieces of their own: the browser lays out only those in sight. */
function piecesOf(text: string, shown: number): { from: number; text: string }[] {
  const pieces = [{ from: 0, text: text.slice(0, FIRST_CHARS) }]
  for (let from = FIRST_CHARS; from < Math.min(shown, text.length); from += PIECE_CHARS) {
    pieces.push({ from, text: text.slice(from, from + PIECE_CHARS) })
  }
  return pieces
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'content.txt'
  link.click()
  URL.revokeObjectURL(url)
}
