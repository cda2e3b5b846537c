// Test help: what a preview and the tool names of an output are, said with strings and regular expressions.

const CHARACTERS = 200
const SEARCH_BYTES = 8192
const SEARCH_BACK_BYTES = 2048

/** The first 200 characters of the last (`newest`) or first message's content, else of the text itself. */
export function expectedPreview(text: string, newest: boolean): string {
  // In latin1 a character is a byte, and the search windows are counted in bytes.
  const bytes = Buffer.from(text).toString('latin1')
  const at = /^[[{]/.test(text) ? contentStart(bytes, newest) : undefined
  const shown = at === undefined ? '' : unescaped(Buffer.from(bytes.slice(at), 'latin1').toString())
  return shown === '' ? head(text) : shown
}

const head = (text: string): string => [...text].slice(0, CHARACTERS).join('')

function contentStart(bytes: string, newest: boolean): number | undefined {
  const found = [...bytes.matchAll(/(?<!\\)"content"[ :\n]*"/g)]
  const first = found.find(({ index }) => index + '"content"'.length <= SEARCH_BYTES)
  const last = found.findLast(({ index }) => index >= bytes.length - SEARCH_BACK_BYTES)
  const match = newest ? (last ?? first) : first
  return match === undefined ? undefined : match.index + match[0].length
}

/** The JSON string that the text starts with, on one line. */
function unescaped(text: string): string {
  const body = /^(?:[^"\\]|\\.)*/su.exec(text)![0]
  const characters = body.match(/\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[\da-fA-F]{4}|\\.|[^\\]/gsu) ?? []
  return characters
    .slice(0, CHARACTERS)
    .map((character) => {
      if (!character.startsWith('\\')) return character
      if (character === '\\u') return ''
      if (character.startsWith('\\u')) return (JSON.parse(`"${character}"`) as string).toWellFormed()
      return '"\\/'.includes(character[1]!) ? character[1]! : ' '
    })
    .join('')
}

/** Names of the tool calls anywhere in the JSON, in the order in which their parts name their type. */
export function expectedToolNames(text: string): string[] {
  const names: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { type, name } = value as { type?: unknown; name?: unknown }
    // Kept as JSON writes it: no provider allows a name that needs an escape.
    if (type === 'tool_call' && typeof name === 'string') names.push(JSON.stringify(name).slice(1, -1))
    for (const inner of Object.values(value)) visit(inner)
  }
  try {
    visit(JSON.parse(text))
  } catch {
    return []
  }
  return names
}
