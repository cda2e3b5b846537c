import { describe, expect, test } from 'vitest'
import { createAuth } from './auth.ts'

const none = { authorization: undefined, apiKey: undefined }

describe('createAuth', () => {
  test('without keys everyone is the project default', () => {
    const auth = createAuth({ keys: [] })
    expect(auth.projectOf(none)).toBe('default')
    expect(auth.projectOfKey('anything')).toBe('default')
  })

  test('with keys a request needs one of them, in either header', () => {
    const auth = createAuth({
      keys: [
        { project: 'a', key: 'key-a' },
        { project: 'a', key: 'key-a2' },
        { project: 'b', key: 'key-b' },
      ],
    })
    expect(auth.projectOf({ ...none, authorization: 'Bearer key-a' })).toBe('a')
    expect(auth.projectOf({ ...none, authorization: 'bearer  key-a2 ' })).toBe('a')
    expect(auth.projectOf({ ...none, apiKey: 'key-b' })).toBe('b')
    expect(auth.projectOf({ authorization: 'Bearer key-x', apiKey: 'key-b' })).toBeUndefined()
    for (const authorization of ['key-a', 'Basic key-a', 'Bearer', 'Bearer key-a key-b', '']) {
      expect(auth.projectOf({ ...none, authorization })).toBeUndefined()
    }
    expect([auth.projectOf(none), auth.projectOfKey(''), auth.projectOfKey(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('keeps no key in a readable form', () => {
    const seen: unknown[] = []
    const auth = createAuth({ keys: [{ project: 'a', key: 'secret-key' }] })
    JSON.stringify(auth, (_name, value) => {
      seen.push(value)
      return value
    })
    expect(JSON.stringify(seen)).not.toContain('secret-key')
  })
})
