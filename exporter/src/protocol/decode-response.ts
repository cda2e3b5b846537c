// The body of an OTLP reply in, what the server did not take out (ExportTraceServiceResponse.partial_success).

/** All zero and empty when the server took every span. */
export interface PartialSuccess {
  readonly rejectedSpans: number
  readonly errorMessage: string
}

interface Field {
  readonly number: number
  readonly value: number
  readonly bytes: Uint8Array
}

/** Never throws: a reply that cannot be read counts as full success, because its status was 200. */
export function decodePartialSuccess(body: Uint8Array): PartialSuccess {
  const partial = readFields(body).find((field) => field.number === 1)
  const fields = partial ? readFields(partial.bytes) : []
  const rejected = fields.find((field) => field.number === 1)
  const message = fields.find((field) => field.number === 2)
  return {
    rejectedSpans: rejected?.value ?? 0,
    errorMessage: message ? new TextDecoder().decode(message.bytes) : '',
  }
}

/** The event wire's reply: `{"status":1}`, with `rejected` and `detail` when some events were not taken. Never throws. */
export function decodeEventReply(body: Uint8Array): PartialSuccess {
  const none = { rejectedSpans: 0, errorMessage: '' }
  try {
    const reply: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof reply !== 'object' || reply === null) return none
    const [rejected, detail] = [Reflect.get(reply, 'rejected') as unknown, Reflect.get(reply, 'detail') as unknown]
    return {
      rejectedSpans: typeof rejected === 'number' ? rejected : 0,
      errorMessage: typeof detail === 'string' ? detail : '',
    }
  } catch {
    return none
  }
}

/** The varint and length-delimited fields up to the first byte that makes no sense. */
function readFields(body: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  while (at < body.length) {
    const tag = readVarint(body, at)
    const wireType = tag.value % 8
    const head = wireType === 0 || wireType === 2 ? readVarint(body, tag.next) : { value: 0, next: tag.next }
    const end = head.next + ({ 1: 8, 2: head.value, 5: 4 }[wireType] ?? 0)
    if (wireType === 3 || wireType === 4 || wireType > 5 || end > body.length) break
    fields.push({ number: Math.floor(tag.value / 8), value: head.value, bytes: body.subarray(head.next, end) })
    at = end
  }
  return fields
}

/** A varint cut short by the end of the body ends past it, which stops the caller. */
function readVarint(body: Uint8Array, start: number): { value: number; next: number } {
  let value = 0
  let at = start
  for (let scale = 1; at < start + 10; scale *= 128) {
    const byte = body[at++]
    if (byte === undefined) return { value: 0, next: body.length + 1 }
    value += (byte & 127) * scale
    if (byte < 128) break
  }
  return { value, next: at }
}
