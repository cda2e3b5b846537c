// Any value of the app in, JSON text out; never throws, because what an app puts into a prompt is not ours to judge.

/** Cycles and deeper nesting than any message has end here. */
const MAX_DEPTH = 64

/** A text stays as it is. Undefined for what has no JSON (undefined, a function). */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : jsonOf(value)
}

export function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, asPlain)
  } catch {
    return JSON.stringify(withoutCycles(value, []), asPlain)
  }
}

function asPlain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Error) return { name: value.name, message: value.message }
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`
  if (value instanceof Map) return Object.fromEntries(value)
  return value instanceof Set ? [...value] : value
}

/** Members whose getters or `toJSON` throw are told by name only. */
function withoutCycles(value: unknown, above: readonly unknown[]): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? value.toString() : value
  if (above.includes(value)) return '[cycle]'
  if (above.length >= MAX_DEPTH) return '[too deep]'
  const path = [...above, value]
  if (Array.isArray(value)) return value.map((item) => withoutCycles(item, path))
  return Object.fromEntries(Object.keys(value).map((key) => [key, withoutCycles(read(value, key), path)]))
}

function read(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key)
  } catch {
    return '[unreadable]'
  }
}
