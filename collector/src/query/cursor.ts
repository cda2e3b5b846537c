// The sort key of a page's last row in; an opaque text for the next request out, and back.

const VERSION = 1
// Years that a DateTime64(9) can hold.
const SQL_TIME = /^(?:19[7-9]\d|2[01]\d\d|22[0-5]\d|226[01])-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9}$/
const MAX_LENGTH = 4_096

/** @param list names the list, since a key of one list means nothing in another */
export function encodeCursor(list: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([VERSION, list, ...key])).toString('base64url')
}

/** The key (a time in SQL's spelling, then ids), or undefined when the text is not a cursor of this list. */
export function decodeCursor(list: string, keyLength: number, cursor: string): string[] | undefined {
  if (cursor.length > MAX_LENGTH || !/^[\w-]+$/.test(cursor)) return undefined
  const parts = parseArray(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (parts === undefined || parts.length !== keyLength + 2 || parts[0] !== VERSION || parts[1] !== list)
    return undefined
  const key = parts.slice(2)
  if (!key.every((part) => typeof part === 'string') || !SQL_TIME.test(key[0] ?? '')) return undefined
  return Number.isNaN(Date.parse(`${key[0]?.slice(0, 19).replace(' ', 'T')}Z`)) ? undefined : key
}

function parseArray(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined // the caller answers 400
  }
}
