// The name of a custom property in; the colour that it has now out, as canvases want it.

/** `light-dark()` is settled only where a colour is used: so it is used for a moment. */
export function colourOf(root: HTMLElement, name: string): string {
  const before = root.style.color
  root.style.color = `var(${name})`
  const { color } = getComputedStyle(root)
  root.style.color = before
  return color
}
