// Pasted JSON in any of the shapes that people have at hand -> an OTLP/JSON trace request.
import { InsightsError } from '../telemetry/errors.ts'

const EXPECTED =
  'expected an OTLP/JSON trace request, an element of its resourceSpans, scopeSpans or spans, or an array of such elements'

/** Member that tells what an object is -> what it is wrapped in to be an element of resourceSpans, from the inside out. */
const SHAPES: readonly { readonly member: string; readonly wrapped: readonly string[] }[] = [
  { member: 'scopeSpans', wrapped: [] },
  { member: 'spans', wrapped: ['scopeSpans'] },
  ...['spanId', 'traceId', 'attributes', 'name'].map((member) => ({ member, wrapped: ['spans', 'scopeSpans'] })),
]

/** @throws InsightsError INSIGHTS_REQUEST_INVALID when it is no JSON or none of the shapes */
export function toRequestJson(body: Uint8Array): Uint8Array {
  const parsed = parse(body)
  // A whole request goes on as it came, so that what is wrong is named by its own byte.
  if (isObject(parsed) && 'resourceSpans' in parsed) return body
  const elements = Array.isArray(parsed) ? parsed : [parsed]
  if (elements.length === 0) throw refusal('it is an empty list')
  return Buffer.from(JSON.stringify({ resourceSpans: elements.flatMap(resourceSpansOf) }))
}

function resourceSpansOf(element: unknown): unknown[] {
  if (!isObject(element)) throw refusal(EXPECTED)
  if ('resourceSpans' in element) return [element['resourceSpans']].flat()
  const shape = SHAPES.find(({ member }) => member in element)
  if (shape === undefined) throw refusal(EXPECTED)
  return [shape.wrapped.reduce<unknown>((inner, name) => ({ [name]: [inner] }), element)]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'), exactInteger)
  } catch (cause) {
    // The message itself quotes what was sent.
    const [, position] = /at position (\d+)/.exec(cause instanceof Error ? cause.message : '') ?? []
    throw refusal(position === undefined ? 'it is not JSON' : `it is not JSON at character ${position}`)
  }
}

/** Nanoseconds as a JSON number are beyond what a double holds: their digits are kept, which OTLP/JSON allows. */
function exactInteger(_: string, value: unknown, context?: { source?: string }): unknown {
  const { source = '' } = context ?? {}
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value
}

const refusal = (reason: string): InsightsError =>
  new InsightsError('INSIGHTS_REQUEST_INVALID', `cannot explain the body: ${reason}`)
