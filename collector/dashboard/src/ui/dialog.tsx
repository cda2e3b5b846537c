// What a modal shows in; a native dialog out: focus stays inside, Escape closes, focus goes back to where it was.
import { type ReactNode, useEffect, useRef } from 'react'

export interface DialogProps {
  title: string
  onClose: () => void
  className?: string
  children: ReactNode
}

export function Dialog({ title, onClose, className = '', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (element !== null && !element.open) element.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        // the backdrop is the dialog itself
        if (event.target === dialog.current) onClose()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}
