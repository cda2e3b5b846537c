// What a form holds of a score in, and what the project allows of its name; the value to send, or what is wrong with it, out.

/** As GET /score-configs tells it. */
export interface ScoreConfig {
  name: string
  type: 'numeric' | 'boolean' | 'categorical'
  min: number | null
  max: number | null
  categories: readonly string[]
  description: string
}

export type ScoreType = ScoreConfig['type'] | 'comment'

export interface ScoreDraft {
  name: string
  /** Of a name without a configuration; with one, its type holds. */
  type: ScoreType
  value: string
  comment: string
}

export type ReadDraft = { value: number | boolean | string | undefined } | { wrong: string }

export const typeOf = (draft: ScoreDraft, config: ScoreConfig | undefined): ScoreType => config?.type ?? draft.type

/** `3 to 5`, `at least 3`; undefined: any number. */
export function boundsText(config: ScoreConfig | undefined): string | undefined {
  const min = config?.min ?? undefined
  const max = config?.max ?? undefined
  if (min !== undefined && max !== undefined) return `${min} to ${max}`
  if (min !== undefined) return `at least ${min}`
  return max === undefined ? undefined : `at most ${max}`
}

/** The collector checks again; this says it before anything is sent. */
export function readDraft(draft: ScoreDraft, config: ScoreConfig | undefined): ReadDraft {
  const { comment } = draft
  const value = draft.value.trim()
  if (draft.name.trim() === '') return { wrong: 'it needs a name' }
  const type = typeOf(draft, config)
  if (type === 'comment' || value === '')
    return comment.trim() === '' ? { wrong: 'it needs a value or a comment' } : { value: undefined }
  if (type === 'boolean') return { value: value === 'yes' }
  if (type === 'categorical') return { value }
  // Number() takes 0x10 and 1e999 too
  const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(number)) return { wrong: `${value} is not a number` }
  const isOut = number < (config?.min ?? number) || number > (config?.max ?? number)
  return isOut ? { wrong: `it must be ${boundsText(config)}` } : { value: number }
}
