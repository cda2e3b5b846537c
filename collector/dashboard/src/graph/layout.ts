// Nodes and directed edges in; where to draw them, in layers from left to right, out. Small graphs only: some sweeps, no optimum.

export interface Edge {
  from: number
  to: number
}

export interface Layout {
  /** By node. */
  x: number[]
  y: number[]
  width: number
  height: number
  /** Edges that go against the layers, by place among the given ones. */
  isBack: boolean[]
}

export interface Sizes {
  nodeWidth: number
  nodeHeight: number
  gapX: number
  gapY: number
}

const SWEEPS = 8

export function layOut(count: number, edges: readonly Edge[], sizes: Sizes): Layout {
  const isBack = backEdges(count, edges)
  const forward = edges.filter(({ from, to }, index) => isBack[index] !== true && from !== to)
  const layers = layersOf(count, forward)
  const columns: number[][] = []
  for (let node = 0; node < count; node++) {
    const layer = layers[node] ?? 0
    while (columns.length <= layer) columns.push([])
    columns[layer]?.push(node)
  }
  order(columns, forward, count)
  const { nodeWidth, nodeHeight, gapX, gapY } = sizes
  const tallest = Math.max(1, ...columns.map(({ length }) => length))
  const height = tallest * (nodeHeight + gapY) - gapY
  const [x, y] = [new Array<number>(count).fill(0), new Array<number>(count).fill(0)]
  columns.forEach((column, layer) => {
    const free = height - (column.length * (nodeHeight + gapY) - gapY)
    column.forEach((node, place) => {
      x[node] = layer * (nodeWidth + gapX)
      y[node] = free / 2 + place * (nodeHeight + gapY)
    })
  })
  return { x, y, width: Math.max(nodeWidth, columns.length * (nodeWidth + gapX) - gapX), height, isBack }
}

/** Edges to a node that is being walked through: without them there is no ring. */
function backEdges(count: number, edges: readonly Edge[]): boolean[] {
  const isBack = edges.map(() => false)
  const out: number[][] = Array.from({ length: count }, () => [])
  for (const [index, { from }] of edges.entries()) out[from]?.push(index)
  const state = new Uint8Array(count)
  for (let root = 0; root < count; root++) {
    if (state[root] !== 0) continue
    const stack: [node: number, next: number][] = [[root, 0]]
    state[root] = 1
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const index = out[top[0]]?.[top[1]++]
      if (index === undefined) {
        state[top[0]] = 2
        stack.pop()
        continue
      }
      const to = edges[index]?.to ?? 0
      if (state[to] === 1) isBack[index] = true
      else if (state[to] === 0) {
        state[to] = 1
        stack.push([to, 0])
      }
    }
  }
  return isBack
}

/** The longest way from a node that nobody calls. */
function layersOf(count: number, forward: readonly Edge[]): number[] {
  const layers = new Array<number>(count).fill(0)
  const waiting = new Array<number>(count).fill(0)
  const out: number[][] = Array.from({ length: count }, () => [])
  for (const { from, to } of forward) {
    waiting[to] = (waiting[to] ?? 0) + 1
    out[from]?.push(to)
  }
  const ready = waiting.flatMap((callers, node) => (callers === 0 ? [node] : []))
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const to of out[node] ?? []) {
      layers[to] = Math.max(layers[to] ?? 0, (layers[node] ?? 0) + 1)
      waiting[to] = (waiting[to] ?? 1) - 1
      if (waiting[to] === 0) ready.push(to)
    }
  }
  return layers
}

/** Each node goes to the middle of its neighbours, forth and back: fewer edges cross. */
function order(columns: number[][], forward: readonly Edge[], count: number): void {
  const places = new Array<number>(count).fill(0)
  const note = (column: readonly number[]) => {
    column.forEach((node, place) => {
      places[node] = (place + 0.5) / column.length
    })
  }
  for (const column of columns) note(column)
  const near: Record<'from' | 'to', number[][]> = {
    from: Array.from({ length: count }, () => []),
    to: Array.from({ length: count }, () => []),
  }
  for (const { from, to } of forward) {
    near.from[to]?.push(from)
    near.to[from]?.push(to)
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const side = sweep % 2 === 0 ? 'from' : 'to'
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const wish = new Map(column.map((node) => [node, middleOf(near[side][node] ?? [], places, places[node] ?? 0)]))
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
      note(column)
    }
  }
}

function middleOf(nodes: readonly number[], places: readonly number[], otherwise: number): number {
  if (nodes.length === 0) return otherwise
  return nodes.reduce((sum, node) => sum + (places[node] ?? 0), 0) / nodes.length
}
