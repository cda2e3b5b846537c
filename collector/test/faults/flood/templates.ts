// Kinds of export requests as senders have them, encoded once; `numbered` writes a request's number into every id at the cost of a copy.
import { gzipSync } from 'node:zlib'
import { type Attributes, request, span, spanIdOf, traceIdOf } from '../../otlp-bytes.ts'

const SPANS_PER_TRACE = 10
/** Stands in each span id where the number of the request goes; four bytes that no text has. */
const MARK = 0xf1e2d3c4
const MARK_BYTES = Buffer.from('f1e2d3c4', 'hex')

export interface Template {
  readonly name: string
  readonly spans: number
  readonly gzip: boolean
  readonly bytes: Buffer
  /** Where the marks stand. */
  readonly places: readonly number[]
}

const WORDS =
  'the order placed last Tuesday can still be changed because the address on the invoice is that of the old office '

/** Text that does not repeat itself as a whole, so that gzip has something to do. */
const text = (length: number, salt: number): string =>
  Array.from({ length: Math.ceil(length / WORDS.length) }, (_, i) => `${(i * 7919 + salt) % 9973} ${WORDS}`)
    .join('')
    .slice(0, length)

const small = (i: number): Attributes => ({ 'http.request.method': 'GET', 'url.path': `/api/orders/${i % 100}` })

const chat =
  (inputLength: number) =>
  (i: number): Attributes => ({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 1000 + i,
    'gen_ai.usage.output_tokens': 85,
    'gen_ai.input.messages': text(inputLength, i),
    'gen_ai.output.messages': text(400, i),
  })

interface Kind {
  readonly name: string
  readonly spans: number
  readonly gzip?: boolean
  readonly attributes: (i: number) => Attributes
}

const KINDS: readonly Kind[] = [
  { name: 'small', spans: 512, attributes: small },
  { name: 'chat', spans: 128, attributes: chat(2_000) },
  { name: 'agent', spans: 64, attributes: chat(18_000) },
  { name: 'long', spans: 16, attributes: chat(256_000) },
  { name: 'agent, gzip', spans: 64, gzip: true, attributes: chat(18_000) },
]

function encode({ name, spans, gzip = false, attributes }: Kind): Template {
  const bodies = Array.from({ length: spans }, (_, i) => {
    const rest = i.toString(16).padStart(8, '0')
    const traceId = `${traceIdOf(name).slice(0, 16)}${MARK.toString(16)}${spanIdOf(Math.floor(i / SPANS_PER_TRACE)).slice(8)}`
    return span({ traceId, spanId: `${MARK.toString(16)}${rest}`, name, attributes: attributes(i) })
  })
  const bytes = request(...bodies)
  const places: number[] = []
  for (let at = bytes.indexOf(MARK_BYTES); at >= 0; at = bytes.indexOf(MARK_BYTES, at + 4)) places.push(at)
  return { name, spans, gzip, bytes, places }
}

export const makeTemplates = (): readonly Template[] => KINDS.map(encode)

export interface Numbered {
  readonly number: number
  readonly template: Template
  readonly body: Buffer
}

/** A request of its own: its spans have ids that no other number gives. */
export function numbered(template: Template, number: number): Numbered {
  const bytes = Buffer.from(template.bytes)
  for (const place of template.places) bytes.writeUInt32BE(number, place)
  return { number, template, body: template.gzip ? gzipSync(bytes, { level: 1 }) : bytes }
}
