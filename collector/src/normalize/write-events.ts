// Span events and links -> their array columns.

import type { SpanColumns } from './span-columns.ts'
import type { SpanRecord } from './span-record.ts'
import { Attributes } from './wire/attributes.ts'
import { hashSlice, type Source } from './wire/bytes.ts'
import { Cursor, FIXED64, LEN } from './wire/cursor.ts'
import type { Renderer } from './wire/render.ts'
import { writePair } from './write-pair.ts'

const MAX_EVENT_ATTRIBUTES = 256
const ZEROS = Buffer.alloc(16)
export class EventWriter {
  private readonly renderer: Renderer
  private readonly cursor = new Cursor()
  private readonly list = new Attributes(MAX_EVENT_ATTRIBUTES)
  private timeAt = -1
  private nameStart = 0
  private nameEnd = 0

  constructor(renderer: Renderer) {
    this.renderer = renderer
  }

  write(columns: SpanColumns, row: number, record: SpanRecord, source: Source): void {
    const { events } = record
    for (let e = 0; e < events.count; e++) {
      this.read(source, events.start[e]!, events.end[e]!)
      columns.events_time.push(row)
      columns.events_time.inner.append(this.timeAt < 0 ? ZEROS : source.bytes, Math.max(this.timeAt, 0))
      const at = columns.events_name.push(row)
      const { renderer } = this
      renderer.text(source, this.nameStart, this.nameEnd)
      const hash = hashSlice(renderer.source, renderer.start, renderer.end)
      columns.events_name.inner.set(
        at,
        columns.events_name.inner.dictionary.index(renderer.source, renderer.start, renderer.end, hash),
      )
      this.map(columns.events_attributes, row, source)
    }
  }

  // Event 1 time, 2 name, 3 attributes; Link 1 trace, 2 span, 3 state, 4 attributes: read by one loop over the framing.
  private read(source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    this.list.clear()
    this.timeAt = -1
    this.nameStart = this.nameEnd = 0
    while (cursor.next()) {
      if (cursor.wire === FIXED64 && cursor.field === 1) {
        this.timeAt = cursor.pos
        cursor.fixed64()
      } else if (cursor.wire === LEN) {
        const stop = cursor.length()
        if (cursor.field === 2) [this.nameStart, this.nameEnd] = [cursor.pos, stop]
        else if (cursor.field === 3) this.list.add(source, cursor.pos, stop)
        cursor.pos = stop
      } else cursor.skip()
    }
  }

  private map(column: SpanColumns['events_attributes'], row: number, source: Source): void {
    const map = column.inner
    const element = column.push(row)
    const { list, renderer } = this
    for (let i = 0; i < list.count; i++) writePair(map, element, source, list, i, renderer)
  }

  links(columns: SpanColumns, row: number, record: SpanRecord, source: Source): void {
    for (let l = 0; l < record.links.count; l++)
      this.link(columns, row, source, record.links.start[l]!, record.links.end[l]!)
  }

  private link(columns: SpanColumns, row: number, source: Source, start: number, end: number): void {
    const cursor = this.cursor.over(source, start, end)
    const { list, renderer } = this
    let [traceAt, spanAt, stateStart, stateEnd] = [-1, -1, 0, 0]
    list.clear()
    while (cursor.next()) {
      if (cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (cursor.field === 1) traceAt = stop - cursor.pos === 16 ? cursor.pos : -1
      else if (cursor.field === 2) spanAt = stop - cursor.pos === 8 ? cursor.pos : -1
      else if (cursor.field === 3) [stateStart, stateEnd] = [cursor.pos, stop]
      else if (cursor.field === 4) list.add(source, cursor.pos, stop)
      cursor.pos = stop
    }
    columns.links_trace_id.push(row)
    columns.links_trace_id.inner.append(traceAt < 0 ? ZEROS : source.bytes, Math.max(traceAt, 0))
    columns.links_span_id.push(row)
    columns.links_span_id.inner.append(spanAt < 0 ? ZEROS : source.bytes, Math.max(spanAt, 0))
    renderer.text(source, stateStart, stateEnd)
    columns.links_trace_state.inner.append(
      columns.links_trace_state.push(row),
      renderer.source.bytes,
      renderer.start,
      renderer.end,
    )
    this.map(columns.links_attributes, row, source)
  }
}
