// One attribute -> one entry of a map column.
import type { MapData } from './columns/nested.ts'
import type { Attributes } from './wire/attributes.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'

// Six plain parameters on purpose: this runs once an attribute, and an options object would be allocated each time.
export function writePair(
  map: MapData,
  row: number,
  source: Source,
  list: Attributes,
  i: number,
  renderer: Renderer,
): void {
  renderer.text(source, list.keyStart[i]!, list.keyEnd[i]!)
  const hash = renderer.source === source ? list.keyHash[i]! : hashSlice(renderer.source, renderer.start, renderer.end)
  const at = map.push(row, renderer.source, renderer.start, renderer.end, hash)
  renderer.value(source, list, i)
  map.values.append(at, renderer.source.bytes, renderer.start, renderer.end)
}
