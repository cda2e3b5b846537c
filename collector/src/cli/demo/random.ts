// A seed in, the same choices out on every machine.

/** Small, fast and good enough to make data look uneven; not for anything secret. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('cannot pick: the list is empty')
    return item
  }

  /** Picks by `weight`, so that one scenario can be ten times as common as another. */
  weighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item {
    let rest = this.next() * items.reduce((sum, item) => sum + item.weight, 0)
    for (const item of items) {
      rest -= item.weight
      if (rest < 0) return item
    }
    return this.pick(items)
  }

  /** Around `median` with a long tail to the right, as latencies are: p99 is about 2.5 times the median. */
  around(median: number): number {
    const bell = this.next() + this.next() + this.next() + this.next() - 2
    return median * Math.exp(bell * 0.7)
  }

  /** Letters and digits for made-up ids. */
  code(length: number): string {
    const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
    return Array.from({ length }, () => this.pick([...letters])).join('')
  }
}
