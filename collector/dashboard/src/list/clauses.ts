// A filter in; the values that it asks of one field, and the same filter with a value more or less, out. For the boxes beside a list.

/** Words of a filter; quotes keep spaces and commas together. */
function wordsOf(q: string): string[] {
  return q.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? []
}

const valuesIn = (text: string): string[] => (text.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? []).map(unquoted)

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : text

/** A value as the filter language takes it for itself, whatever signs are in it. */
export const quoted = (value: string): string =>
  /^[\w.:/@-]+$/.test(value) ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const startOf = (field: string): string => `${field}:`

export function valuesOf(q: string, field: string): readonly string[] {
  return wordsOf(q)
    .filter((word) => word.startsWith(startOf(field)))
    .flatMap((word) => (word === `${startOf(field)}""` ? [''] : valuesIn(word.slice(startOf(field).length))))
}

/** '' stands for rows that have none. */
export function toggled(q: string, field: string, value: string): string {
  const now = valuesOf(q, field)
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value]
  const others = wordsOf(q).filter((word) => !word.startsWith(startOf(field)))
  if (next.length === 0) return others.join(' ')
  // a list of values cannot hold "none", so that one stands alone
  const kept = value === '' ? [''] : next.filter((one) => one !== '')
  return [...others, `${startOf(field)}${kept.map((one) => (one === '' ? '""' : quoted(one))).join(',')}`].join(' ')
}
