// Keys that look like ours and no rule took -> those to count, so that a dialect's new key is seen before anybody misses it.

/** More of them in one span are an app's mistake; the attributes still have them. */
export const MAX_UNMAPPED = 32

/** Of one span: keys of the conventions or of a dialect that no table lists, less those that a dialect's own function asked for. */
export class Unmapped {
  private readonly keys: string[] = []
  private readonly taken = new Set<string>()
  private readonly prefixes: string[] = []

  add(key: string): void {
    this.keys.push(key)
  }

  asked(key: string): void {
    this.taken.add(key)
  }

  askedFor(prefix: string): void {
    this.prefixes.push(prefix)
  }

  list(): readonly string[] {
    const left = this.keys.filter((key) => !this.taken.has(key) && !this.prefixes.some((it) => key.startsWith(it)))
    return left.slice(0, MAX_UNMAPPED)
  }
}
