// The tree of a pattern -> an automaton over bytes that takes each byte once: states are made when they are first met, and forgotten when they
// are too many. No text can make it slow.
import type { Node } from './syntax.ts'

const MAX_PARTS = 1_000
const MAX_STATES = 2_000
const UNKNOWN = -1
/** No way on, nothing found. */
export const DEAD = 0

/** Part of the non-deterministic automaton: one step by bytes of the set, or free steps. */
interface Part {
  set: Uint8Array | undefined
  next: readonly number[]
}

interface State {
  parts: readonly number[]
  accepts: boolean
  steps: Int32Array
}

export class Automaton {
  private readonly parts: Part[] = []
  private readonly first: number
  private readonly last: number
  /** Whether a match may begin anywhere: then it goes on looking after each byte. */
  private readonly anywhere: boolean
  private states: State[] = []
  private ids = new Map<string, number>()

  /** @throws Error when the pattern is too large */
  constructor(node: Node, options: { anywhere: boolean }) {
    this.anywhere = options.anywhere
    this.last = this.part(undefined, [])
    this.first = this.build(node, this.last)
    this.clear()
  }

  /** The state before the first byte. */
  start(): number {
    return this.stateOf([this.first])
  }

  accepts(state: number): boolean {
    return this.states[state]?.accepts ?? false
  }

  /** The state after `byte`. */
  step(state: number, byte: number): number {
    const known = this.states[state]?.steps[byte] ?? DEAD
    return known === UNKNOWN ? this.explore(state, byte) : known
  }

  private explore(from: number, byte: number): number {
    const state = this.states[from]
    if (state === undefined) return DEAD
    const reached = state.parts.flatMap((one) => (this.parts[one]?.set?.[byte] ? (this.parts[one]?.next ?? []) : []))
    const next = this.stateOf(this.anywhere ? [...reached, this.first] : reached)
    // Where all was forgotten in between, this state is gone too.
    if (this.states[from] === state) state.steps[byte] = next
    return next
  }

  private clear(): void {
    this.states = [{ parts: [], accepts: false, steps: new Int32Array(256).fill(DEAD) }]
    this.ids = new Map([['', DEAD]])
  }

  private stateOf(reached: readonly number[]): number {
    const parts = this.closure(reached)
    const key = parts.join()
    const known = this.ids.get(key)
    if (known !== undefined) return known
    if (this.states.length >= MAX_STATES) this.clear()
    const id = this.states.length
    this.states.push({ parts, accepts: parts.includes(this.last), steps: new Int32Array(256).fill(UNKNOWN) })
    this.ids.set(key, id)
    return id
  }

  private closure(reached: readonly number[]): number[] {
    const seen = new Set<number>()
    const open = [...reached]
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (seen.has(one)) continue
      seen.add(one)
      const part = this.parts[one]
      if (part !== undefined && part.set === undefined) open.push(...part.next)
    }
    return [...seen].filter((one) => this.parts[one]?.set !== undefined || one === this.last).sort((a, b) => a - b)
  }

  private part(set: Uint8Array | undefined, next: readonly number[]): number {
    if (this.parts.length >= MAX_PARTS) throw new Error('it is too large')
    return this.parts.push({ set, next }) - 1
  }

  /** @returns the part from which `node` leads to `next` */
  private build(node: Node, next: number): number {
    switch (node.kind) {
      case 'bytes':
        return this.part(node.set, [next])
      case 'sequence':
        return node.parts.reduceRight((after, one) => this.build(one, after), next)
      case 'choice':
        return this.part(
          undefined,
          node.parts.map((one) => this.build(one, next)),
        )
      case 'repeat':
        return this.repeat(node, next)
      default:
        return node satisfies never
    }
  }

  private repeat({ part, least, most }: Extract<Node, { kind: 'repeat' }>, next: number): number {
    let after = next
    if (most === Number.POSITIVE_INFINITY) {
      const again: number[] = []
      const loop = this.part(undefined, again)
      again.push(this.build(part, loop), next)
      after = loop
    } else for (let i = least; i < most; i++) after = this.part(undefined, [this.build(part, after), next])
    for (let i = 0; i < least; i++) after = this.build(part, after)
    return after
  }
}

/** The same pattern read from its end. */
export function reversed(node: Node): Node {
  switch (node.kind) {
    case 'bytes':
      return node
    case 'sequence':
      return { kind: 'sequence', parts: node.parts.map(reversed).reverse() }
    case 'choice':
      return { kind: 'choice', parts: node.parts.map(reversed) }
    case 'repeat':
      return { ...node, part: reversed(node.part) }
    default:
      return node satisfies never
  }
}
