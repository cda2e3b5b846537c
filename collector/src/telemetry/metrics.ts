// Counters, gauges and histograms in; Prometheus text (exposition format 0.0.4) out.

/** A client string must not be able to grow the registry, so a metric keeps at most this many label sets. */
const MAX_SERIES = 2000
const OVERFLOW = 'other'

export interface Counter {
  add(value?: number, ...labels: string[]): void
  value(...labels: string[]): number
}
export interface Gauge {
  set(value: number, ...labels: string[]): void
}
export interface Histogram {
  observe(value: number, ...labels: string[]): void
}
export interface Metrics {
  counter(name: string, help: string, labelNames?: readonly string[]): Counter
  gauge(name: string, help: string, labelNames?: readonly string[]): Gauge
  histogram(name: string, help: string, bounds: readonly number[], labelNames?: readonly string[]): Histogram
  /** @param options.without a label whose values are not for whoever reads: series that differ in it alone are added up */
  render(options?: { without?: string }): string
}

interface Family {
  kind: 'counter' | 'gauge' | 'histogram'
  help: string
  labelNames: readonly string[]
  bounds: readonly number[]
  series: Map<string, number[]>
}

/** A fresh registry. Asking twice for the same name gives the same metric. */
export function createMetrics(): Metrics {
  const families = new Map<string, Family>()
  const family = (
    name: string,
    kind: Family['kind'],
    help: string,
    labelNames: readonly string[],
    bounds: readonly number[],
  ): Family => {
    const known = families.get(name)
    if (known) return known
    const made: Family = { kind, help, labelNames, bounds, series: new Map() }
    // A series without labels shows as 0 from the start, so that an alert on it can tell 0 from absent.
    if (labelNames.length === 0) made.series.set('', new Array(bounds.length + 2).fill(0))
    families.set(name, made)
    return made
  }
  return {
    counter(name, help, labelNames = []) {
      const f = family(name, 'counter', help, labelNames, [])
      return {
        add(value = 1, ...labels) {
          cells(f, labels)[0]! += value
        },
        value: (...labels) => f.series.get(labelKey(f, labels))?.[0] ?? 0,
      }
    },
    gauge(name, help, labelNames = []) {
      const f = family(name, 'gauge', help, labelNames, [])
      return {
        set(value, ...labels) {
          cells(f, labels)[0] = value
        },
      }
    },
    histogram(name, help, bounds, labelNames = []) {
      const f = family(name, 'histogram', help, labelNames, bounds)
      return { observe: (value, ...labels) => observe(f, cells(f, labels), value) }
    },
    render: ({ without } = {}) =>
      [...families].map(([name, f]) => renderFamily(name, without === undefined ? f : summedOver(without, f))).join(''),
  }
}

function labelKey(f: Family, labels: readonly string[]): string {
  return f.labelNames.map((name, i) => `${name}="${escapeLabel(labels[i] ?? '')}"`).join(',')
}

function cells(f: Family, labels: readonly string[]): number[] {
  const key = labelKey(f, labels)
  const found = f.series.get(key)
  if (found) return found
  if (f.series.size >= MAX_SERIES && !labels.includes(OVERFLOW))
    return cells(
      f,
      f.labelNames.map(() => OVERFLOW),
    )
  const made: number[] = new Array(f.bounds.length + 2).fill(0)
  f.series.set(key, made)
  return made
}

// A histogram's cells: one count per bound (cumulative when rendered), then the total count, then the sum.
function observe(f: Family, target: number[], value: number): void {
  const slot = f.bounds.findIndex((bound) => value <= bound)
  if (slot >= 0) target[slot]! += 1
  target[f.bounds.length]! += 1
  target[f.bounds.length + 1]! += value
}

function summedOver(label: string, family: Family): Family {
  if (!family.labelNames.includes(label)) return family
  const own = new RegExp(`(?:^|,)${label}="(?:[^"\\\\]|\\\\.)*"`)
  const series = new Map<string, number[]>()
  for (const [key, values] of family.series) {
    const rest = key.replace(own, '').replace(/^,/, '')
    const sums = series.get(rest)
    series.set(rest, sums === undefined ? [...values] : sums.map((sum, i) => sum + values[i]!))
  }
  return { ...family, series }
}

function renderFamily(name: string, f: Family): string {
  let text = `# HELP ${name} ${f.help}\n# TYPE ${name} ${f.kind}\n`
  for (const [key, values] of f.series) {
    text += f.kind === 'histogram' ? renderHistogram(name, key, f, values) : `${name}${braces(key)} ${values[0]}\n`
  }
  return text
}

function renderHistogram(name: string, key: string, f: Family, values: number[]): string {
  const comma = key === '' ? '' : ','
  let seen = 0
  let text = ''
  f.bounds.forEach((bound, i) => {
    seen += values[i]!
    text += `${name}_bucket{${key}${comma}le="${bound}"} ${seen}\n`
  })
  const count = values[f.bounds.length]!
  return `${text}${name}_bucket{${key}${comma}le="+Inf"} ${count}\n${name}_sum${braces(key)} ${values[f.bounds.length + 1]}\n${name}_count${braces(key)} ${count}\n`
}

const braces = (key: string): string => (key === '' ? '' : `{${key}}`)
const escapeLabel = (text: string): string => text.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))
