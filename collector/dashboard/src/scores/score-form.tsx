// What is to be judged in; a form with the names, bounds and categories that the project has out. It gives the score.
import { useId, useState } from 'react'
import { useAbout } from '../api/queries.ts'
import { keptForGood } from '../state/stored.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { readDraft, type ScoreDraft, typeOf } from './score-value.ts'
import { type ScoreTarget, useGiveScore, useScoreConfigs } from './use-scores.ts'
import { TypeField, ValueField } from './value-field.tsx'

const EMPTY: ScoreDraft = { name: '', type: 'numeric', value: '', comment: '' }
const keptAuthor = keptForGood('author')

export function ScoreForm({ target }: { target: ScoreTarget }) {
  const about = useAbout()
  const scopes = about.data?.caller?.scopes
  if (scopes === undefined) return null
  if (!scopes.includes('ingest'))
    return (
      <p className="cut-note">
        This key only reads. To give scores it needs the scope <code>ingest</code>; a key that has it is made under
        Settings.
      </p>
    )
  return <Form target={target} />
}

function Form({ target }: { target: ScoreTarget }) {
  const configs = useScoreConfigs().data?.data ?? []
  const give = useGiveScore(target)
  const [draft, setDraft] = useState(EMPTY)
  const [author, setAuthor] = useState(keptAuthor.get() ?? '')
  const [wrong, setWrong] = useState('')
  const id = useId()
  const config = configs.find(({ name }) => name === draft.name.trim())
  const edit = (patch: Partial<ScoreDraft>) => {
    setWrong('')
    setDraft({ ...draft, ...patch })
  }
  const submit = () => {
    const read = readDraft(draft, config)
    if ('wrong' in read) return setWrong(read.wrong)
    keptAuthor.set(author.trim() || undefined)
    const comment = draft.comment.trim() || undefined
    give.mutate(
      { name: draft.name.trim(), value: read.value, comment, author: author.trim() || undefined },
      { onSuccess: () => setDraft({ ...EMPTY, type: draft.type }) },
    )
  }
  return (
    <form
      className="score-form"
      aria-label={target.spanId === undefined ? 'Score the trace' : 'Score the span'}
      onKeyDown={(event) => {
        // out of the form first; the next one closes the span
        if (event.key === 'Escape') document.getElementById('span-pane')?.focus()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label>
        Name
        <input
          type="text"
          name="score-name"
          list={`${id}-names`}
          maxLength={256}
          autoComplete="off"
          placeholder="helpful"
          value={draft.name}
          onChange={(event) => edit({ name: event.target.value, value: '' })}
        />
      </label>
      <datalist id={`${id}-names`}>
        {configs.map(({ name, description }) => (
          <option key={name} value={name}>
            {description}
          </option>
        ))}
      </datalist>
      {config === undefined && <TypeField type={draft.type} onChange={(type) => edit({ type, value: '' })} />}
      <ValueField
        type={typeOf(draft, config)}
        config={config}
        value={draft.value}
        onChange={(value) => edit({ value })}
      />
      <label className="wide">
        Comment
        <textarea
          rows={2}
          maxLength={16_384}
          value={draft.comment}
          onChange={(event) => edit({ comment: event.target.value })}
        />
      </label>
      <label>
        Your name, if you like
        <input type="text" maxLength={256} value={author} onChange={(event) => setAuthor(event.target.value)} />
      </label>
      <button type="submit" className="button primary" disabled={give.isPending}>
        {give.isPending ? 'Giving …' : 'Give the score'}
      </button>
      {config?.description ? <p className="muted wide">{config.description}</p> : null}
      {wrong !== '' && (
        <p role="alert" className="bad wide">
          It is not a score yet: {wrong}.
        </p>
      )}
      <p role="status" className="muted wide">
        {give.isSuccess && wrong === '' ? 'Given.' : ''}
      </p>
      {give.error !== null && (
        <div className="wide">
          <ErrorState problem={give.error} />
        </div>
      )}
    </form>
  )
}
