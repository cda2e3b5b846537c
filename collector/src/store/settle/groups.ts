// Items that belong together, pair by pair -> the groups that this makes.

export class Groups<T> {
  private readonly links = new Map<T, T>()

  /** An item that may stay alone. */
  add(item: T): void {
    if (!this.links.has(item)) this.links.set(item, item)
  }

  join(items: readonly T[]): void {
    const [first, ...others] = items
    if (first === undefined) return
    const root = this.rootOf(first)
    for (const other of others) this.links.set(this.rootOf(other), root)
  }

  all(): T[][] {
    return [...groupBy([...this.links.keys()], (item) => this.rootOf(item)).values()]
  }

  private rootOf(item: T): T {
    this.add(item)
    let root = item
    for (let next = this.links.get(root); next !== undefined && next !== root; next = this.links.get(root)) root = next
    // The way is cut short for the next one.
    for (let at = item; at !== root; ) {
      const next = this.links.get(at) ?? root
      this.links.set(at, root)
      at = next
    }
    return root
  }
}

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
