// A button and its panel in; the panel opens below, and closes by Escape, a click elsewhere, or the focus leaving.
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface PopoverProps {
  label: ReactNode
  /** For who cannot see the label. */
  title?: string
  className?: string
  align?: 'start' | 'end'
  /** Opens when it changes to true. */
  openedBy?: number
  children: (close: () => void) => ReactNode
}

export function Popover({ label, title, className = '', align = 'start', openedBy = 0, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false)
  const [seen, setSeen] = useState(openedBy)
  if (openedBy !== seen) {
    setSeen(openedBy)
    setOpen(true)
  }
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    root.current?.querySelector<HTMLElement>('.popover-panel :is(button, input, a, select, textarea)')?.focus()
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [isOpen])
  return (
    <div
      className={`popover ${className}`}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        event.preventDefault()
        close()
      }}
      onBlur={(event) => {
        if (isOpen && event.relatedTarget instanceof Node && !root.current?.contains(event.relatedTarget))
          setOpen(false)
      }}
      role="presentation"
    >
      <button
        type="button"
        className="button"
        ref={button}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        title={title}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </button>
      {isOpen && (
        <div className={`popover-panel popover-${align}`} id={id}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
