// The one list of keys: what pages listen to, and what the help shows.

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
