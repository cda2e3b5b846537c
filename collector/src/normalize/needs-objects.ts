// The contents of a span read from plain attributes -> whether they are in a form that only the object rules can put right.
import { KINDS } from '@hanzo/insights-semconv'
import type { Fields } from './fields.ts'
import { F } from './tables.ts'
import type { Source } from './wire/bytes.ts'
import { CanonicalCheck } from './wire/canonical.ts'
import { Needle } from './wire/needle.ts'
import type { Renderer } from './wire/render.ts'
import { STRING } from './wire/value-reader.ts'

const OPEN_LIST = 0x5b
const OPEN_OBJECT = 0x7b
const QUOTE = 0x22
const JSON_IN_LIST = Buffer.from('["{')
const FINISH_REASON = new Needle('"finish_reason"')
const GENERATION = KINDS.indexOf('generation')

/** As semconv/src/content.ts has them: kinds whose content is a conversation, and kinds whose content is data. */
const TALKING = KINDS.map((kind) => kind === 'generation' || kind === 'agent')
const DATA = KINDS.map((kind) => ['tool', 'retrieval', 'rerank', 'embedding'].includes(kind))

export class ContentForms {
  private readonly renderer: Renderer
  private readonly check = new CanonicalCheck()
  private bytes: Buffer = Buffer.alloc(0)
  private start = 0
  private end = 0

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
    if (fields.has(F.system_instructions)) {
      this.lookAt(fields, source, F.system_instructions)
      if (!this.check.isParts(this.bytes, this.start, this.end)) return true
    }
    if (!fields.has(F.tool_definitions)) return false
    this.lookAt(fields, source, F.tool_definitions)
    return this.end - this.start > 3 && JSON_IN_LIST.every((byte, i) => this.bytes[this.start + i] === byte)
  }

  /** The messages have a reason that no attribute has. */
  private saysWhyItEnded(fields: Fields, source: Source): boolean {
    if (!fields.has(F.output)) return false
    this.lookAt(fields, source, F.output)
    return FINISH_REASON.first(this.bytes, this.start, this.end) >= 0
  }

  private isForeign(fields: Fields, source: Source, field: number, kind: number): boolean {
    if (!fields.has(field)) return false
    this.lookAt(fields, source, field)
    if (this.check.isMessages(this.bytes, this.start, this.end)) return false
    if (TALKING[kind]) return true
    const first = this.check.first(this.bytes, this.start, this.end)
    return first === OPEN_LIST || first === OPEN_OBJECT || first === QUOTE
  }

  // Text is looked at where it lies: whether it is UTF-8 matters only once it is written.
  private lookAt(fields: Fields, source: Source, field: number): void {
    const isText = fields.kind[field] === STRING
    if (!isText) this.renderer.value(source, fields, field)
    this.bytes = isText ? source.bytes : this.renderer.source.bytes
    this.start = isText ? fields.start[field]! : this.renderer.start
    this.end = isText ? fields.end[field]! : this.renderer.end
  }
}
