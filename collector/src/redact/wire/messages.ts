// The messages of OTLP as tables: which field holds what. A field that is in no table is left out, since nobody could say what is in it.

export type Part =
  /** A number or a flag. */
  | 'number'
  /** Bytes of an id: 16 at most, or it is none. */
  | 'id'
  /** A text that rules look at. With a label the configuration can name it as it names attributes. */
  | 'text'
  | { label: string; holds: 'text' | 'value' }
  | 'attribute'
  | Message

export interface Message {
  name: string
  parts: ReadonlyMap<number, Part>
  /** A record of its own: where it cannot be read, it alone is lost. */
  record?: true
}

const message = (name: string, parts: Readonly<Record<number, Part>>, record?: true): Message => ({
  name,
  parts: new Map(Object.entries(parts).map(([field, part]) => [Number(field), part])),
  ...(record && { record }),
})

const RESOURCE = message('Resource', { 1: 'attribute', 2: 'number' })
const SCOPE = message('InstrumentationScope', { 1: 'text', 2: 'text', 3: 'attribute', 4: 'number' })
const labelled = (label: string, holds: 'text' | 'value' = 'text'): Part => ({ label, holds })

const EVENT = message('Event', { 1: 'number', 2: labelled('event.name'), 3: 'attribute', 4: 'number' })
const LINK = message('Link', { 1: 'id', 2: 'id', 3: 'text', 4: 'attribute', 5: 'number', 6: 'number' })
const STATUS = message('Status', { 2: labelled('span.status_message'), 3: 'number' })

const SPAN = message(
  'Span',
  {
    1: 'id',
    2: 'id',
    3: 'text',
    4: 'id',
    5: labelled('span.name'),
    6: 'number',
    7: 'number',
    8: 'number',
    9: 'attribute',
    10: 'number',
    11: EVENT,
    12: 'number',
    13: LINK,
    14: 'number',
    15: STATUS,
    16: 'number',
  },
  true,
)

const LOG_RECORD = message(
  'LogRecord',
  {
    1: 'number',
    2: 'number',
    3: 'text',
    5: labelled('log.body', 'value'),
    6: 'attribute',
    7: 'number',
    8: 'number',
    9: 'id',
    10: 'id',
    11: 'number',
    12: 'text',
  },
  true,
)

const request = (name: string, record: Message): Message => {
  const scoped = message(`Scope${name}`, { 1: SCOPE, 2: record, 3: 'text' })
  const resource = message(`Resource${name}`, { 1: RESOURCE, 2: scoped, 3: 'text' })
  return message(`Export${name}Request`, { 1: resource })
}

export const TRACES = request('Spans', SPAN)
export const LOGS = request('Logs', LOG_RECORD)
