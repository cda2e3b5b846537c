// Key presses in; what the page in view does for them out.
import { useEffect, useRef } from 'react'
import { KEYS, type Key } from './key-list.ts'

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
