// Ranges of sequence numbers: which of the needed ones are not there.
import type { SeqRange } from './types.ts'

/** Adds a number that is higher than all before it. */
export function extendRuns(runs: SeqRange[], seq: number): void {
  const last = runs.at(-1)
  if (last && last.last === seq - 1) last.last = seq
  else runs.push({ first: seq, last: seq })
}

/** Parts of `needed` that no range of `present` holds; both are ordered and free of overlap. */
export function missingRanges(needed: readonly SeqRange[], present: readonly SeqRange[]): SeqRange[] {
  const missing: SeqRange[] = []
  let i = 0
  for (const range of needed) {
    let from = range.first
    while (i < present.length && present[i]!.last < from) i++
    for (let k = i; k < present.length && present[k]!.first <= range.last; k++) {
      if (present[k]!.first > from) missing.push({ first: from, last: present[k]!.first - 1 })
      from = present[k]!.last + 1
    }
    if (from <= range.last) missing.push({ first: from, last: range.last })
  }
  return missing
}
