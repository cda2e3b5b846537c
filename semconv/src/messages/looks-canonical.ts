// The text of a content attribute -> whether it begins as canonical messages do. Looks at the first message only.

/**
 * Whether a text begins as canonical messages do, so that it may be kept byte for byte. The grammar, all of ASCII:
 *
 * ```
 * text    = ws "[" ws "{" ws *( member "," ws ) %s'"parts"' ws ":" ws "[" ws ( "]" / "{" ws part )
 * part    = *( member "," ws ) %s'"type"' ws ":" ws type
 * member  = string ws ":" ws string ws        ; a member of the message may not have the value "model" (Gemini's role)
 * type    = ( "text" / "reasoning" ) in quotes, with a member "content" before it or ws "," ws "content" in quotes after it
 *         / ( "tool_call" / "tool_call_response" / "blob" / "uri" / "server_tool_call" / "server_tool_call_response" ) in quotes
 * string  = a JSON string; ws = *( %x20 / %x09 / %x0A / %x0D )
 * ```
 * What follows is not looked at, so a text that was cut off later looks canonical too.
 */
export function looksCanonical(text: string): boolean {
  const at = afterMembers(text, after(text, '{', after(text, '[', 0)), '"parts"')
  const list = after(text, '[', at.next)
  if (list < 0 || at.wasModel) return false
  if (text[list] === ']') return true
  const part = afterMembers(text, after(text, '{', list), '"type"')
  if (part.next < 0) return false
  const end = stringEnd(text, part.next)
  if (end < 0) return false
  const type = text.slice(part.next + 1, end - 1)
  if (type !== 'text' && type !== 'reasoning') return TYPES.has(type)
  if (part.hadContent) return true
  const comma = after(text, ',', skip(text, end))
  return comma >= 0 && text.startsWith('"content"', comma)
}

const TYPES: ReadonlySet<string> = new Set([
  'tool_call',
  'tool_call_response',
  'blob',
  'uri',
  'server_tool_call',
  'server_tool_call_response',
])
const NOWHERE = { next: -1, hadContent: false, wasModel: false }

/** Position of what follows `char`, which must stand at `at` or after white space; -1 otherwise. */
function after(text: string, char: string, at: number): number {
  if (at < 0) return -1
  const here = skip(text, at)
  return text[here] === char ? skip(text, here + 1) : -1
}

/** Skips members with string values up to `name`, and its colon. */
function afterMembers(text: string, at: number, name: string): typeof NOWHERE {
  let [next, hadContent, wasModel] = [at, false, false]
  while (next >= 0 && !text.startsWith(name, next)) {
    hadContent ||= text.startsWith('"content"', next)
    const value = after(text, ':', stringEnd(text, next))
    const end = stringEnd(text, value)
    wasModel ||= value >= 0 && text.startsWith('"model"', value)
    next = after(text, ',', end)
  }
  return next < 0 ? NOWHERE : { next: after(text, ':', next + name.length), hadContent, wasModel }
}

/** Position after the string that begins at `at`; -1 when none does. */
function stringEnd(text: string, at: number): number {
  if (at < 0 || text[at] !== '"') return -1
  for (let end = text.indexOf('"', at + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let slash = end - 1
    while (text[slash] === '\\') slash--
    // An even number of backslashes leaves the quote what it is.
    if ((end - slash) % 2 === 1) return end + 1
  }
  return -1
}

function skip(text: string, at: number): number {
  let here = at
  while (isSpace(text.charCodeAt(here))) here++
  return here
}
const isSpace = (c: number): boolean => c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d
