// A view's API path in; what people paste elsewhere out.

/** A shell command that asks the same; the key is for the shell to fill in. */
export function curlOf(path: string, options: { body?: unknown; needsKey?: boolean } = {}): string {
  const key = options.needsKey === true ? ` -H "authorization: Bearer $INSIGHTS_API_KEY"` : ''
  const body =
    options.body === undefined ? '' : ` -H 'content-type: application/json' -d ${quoted(JSON.stringify(options.body))}`
  return `curl -sS ${quoted(`${location.origin}${path}`)}${key}${body}`
}

// In single quotes a shell reads everything as it is, but for the quote itself.
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return await navigator.clipboard.writeText(text)
  // a page that is not on localhost and not https has no clipboard of its own
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
