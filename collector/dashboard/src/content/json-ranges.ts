// How many entries a JSON value has in; the few that are shown at once, entries or ranges of them, out.

/** Ranges at one level, and entries of a range. */
export const MAX_ITEMS = 100
/** So many entries need no ranges. */
export const MAX_FLAT = 200

export interface Range {
  from: number
  /** Not included. */
  to: number
}

/** At most two hundred that cover all; ranges of one entry are entries. */
export function rangesOf({ from, to }: Range): Range[] {
  const count = to - from
  let step = 1
  if (count > MAX_FLAT) while (count / step > MAX_ITEMS) step *= MAX_ITEMS
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => ({
    from: from + index * step,
    to: Math.min(to, from + (index + 1) * step),
  }))
}

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }

/** Levels that may be open at first so that no more than so many entries are built; the first always may. */
export function levelsWithin(value: Value, levels: number, most: number): number {
  let row: readonly Value[] = [value]
  let built = 0
  for (let level = 0; level < levels; level++) {
    const next: Value[] = []
    for (const one of row) {
      if (typeof one !== 'object' || one === null) continue
      for (const name in one) {
        next.push((one as { readonly [key: string]: Value })[name] ?? null)
        if (built + next.length > most) return Math.max(level, Math.min(1, levels))
      }
    }
    built += next.length
    row = next
  }
  return levels
}
