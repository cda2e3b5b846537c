// The API key of this tab: kept until the tab closes, sent with each request, never in a URL.
import { watched } from './signal.ts'
import { keptForTab } from './stored.ts'

const kept = keptForTab('key')
let key = kept.get()

/** Whether the collector refused the key in use, or asks for one. */
export const keyAsked = watched(false)

export const getKey = (): string | undefined => key

export function setKey(next: string | undefined): void {
  key = next === '' ? undefined : next
  kept.set(key)
  keyAsked.set(false)
}

export function onKeyRefused(): void {
  keyAsked.set(true)
}
