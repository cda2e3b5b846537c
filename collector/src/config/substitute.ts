/** `$$`, or `${…}` with anything but braces inside: linear, and a default cannot nest. */
const REFERENCE = /\$\$|\$\{([^{}]*)\}/g
const VARIABLE = /^env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s

/**
 * Puts variables into a text: `${env:NAME}`, `${env:NAME:-default}`, `$$` for a dollar, as the OpenTelemetry Collector does.
 * What comes in is not read again, so a variable cannot name another. An unset one without default is a problem, not ''.
 */
export function substitute(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { text: string; problems: string[] } {
  const problems: string[] = []
  const replaced = text.replace(REFERENCE, (whole: string, inside: string | undefined) => {
    if (inside === undefined) return '$'
    const [, name, fallback] = VARIABLE.exec(inside) ?? []
    if (name === undefined) {
      problems.push(
        `cannot read "${whole.slice(0, 40)}": write \${env:NAME} or \${env:NAME:-default}, and $$ for a dollar`,
      )
      return ''
    }
    const value = env[name]
    if (value !== undefined && value !== '') return value
    if (value === undefined && fallback === undefined) problems.push(`variable ${name} is not set and has no default`)
    return fallback ?? ''
  })
  return { text: replaced, problems }
}
