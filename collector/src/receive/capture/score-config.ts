// What a project allows of scores of a name, and a score, in; why the score is not taken out.
import type { ScoreRecord } from './score.ts'

export interface ScoreConfig {
  name: string
  type: 'numeric' | 'boolean' | 'categorical'
  /** Of numeric ones. */
  min: number | undefined
  max: number | undefined
  /** Of categorical ones; empty: any. */
  categories: readonly string[]
}

/** Undefined: it is allowed. Words alone, and the taking back of a score, always are. */
export function objectionTo(score: ScoreRecord, config: ScoreConfig | undefined): string | undefined {
  if (config === undefined || score.isDeleted || score.type === 'text') return undefined
  return OBJECTIONS[config.type](score, config)
}

const OBJECTIONS: Readonly<
  Record<ScoreConfig['type'], (score: ScoreRecord, config: ScoreConfig) => string | undefined>
> = {
  numeric({ type, value = Number.NaN }, { name, min, max }) {
    // 1 and 0 of a thumb are no stars.
    if (type !== 'numeric') return `scores called ${name} are numbers`
    const fits = value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY)
    return fits ? undefined : `scores called ${name} are from ${min ?? '-∞'} to ${max ?? '∞'}`
  },
  boolean({ type, value }, { name }) {
    const fits = type === 'boolean' || value === 0 || value === 1
    return fits ? undefined : `scores called ${name} are true or false`
  },
  categorical({ label }, { name, categories }) {
    if (label === undefined) return `scores called ${name} are categories`
    const fits = categories.length === 0 || categories.includes(label)
    return fits ? undefined : `scores called ${name} are one of ${categories.join(', ')}`
  },
}
