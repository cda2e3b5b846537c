// The contents of a span read from plain attributes -> whether they are in a form that only the object rules can put right.
import { KINDS } from '@hanzo/insights-semconv'
import type { Fields } from './fields.ts'
import { F } from './tables.ts'
import type { Source } from './wire/bytes.ts'
import { CanonicalCheck } from './wire/canonical.ts'
import type { Renderer } from './wire/render.ts'

const OPEN_LIST = 0x5b
const OPEN_OBJECT = 0x7b
const QUOTE = 0x22
const JSON_IN_LIST = Buffer.from('["{')
const FINISH_REASON = Buffer.from('"finish_reason"')
const GENERATION = KINDS.indexOf('generation')

/** As semconv/src/content.ts has them: kinds whose content is a conversation, and kinds whose content is data. */
const TALKING = KINDS.map((kind) => kind === 'generation' || kind === 'agent')
const DATA = KINDS.map((kind) => ['tool', 'retrieval', 'rerank', 'embedding'].includes(kind))

export class ContentForms {
  private readonly renderer: Renderer
  private readonly check = new CanonicalCheck()

  constructor(renderer: Renderer) {
    this.renderer = renderer
  }

  needObjects(fields: Fields, source: Source, kind: number): boolean {
    if (
      !DATA[kind] &&
      (this.isForeign(fields, source, F.input, kind) || this.isForeign(fields, source, F.output, kind))
    )
      return true
    if (kind === GENERATION && !fields.has(F.finish_reasons) && this.saysWhyItEnded(fields, source)) return true
    const { renderer, check } = this
    if (fields.has(F.system_instructions)) {
      renderer.value(source, fields, F.system_instructions)
      if (!check.isParts(renderer.source.bytes, renderer.start, renderer.end)) return true
    }
    if (!fields.has(F.tool_definitions)) return false
    renderer.value(source, fields, F.tool_definitions)
    const { bytes } = renderer.source
    return renderer.end - renderer.start > 3 && JSON_IN_LIST.every((byte, i) => bytes[renderer.start + i] === byte)
  }

  /** The messages have a reason that no attribute has. */
  private saysWhyItEnded(fields: Fields, source: Source): boolean {
    if (!fields.has(F.output)) return false
    const { renderer } = this
    renderer.value(source, fields, F.output)
    const at = renderer.source.bytes.indexOf(FINISH_REASON, renderer.start)
    return at >= 0 && at < renderer.end
  }

  private isForeign(fields: Fields, source: Source, field: number, kind: number): boolean {
    if (!fields.has(field)) return false
    const { renderer, check } = this
    renderer.value(source, fields, field)
    const { bytes } = renderer.source
    if (check.isMessages(bytes, renderer.start, renderer.end)) return false
    if (TALKING[kind]) return true
    const first = check.first(bytes, renderer.start, renderer.end)
    return first === OPEN_LIST || first === OPEN_OBJECT || first === QUOTE
  }
}
