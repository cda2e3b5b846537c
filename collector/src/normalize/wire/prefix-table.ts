// A fixed set of beginnings, each with a number -> the number of the first that a key has. Asked for keys that no table lists, so a miss must be cheap.

export class PrefixTable {
  /** By first byte; most keys find an empty place. */
  private readonly byFirst: readonly (readonly Beginning[] | undefined)[]

  /** Of equal beginnings the first counts. */
  constructor(prefixes: Iterable<readonly [prefix: string, value: number]>) {
    const byFirst: Beginning[][] = []
    for (const [prefix, value] of new Map([...prefixes].reverse())) {
      const bytes = Buffer.from(prefix)
      const list = byFirst[bytes[0]!] ?? []
      list.unshift({ bytes, value })
      byFirst[bytes[0]!] = list
    }
    this.byFirst = Array.from({ length: 256 }, (_, first) => byFirst[first])
  }

  /** @returns -1 when the key has none of them */
  find(bytes: Buffer, start: number, end: number): number {
    const list = start < end ? this.byFirst[bytes[start]!] : undefined
    if (list === undefined) return -1
    for (let i = 0; i < list.length; i++) {
      const prefix = list[i]!.bytes
      if (end - start >= prefix.length && startsWith(bytes, start, prefix)) return list[i]!.value
    }
    return -1
  }
}

interface Beginning {
  readonly bytes: Buffer
  readonly value: number
}

// From the end: beginnings share their first bytes.
function startsWith(bytes: Buffer, start: number, prefix: Buffer): boolean {
  for (let i = prefix.length - 1; i >= 0; i--) if (bytes[start + i] !== prefix[i]) return false
  return true
}
