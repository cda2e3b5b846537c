// A method of a provider's client in, the same method with each call as a step out. The client stays the app's: same object, same results, same errors.
import type { EndFacts, Step, StepOptions } from '../step-handle.ts'
import { isPromise } from '../step-handle.ts'
import { type ChunkReader, streamOf } from '../stream.ts'
import { isObject, type Json } from './values.ts'

export type StartStep = (options: StepOptions) => Step

/** How one method is read. */
export interface CallRules {
  /** What is known of the call before it is made. */
  request(body: Json): StepOptions
  /** What the reply tells. */
  reply(reply: Json): EndFacts
  /** For a call that streams. */
  reader?(body: Json): ChunkReader<unknown>
  /** The body to send instead, where the app's own would leave out what has to be known. */
  prepare?(body: Json): Json
}

type Method = (body: unknown, ...rest: unknown[]) => unknown

const WRAPPED = Symbol.for('@hanzo/insights wrapped')

/** Does nothing where the client has no such method, and nothing twice. */
export function wrapMethod(owner: unknown, name: string, rules: CallRules, start: StartStep): void {
  const original: unknown = isObject(owner) ? Reflect.get(owner, name) : undefined
  if (!isObject(owner) || typeof original !== 'function' || WRAPPED in original) return
  const method = original as Method
  const wrapped = function (this: unknown, body: unknown, ...rest: unknown[]): unknown {
    if (!isObject(body)) return method.call(this, body, ...rest)
    return callWith({ body, rules, start, send: (sent) => method.call(this, sent, ...rest) })
  }
  Object.defineProperty(wrapped, WRAPPED, { value: true })
  Reflect.set(owner, name, wrapped)
}

interface Call {
  readonly body: Json
  readonly rules: CallRules
  readonly start: StartStep
  readonly send: (body: Json) => unknown
}

function callWith({ body, rules, start, send }: Call): unknown {
  const step = start(rules.request(body))
  try {
    const sent = body['stream'] === true && rules.prepare ? rules.prepare(body) : body
    const result = step.within(() => send(sent))
    const finish = (reply: unknown): unknown => finishWith({ step, reply, body, rules })
    return isPromise(result) ? followed(result, step, finish) : finish(result)
  } catch (error) {
    step.end({ error })
    throw error
  }
}

/** The clients' promises do more than promises (`withResponse`, `asResponse`); what they are made into keeps that. */
function followed(promise: Promise<unknown>, step: Step, finish: (reply: unknown) => unknown): unknown {
  const unwrap: unknown = Reflect.get(promise, '_thenUnwrap')
  const asResponse: unknown = Reflect.get(promise, 'asResponse')
  if (typeof unwrap !== 'function' || typeof asResponse !== 'function') {
    return promise.then(finish, (error: unknown) => {
      step.end({ error })
      throw error
    })
  }
  // Only listened to: whoever awaits the call gets the error as well.
  void Promise.resolve(asResponse.call(promise)).catch((error: unknown) => step.end({ error }))
  return unwrap.call(promise, finish)
}

function finishWith(of: { step: Step; reply: unknown; body: Json; rules: CallRules }): unknown {
  const { step, reply, body, rules } = of
  const chunks: unknown = isObject(reply) ? Reflect.get(reply, 'iterator') : undefined
  if (isObject(reply) && rules.reader && typeof chunks === 'function') {
    const reader = rules.reader(body)
    const read = chunks as () => AsyncIterator<unknown>
    Reflect.set(reply, 'iterator', () =>
      streamOf(step, { [Symbol.asyncIterator]: () => step.within(() => read.call(reply)) }, reader),
    )
    return reply
  }
  step.end(isObject(reply) ? factsOf(() => rules.reply(reply)) : {})
  return reply
}

/** A reply that is not what the provider documents is the app's to deal with. */
function factsOf(read: () => EndFacts): EndFacts {
  try {
    return read()
  } catch {
    return {}
  }
}
