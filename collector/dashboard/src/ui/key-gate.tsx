// A key typed in; the page behind it out. The key stays in this tab's sessionStorage and is sent as a header, nowhere else.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getJson } from '../api/client.ts'
import type { About } from '../api/rows.ts'
import { getKey, keyAsked, setKey } from '../state/key.ts'

export function KeyGate() {
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(getKey() === undefined ? '' : 'The collector does not know this key.')
  const submit = async () => {
    setKey(text.trim())
    const { caller } = await getJson<About>('/api/about')
    if (caller === null) {
      setKey(undefined)
      setWrong('The collector does not know this key.')
      return
    }
    if (!caller.scopes.includes('read')) {
      setKey(undefined)
      setWrong('This key may send, but not read.')
      return
    }
    keyAsked.set(false)
    await client.resetQueries()
  }
  return (
    <form
      className="key-gate card"
      onSubmit={(event) => {
        event.preventDefault()
        submit().catch((problem: unknown) => setWrong(problem instanceof Error ? problem.message : 'It did not work.'))
      }}
    >
      <h1>A key is needed</h1>
      <p>
        This collector asks for a key with the scope <code>read</code>; it also says which project you see. Make one
        with <code>insights keys create NAME --project PROJECT</code>.
      </p>
      <label>
        Key
        <input
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {wrong !== '' && (
        <p role="alert" className="bad">
          {wrong}
        </p>
      )}
      <button type="submit" className="button primary" disabled={text.trim() === ''}>
        Open
      </button>
      <p className="muted">It is kept until this tab closes.</p>
    </form>
  )
}
