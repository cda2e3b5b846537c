// One attribute -> one entry of a map column.
import type { MapData } from './columns/nested.ts'
import { appendText, indexText } from './text-values.ts'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import type { Renderer } from './wire/render.ts'
import { STRING } from './wire/value-reader.ts'

// Six plain parameters on purpose: this runs once an attribute, and an options object would be allocated each time.
export function writePair(
  map: MapData,
  row: number,
  source: Source,
  list: Attributes,
  i: number,
  renderer: Renderer,
): void {
  const at = map.pushIndex(row, keyIndex(map, source, list, i, renderer))
  if (list.kind[i] === STRING) {
    appendText(map.values, at, source, list.start[i]!, list.end[i]!, renderer)
    return
  }
  renderer.value(source, list, i)
  map.values.append(at, renderer.source.bytes, renderer.start, renderer.end)
}

function keyIndex(map: MapData, source: Source, list: Attributes, i: number, renderer: Renderer): number {
  const slot = list.slot[i]!
  // Fast path: a known key was looked up when it was read, and its place in the dictionary when the batch first met it.
  if (slot >= 0 && map.knownKeys[slot]! >= 0) return map.knownKeys[slot]!
  const { dictionary } = map.keys
  const index = indexText(dictionary, source, list.keyStart[i]!, list.keyEnd[i]!, list.keyHash[i]!, renderer)
  if (slot >= 0) map.knownKeys[slot] = index
  return index
}
