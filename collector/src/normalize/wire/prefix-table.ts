// A fixed set of beginnings -> whether a key has one of them. Asked for keys that no table lists, so a miss must be cheap.

export class PrefixTable {
  /** By first byte; most keys find an empty place. */
  private readonly byFirst: readonly (readonly Buffer[] | undefined)[]

  constructor(prefixes: readonly string[]) {
    const byFirst: Buffer[][] = []
    for (const prefix of new Set(prefixes)) {
      const bytes = Buffer.from(prefix)
      const list = byFirst[bytes[0]!] ?? []
      list.push(bytes)
      byFirst[bytes[0]!] = list
    }
    this.byFirst = Array.from({ length: 256 }, (_, first) => byFirst[first])
  }

  matches(bytes: Buffer, start: number, end: number): boolean {
    const list = start < end ? this.byFirst[bytes[start]!] : undefined
    if (list === undefined) return false
    for (let i = 0; i < list.length; i++) {
      const prefix = list[i]!
      if (end - start >= prefix.length && startsWith(bytes, start, prefix)) return true
    }
    return false
  }
}

// From the end: beginnings share their first bytes.
function startsWith(bytes: Buffer, start: number, prefix: Buffer): boolean {
  for (let i = prefix.length - 1; i >= 0; i--) if (bytes[start + i] !== prefix[i]) return false
  return true
}
