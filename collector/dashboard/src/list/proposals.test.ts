import { describe, expect, it } from 'vitest'
import { wordAt } from './proposals.ts'

describe('the word under the caret', () => {
  it.each([
    ['model:gpt cost>1', 9, 'model:gpt'],
    ['model:gpt cost>1', 12, 'cost>1'],
    ['model:"a b" x', 10, 'model:"a b"'],
    ['', 0, ''],
    ['a ', 2, ''],
  ])('of %j at %i is %j', (text, caret, word) => expect(wordAt(text, caret).text).toBe(word))
})
