// Places in a text that a rule names, in order and apart: what overlaps becomes one.

export class Hits {
  readonly starts: number[] = []
  readonly ends: number[] = []
  /** Index of the rule in the scanner's list. */
  readonly rules: number[] = []

  get length(): number {
    return this.starts.length
  }

  /** Where the last one ends. */
  get end(): number {
    return this.ends.at(-1) ?? 0
  }

  clear(): void {
    if (this.length === 0) return
    this.starts.length = 0
    this.ends.length = 0
    this.rules.length = 0
  }

  add(start: number, end: number, rule: number): void {
    let from = start
    let to = end
    let named = rule
    let longest = end - start
    while (this.length > 0 && this.end > from) {
      const before = this.starts.pop() ?? 0
      const after = this.ends.pop() ?? 0
      const other = this.rules.pop() ?? 0
      // Of two the longer says what it was.
      if (after - before >= longest) [named, longest] = [other, after - before]
      from = Math.min(from, before)
      to = Math.max(to, after)
    }
    this.starts.push(from)
    this.ends.push(to)
    this.rules.push(named)
  }
}
