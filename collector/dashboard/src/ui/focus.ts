// A selector in; the focus goes to what it finds, as soon as that is there.

const MAX_FRAMES = 120

/** What has just been opened is there after a paint, or when its data have come. */
export function focusWhenThere(selector: string, framesLeft = MAX_FRAMES): void {
  const found = document.querySelector<HTMLElement>(selector)
  if (found !== null) found.focus()
  else if (framesLeft > 0) requestAnimationFrame(() => focusWhenThere(selector, framesLeft - 1))
}
