// Key presses in; what the page in view does for them out. The one list of keys, which the help shows too.
import { useEffect, useRef } from 'react'

/** Every key of the page: name as `useKeys` has it, how it is written, what it does. */
export const KEYS = [
  { key: 'j', shown: 'j', does: 'Next row, span or trace' },
  { key: 'k', shown: 'k', does: 'Previous row, span or trace' },
  { key: 'Enter', shown: 'Enter', does: 'Open the row' },
  { key: 'Escape', shown: 'Esc', does: 'Close what is open' },
  { key: '/', shown: '/', does: 'Search on this page' },
  { key: 'n', shown: 'n', does: 'Next match' },
  { key: 'N', shown: 'N', does: 'Previous match' },
  { key: 'J', shown: 'J', does: 'Next trace of the list' },
  { key: 'K', shown: 'K', does: 'Previous trace of the list' },
  { key: '[', shown: '[', does: 'Fold the span' },
  { key: ']', shown: ']', does: 'Unfold the span' },
  { key: '{', shown: '{', does: 'Fold all' },
  { key: '}', shown: '}', does: 'Unfold all' },
  { key: 'g', shown: 'g', does: 'Tree or graph of a trace' },
  { key: 'e', shown: 'e', does: 'Score the span' },
  { key: 'E', shown: 'E', does: 'Score the trace' },
  { key: 'mod+k', shown: 'Ctrl K', does: 'Go to a page, a trace, a command' },
  { key: 'r', shown: 'r', does: 'Load again' },
  { key: 'l', shown: 'l', does: 'Live tail on and off' },
  { key: 't', shown: 't', does: 'Pick a time range' },
  { key: '-', shown: '-', does: 'Zoom out in time' },
  { key: '+', shown: '+', does: 'Zoom in in time' },
  { key: 'u', shown: 'u', does: 'Times in UTC, or in your zone' },
  { key: 'd', shown: 'd', does: 'Dark, light, or as the system' },
  { key: '?', shown: '?', does: 'This list' },
] as const

export type Key = (typeof KEYS)[number]['key']
type Handlers = Partial<Record<Key, (event: KeyboardEvent) => void>>

const layers: { handlers: Handlers }[] = []

/** While the component is there. What was mounted last is asked first; a key that it does not know goes to the one below. */
export function useKeys(handlers: Handlers): void {
  const latest = useRef({ handlers })
  latest.current.handlers = handlers
  useEffect(() => {
    const layer = latest.current
    layers.push(layer)
    if (layers.length === 1) window.addEventListener('keydown', onKeyDown)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const key = nameOf(event)
  if (key === undefined || (isTyping(event.target) && key !== 'mod+k')) return
  // a dialog is a room of its own: only its keys, and those that it has from the browser
  const isInDialog = document.querySelector('dialog[open]') !== null
  if (isInDialog && key !== 'mod+k') return
  for (const { handlers } of [...layers].reverse()) {
    const handler = handlers[key]
    if (handler === undefined) continue
    event.preventDefault()
    handler(event)
    return
  }
}

function nameOf(event: KeyboardEvent): Key | undefined {
  const isMod = event.ctrlKey || event.metaKey
  const name = isMod ? `mod+${event.key.toLowerCase()}` : event.key
  return KEYS.find(({ key }) => key === name || (key === '+' && name === '='))?.key
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  // a link or button that has the focus takes Enter by itself
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
