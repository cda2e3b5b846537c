// The JSON body of the event wire in, its key and the places of its events out. Three forms: one event, an array of events, an object with `batch`.
import { InsightsError } from '../../telemetry/errors.ts'
import { JsonCursor, OPEN_BRACE, OPEN_BRACKET } from '../json-cursor.ts'
import { cursorAt, JsonValues, type Members, type Place, readElements, readMembers } from './json-value.ts'

/** One event whose properties have not been looked at. */
export interface WireEvent {
  /** '' = none told. */
  name: string
  /** The whole event. */
  place: Place
  members: Members
}

export interface EventBody {
  values: JsonValues
  /** The API key that the body shows. */
  key: string | undefined
  /** `sent_at` of the body. */
  sentAt: Place | undefined
  events: WireEvent[]
  /** Elements that are no event: not an object, or without a name. */
  malformed: number
}

// A client's batch has some hundred at most; a body of millions of empty ones is no batch.
const MAX_EVENTS = 20_000
const KEY_NAMES = ['api_key', 'token', '$token'] as const

/** @throws InsightsError INSIGHTS_REQUEST_INVALID */
export function readEvents(body: Uint8Array): EventBody {
  const cursor = new JsonCursor(body)
  const values = new JsonValues(cursor.bytes)
  const found: EventBody = { values, key: undefined, sentAt: undefined, events: [], malformed: 0 }
  const first = cursor.peek()
  if (first === OPEN_BRACKET) readElements(cursor, () => readEvent(cursor, found))
  else if (first === OPEN_BRACE) readObject(cursor, found)
  else cursor.fail('expected an event, an array of events, or an object with batch')
  if (cursor.peek() >= 0) cursor.fail('expected the end')
  found.key ??= keyOfEvents(found)
  return found
}

function readObject(cursor: JsonCursor, found: EventBody): void {
  const start = cursor.pos
  const members = readMembers(cursor, 0)
  found.key = keyOf(found.values, members)
  found.sentAt = members.get('sent_at')
  const batch = members.get('batch') ?? members.get('data')
  if (batch === undefined || found.values.first(batch) !== OPEN_BRACKET) {
    add(found, members, { start, end: cursor.pos })
    return
  }
  const inner = cursorAt(cursor.bytes, batch.start)
  readElements(inner, () => readEvent(inner, found))
}

function readEvent(cursor: JsonCursor, found: EventBody): void {
  if (found.events.length + found.malformed >= MAX_EVENTS)
    throw new InsightsError('INSIGHTS_REQUEST_INVALID', `cannot read the body: it has more than ${MAX_EVENTS} events`)
  const start = cursor.pos
  if (cursor.peek() !== OPEN_BRACE) {
    cursor.skipValue(1)
    found.malformed++
    return
  }
  add(found, readMembers(cursor, 1), { start, end: cursor.pos })
}

function add(found: EventBody, members: Members, place: Place): void {
  const name = found.values.text(members.get('event'))
  if (name === undefined) found.malformed++
  else found.events.push({ name, place, members })
}

const keyOf = (values: JsonValues, members: Members): string | undefined => {
  for (const name of KEY_NAMES) {
    const key = values.text(members.get(name))
    if (key !== undefined) return key
  }
  return undefined
}

/** Browsers show the key in each event, beside its properties or among them. One request has one project: the first tells. */
function keyOfEvents({ values, events }: EventBody): string | undefined {
  const [first] = events
  return first && (keyOf(values, first.members) ?? keyOf(values, propertiesOf(values, first)))
}

const NONE: Members = new Map()

/** The members of an event's `properties`. */
export function propertiesOf(values: JsonValues, event: WireEvent): Members {
  const place = event.members.get('properties')
  if (place === undefined || !values.isObject(place)) return NONE
  return readMembers(cursorAt(values.bytes, place.start), 2)
}
