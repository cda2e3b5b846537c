// Loose parts of a message (role, content, tool calls) -> the canonical form: an array of { role, parts[], finish_reason }.
import { Out } from './columns/out.ts'
import type { Attributes } from './wire/attributes.ts'
import type { Source } from './wire/bytes.ts'
import type { Renderer, Values } from './wire/render.ts'
import { escapeTo } from './wire/render.ts'

const CALL_KEYS = ['"id":', '"name":', '"arguments":'].map((text) => Buffer.from(text))

/**
 * Collects one message at a time and writes it when the next one opens. Used for forms that current instrumentations
 * have left behind, so it may make small buffers.
 */
export class MessageWriter {
  private readonly out: Out
  private readonly renderer: Renderer
  private written = 0
  private isOpen = false
  private roleText = ''
  private finishText = ''
  private responseId = ''
  private readonly parts = new Out(256)
  private partCount = 0
  private call = -1

  constructor(out: Out, renderer: Renderer) {
    this.out = out
    this.renderer = renderer
  }

  open(role: string): void {
    this.flush()
    this.isOpen = true
    this.roleText = role
  }

  role(source: Source, list: Values, i: number): void {
    const text = this.textOf(source, list, i)
    if (text !== '') this.roleText = text
  }

  finish(source: Source, list: Values, i: number): void {
    this.finishText = this.textOf(source, list, i)
  }

  /** The message answers the tool call of this id. */
  responseTo(source: Source, list: Values, i: number): void {
    this.responseId = this.textOf(source, list, i)
  }

  content(source: Source, list: Values, i: number): void {
    this.endCall()
    this.renderer.value(source, list, i)
    if (this.renderer.start === this.renderer.end) return
    this.part('{"type":"text","content":"')
    escapeTo(this.parts, this.renderer.source.bytes, this.renderer.start, this.renderer.end)
    this.raw(this.parts, '"}')
  }

  /** @param key 0 id, 1 name, 2 arguments */
  toolCall(number: number, key: number, source: Source, list: Attributes, i: number): void {
    if (this.call !== number) {
      this.endCall()
      this.call = number
      this.part('{"type":"tool_call"')
    }
    this.parts.byte(0x2c)
    this.parts.slice(CALL_KEYS[key]!, 0, CALL_KEYS[key]!.length)
    this.renderer.value(source, list, i)
    const { bytes } = this.renderer.source
    const { start, end } = this.renderer
    // Arguments arrive as JSON in a string or as a structure, which is rendered as JSON; a reader wants the object.
    if (key === 2 && isJson(bytes, start, end)) this.parts.slice(bytes, start, end)
    else {
      this.parts.byte(0x22)
      escapeTo(this.parts, bytes, start, end)
      this.parts.byte(0x22)
    }
  }

  /** Ends the array. @returns false when nothing was written */
  close(): boolean {
    this.flush()
    if (this.written > 0) this.out.byte(0x5d)
    return this.written > 0
  }

  private flush(): void {
    if (!this.isOpen) return
    this.endCall()
    this.out.byte(this.written === 0 ? 0x5b : 0x2c)
    this.written++
    this.raw(this.out, `{"role":${JSON.stringify(this.roleText)},"parts":[`)
    if (this.responseId === '') this.out.slice(this.parts.bytes, 0, this.parts.size)
    else this.writeResponse()
    this.raw(this.out, this.finishText === '' ? ']}' : `],"finish_reason":${JSON.stringify(this.finishText)}}`)
    this.isOpen = false
    this.finishText = this.responseId = ''
    this.parts.reset()
    this.partCount = 0
  }

  // A tool's answer has its text as `response` of the call that it answers.
  private writeResponse(): void {
    const parts = JSON.parse(`[${this.parts.bytes.toString('utf8', 0, this.parts.size)}]`) as { content?: string }[]
    const response = parts.map((part) => part.content ?? '').join('')
    this.raw(this.out, JSON.stringify({ type: 'tool_call_response', id: this.responseId, response }))
  }

  private part(open: string): void {
    if (this.partCount++ > 0) this.parts.byte(0x2c)
    this.raw(this.parts, open)
  }

  private endCall(): void {
    if (this.call >= 0) this.parts.byte(0x7d)
    this.call = -1
  }

  private textOf(source: Source, list: Values, i: number): string {
    this.renderer.value(source, list, i)
    return this.renderer.source.bytes.toString('utf8', this.renderer.start, this.renderer.end)
  }

  private raw(out: Out, text: string): void {
    const bytes = Buffer.from(text)
    out.slice(bytes, 0, bytes.length)
  }
}

function isJson(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start]
  if (first !== 0x7b && first !== 0x5b) return false
  try {
    JSON.parse(bytes.toString('utf8', start, end))
    return true
  } catch {
    return false
  }
}
