// Drafts of scores against what a project allows.
import { describe, expect, it } from 'vitest'
import { boundsText, readDraft, type ScoreConfig, type ScoreDraft } from './score-value.ts'

const draft = (change: Partial<ScoreDraft>): ScoreDraft => ({
  ...{ name: 'helpful', type: 'numeric', value: '', comment: '' },
  ...change,
})
const STARS: ScoreConfig = { name: 'stars', type: 'numeric', min: 1, max: 5, categories: [], description: '' }
const ASIDE: ScoreConfig = { ...STARS, type: 'boolean', min: null, max: null }

describe('readDraft', () => {
  it('takes numbers as numbers, yes and no as booleans, and the rest as categories', () => {
    expect(readDraft(draft({ value: ' 0.5 ' }), undefined)).toEqual({ value: 0.5 })
    expect(readDraft(draft({ value: '-2' }), undefined)).toEqual({ value: -2 })
    expect(readDraft(draft({ type: 'boolean', value: 'no' }), undefined)).toEqual({ value: false })
    expect(readDraft(draft({ type: 'categorical', value: '7' }), undefined)).toEqual({ value: '7' })
  })

  it('goes by the configuration of the name, whatever was chosen before', () => {
    expect(readDraft(draft({ type: 'categorical', value: '4' }), STARS)).toEqual({ value: 4 })
    expect(readDraft(draft({ value: 'yes' }), ASIDE)).toEqual({ value: true })
  })

  it('says what is wrong before anything is sent', () => {
    expect(readDraft(draft({ name: ' ', value: '1' }), undefined)).toEqual({ wrong: 'it needs a name' })
    expect(readDraft(draft({}), undefined)).toEqual({ wrong: 'it needs a value or a comment' })
    for (const value of ['0x10', '1e3', 'Infinity', 'three'])
      expect(readDraft(draft({ value }), undefined)).toEqual({ wrong: `${value} is not a number` })
    expect(readDraft(draft({ value: '6' }), STARS)).toEqual({ wrong: 'it must be 1 to 5' })
    expect(readDraft(draft({ value: '-1' }), { ...STARS, max: null })).toEqual({ wrong: 'it must be at least 1' })
  })

  it('lets a comment stand alone', () => {
    expect(readDraft(draft({ type: 'comment', comment: 'good' }), undefined)).toEqual({ value: undefined })
    expect(readDraft(draft({ comment: 'good' }), STARS)).toEqual({ value: undefined })
    expect(boundsText({ ...STARS, min: null })).toBe('at most 5')
    expect(boundsText(ASIDE)).toBeUndefined()
  })
})
