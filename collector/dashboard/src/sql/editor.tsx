// The text of a query in; an editor that proposes names of views and columns, and runs it, out.
import { useRef, useState } from 'react'
import { SPAN_COLUMNS, TRACE_COLUMNS } from '../../../src/query/columns.ts'
import { OPEN_VIEWS } from '../../../src/query/sql/views.ts'
import { useKeys } from '../keys.ts'

interface EditorProps {
  text: string
  onChange: (text: string) => void
  onRun: () => void
  isRunning: boolean
}

const WORDS =
  'SELECT FROM WHERE GROUP BY ORDER BY LIMIT HAVING INTERVAL count() sum( avg( quantile( uniq( toStartOfHour( toStartOfInterval( now()'.split(
    ' ',
  )
const NAMES: readonly string[] = [
  ...new Set([...OPEN_VIEWS, ...Object.keys(SPAN_COLUMNS), ...Object.keys(TRACE_COLUMNS), ...WORDS]),
]
const MAX_PROPOSALS = 8

export function Editor({ text, onChange, onRun, isRunning }: EditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  useKeys({ '/': () => area.current?.focus() })
  const word = /[\w.]+$/.exec(text.slice(0, caret))?.[0] ?? ''
  const proposals =
    word.length < 2
      ? []
      : NAMES.filter((name) => name.toLowerCase().startsWith(word.toLowerCase()) && name !== word).slice(
          0,
          MAX_PROPOSALS,
        )
  const take = (name: string | undefined) => {
    if (name === undefined) return
    const at = caret - word.length + name.length
    onChange(text.slice(0, caret - word.length) + name + text.slice(caret))
    setCaret(at)
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(at, at)
    })
  }
  return (
    <div className="editor">
      <textarea
        ref={area}
        className="mono"
        aria-label="SQL query"
        spellCheck={false}
        rows={Math.min(16, Math.max(6, text.split('\n').length + 1))}
        value={text}
        onChange={(event) => {
          onChange(event.target.value)
          setCaret(event.target.selectionStart)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={(event) => {
          const isMod = event.ctrlKey || event.metaKey
          if (isMod && event.key === 'Enter') onRun()
          else if (isMod && event.key === ' ') take(proposals[0])
          else return
          event.preventDefault()
        }}
      />
      <div className="row">
        <button type="button" className="button primary" onClick={onRun} disabled={isRunning || text.trim() === ''}>
          {isRunning ? 'Running …' : 'Run'} <kbd>Ctrl Enter</kbd>
        </button>
        {proposals.map((name, index) => (
          <button type="button" className="button quiet mono" key={name} onClick={() => take(name)}>
            {name}
            {index === 0 && <span className="muted"> Ctrl Space</span>}
          </button>
        ))}
      </div>
    </div>
  )
}
