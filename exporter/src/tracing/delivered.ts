// Which span has reached an exporter, and whether an exporter sits behind a processor that will bring them later.

/** One is enough: a processor is called while its span ends, and who ends it asks right after. */
let latest: object | undefined

/** Exporters that the app made and that no provider has called as a processor. */
const outer = new Set<object>()

export function noteDelivered(span: object | undefined): void {
  latest = span
}

export function wasDelivered(span: object): boolean {
  return latest === span
}

export function noteExporter(exporter: object): void {
  outer.add(exporter)
}

/** It is used as a processor, or gone. */
export function forgetExporter(exporter: object): void {
  outer.delete(exporter)
}

/** True when the app gave an exporter to a BatchSpanProcessor or the like: that one will bring the spans. */
export function hasOuterProcessor(): boolean {
  return outer.size > 0
}
