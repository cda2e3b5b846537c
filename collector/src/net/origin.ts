// A text in; the origin of a page out, in the form in which a browser sends it.

/** undefined when it is none. `*` is passed on: whoever reads it decides whether that means all. */
export function parseOrigin(text: string): string | undefined {
  if (text === '*') return text
  const url = URL.parse(text)
  if (url === null || url.host === '' || url.host.includes('*')) return undefined
  const isBare = (url.pathname === '/' || url.pathname === '') && url.search === '' && url.hash === ''
  if (!isBare || url.username !== '' || url.password !== '') return undefined
  // Of app schemes such as capacitor: a URL has no origin, but a browser sends one.
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin
}
