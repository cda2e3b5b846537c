// Dotted paths with a value each (`0.message.role`) -> the arrays and objects that they spell.
import type { Value } from '../value.ts'
import { plainOf } from './plain.ts'
import { type Draft, put } from './values.ts'

/** Larger indexes are no one's. */
const INDEX = /^\d{1,9}$/
const MAX_SEGMENTS = 16
/** Segments that name what every object has. */
const HOSTILE: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

interface Branch {
  children: Map<string, Branch>
  value?: unknown
}

export class KeyTree {
  private readonly root: Branch = { children: new Map() }

  /** Adds one path; of equal ones the later wins. A path that does not begin with an index is left out. */
  add(path: string, value: Value): void {
    const segments = path.split('.', MAX_SEGMENTS + 1)
    const isUsable = segments.length <= MAX_SEGMENTS && !segments.some((segment) => HOSTILE.has(segment))
    if (!isUsable || !INDEX.test(segments[0]!) || value === undefined) return
    let branch = this.root
    for (const segment of segments) {
      let next = branch.children.get(segment)
      if (!next) {
        next = { children: new Map() }
        branch.children.set(segment, next)
      }
      branch = next
    }
    branch.value = plainOf(value)
  }

  /** The items by their numbers, without gaps. */
  items(): unknown[] {
    return listOf(this.root)
  }
}

function listOf({ children }: Branch): unknown[] {
  return [...children].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, child]) => toPlain(child))
}

function toPlain(branch: Branch): unknown {
  const { children, value } = branch
  if (children.size === 0) return value
  const isList = value === undefined && [...children.keys()].every((key) => INDEX.test(key))
  if (isList) return listOf(branch)
  const object: Draft = {}
  for (const [key, child] of children) put(object, key, toPlain(child))
  // A path that is both a leaf and the way to others.
  if (value !== undefined) put(object, children.has('value') ? 'source_value' : 'value', value)
  return object
}
