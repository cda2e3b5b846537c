// A list of per-message events in one attribute (`events` of pydantic-ai and Logfire) -> the messages of one side.
import type { Message, MessagePart } from '../model.ts'
import type { Side } from './list.ts'
import { toCanonical } from './message.ts'
import { isObj, type Obj } from './values.ts'

const NAME_KEY = 'event.name'
const CHOICE = 'gen_ai.choice'
const SYSTEM = 'gen_ai.system.message'

/** @returns undefined when the list is not of such events */
export function eventsOf(
  list: readonly unknown[],
  side: Side,
): { messages: Message[]; system?: MessagePart[] } | undefined {
  const [first] = list
  if (!isObj(first) || !isEvent(first) || !list.every(isObj)) return undefined
  const events: readonly Obj[] = list
  const last = events.findLastIndex((event) => !isWord(event))
  const isReply = (event: Obj, i: number): boolean => event[NAME_KEY] === CHOICE || (i > last && isWord(event))
  if (side === 'output') return { messages: events.filter(isReply).map((event) => toCanonical(event, 'assistant')) }
  const asked = events.filter((event, i) => !isReply(event, i))
  const system = asked
    .filter((event) => event[NAME_KEY] === SYSTEM)
    .flatMap((event) => toCanonical(event, 'system').parts)
  const messages = asked.filter((event) => event[NAME_KEY] !== SYSTEM).map((event) => toCanonical(event, 'user'))
  return system.length > 0 ? { messages, system } : { messages }
}

const isEvent = (event: Obj): boolean => typeof event[NAME_KEY] === 'string' && event[NAME_KEY].startsWith('gen_ai.')

/** Some write the reply as more assistant messages rather than as a choice. */
const isWord = (event: Obj): boolean => event[NAME_KEY] === 'gen_ai.assistant.message'
