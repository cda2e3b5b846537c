// What cannot be undone in; a button that does it when it is pressed twice out. Leaving it forgets the first time.
import { useState } from 'react'

interface AskTwiceProps {
  /** What it says at first, and then. */
  first: string
  sure: string
  /** What it is of, for who cannot see where it stands. */
  of: string
  isQuiet?: boolean
  onSure: () => void
}

export function AskTwice({ first, sure, of, isQuiet = false, onSure }: AskTwiceProps) {
  const [isAsked, setAsked] = useState(false)
  const press = () => {
    if (isAsked) onSure()
    setAsked(!isAsked)
  }
  return (
    <button
      type="button"
      className={`button small ${isAsked ? 'danger' : isQuiet ? 'quiet' : ''}`}
      onClick={press}
      onBlur={() => setAsked(false)}
    >
      {isAsked ? sure : first}
      <span className="sr-only"> {of}</span>
    </button>
  )
}
