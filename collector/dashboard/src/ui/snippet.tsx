// A text to paste in; the text and a button that copies it out.
import { useState } from 'react'
import { copyText } from './copy.ts'

export function Snippet({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="snippet">
      <pre tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <button type="button" className="button" onClick={() => void copyText(text).then(() => setCopied(true))}>
        {isCopied ? 'Copied' : 'Copy'}
        <span className="sr-only"> {label}</span>
      </button>
    </div>
  )
}
