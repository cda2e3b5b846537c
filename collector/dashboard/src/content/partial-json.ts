// JSON that was cut off in; the same closed where it ends, so that what is there can be read, out.

/** @returns undefined when nothing can be made of it */
export function closedJson(text: string): string | undefined {
  const stack: string[] = []
  let isInText = false
  let comma: { at: number; closers: string } | undefined
  let escapedAt = -1
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (isInText) {
      if (letter === '\\') escapedAt = at++
      else if (letter === '"') isInText = false
    } else if (letter === '"') isInText = true
    else if (letter === '{') stack.push('}')
    else if (letter === '[') stack.push(']')
    else if (letter === '}' || letter === ']') stack.pop()
    else if (letter === ',') comma = { at, closers: closersOf(stack) }
  }
  const closers = closersOf(stack)
  // half an escape, \ or \u00, is no letter yet
  const isHalf = isInText && escapedAt >= text.length - 5 && !isWhole(text.slice(escapedAt))
  const body = isHalf ? text.slice(0, escapedAt) : text
  const tries = [
    `${body}${isInText ? '"' : ''}${closers}`,
    ...(comma === undefined ? [] : [`${text.slice(0, comma.at)}${comma.closers}`]),
  ]
  return tries.find(isJson)
}

const isWhole = (text: string): boolean => /^\\(?:u[0-9a-fA-F]{4}|[^u])/.test(text)
const closersOf = (stack: readonly string[]): string => [...stack].reverse().join('')

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
