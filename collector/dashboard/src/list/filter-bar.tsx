// What is typed in; the filter of the URL out, with names of fields and their values proposed while typing.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { fieldNames } from '../../../src/query/filter/fields.ts'
import { useKeys } from '../keys.ts'
import { useUrlState } from '../state/search.ts'
import type { ListSpec } from './lists.ts'
import { type Proposal, proposalsFor, wordAt } from './proposals.ts'

export function FilterBar({ spec, position }: { spec: ListSpec; position?: number | undefined }) {
  const url = useUrlState()
  const client = useQueryClient()
  const applied = url.get('q') ?? ''
  const [text, setText] = useState(applied)
  const [seen, setSeen] = useState(applied)
  if (seen !== applied) {
    setSeen(applied)
    setText(applied)
  }
  const input = useRef<HTMLInputElement>(null)
  const [proposals, setProposals] = useState<readonly Proposal[]>([])
  const [chosen, setChosen] = useState(-1)
  const list = useId()
  useKeys({ '/': () => input.current?.focus() })
  const apply = (next: string) => {
    setProposals([])
    setText(next)
    url.set({ q: next.trim() })
  }
  const propose = (value: string, caret: number) => {
    const word = wordAt(value, caret)
    setChosen(-1)
    void proposalsFor(word.text, {
      spec,
      fields: fieldNames(spec.rows),
      client,
      from: url.get('from'),
      to: url.get('to'),
    }).then(setProposals)
  }
  const take = (proposal: Proposal) => {
    const caret = input.current?.selectionStart ?? text.length
    const { start, end } = wordAt(text, caret)
    const next = text.slice(0, start) + proposal.insert + text.slice(end)
    setText(next)
    setProposals([])
    const at = start + proposal.insert.length
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(at, at)
      if (proposal.insert.endsWith(':')) propose(next, at)
    })
  }
  useEffect(() => {
    if (position !== undefined) input.current?.setSelectionRange(position, position)
  }, [position])
  const isOpen = proposals.length > 0
  return (
    <form
      className="filter-bar"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        apply(text)
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setProposals([])
      }}
    >
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={`Filter ${spec.title.toLowerCase()}`}
        aria-expanded={isOpen}
        aria-controls={list}
        aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={`${spec.examples.slice(0, 3).join('  ')}  "words of the content"   ( / )`}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          propose(event.target.value, event.target.selectionStart ?? event.target.value.length)
        }}
        onFocus={(event) => propose(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onKeyDown={(event) => {
          const proposal = proposals[chosen]
          if (event.key === 'ArrowDown' && isOpen) setChosen(Math.min(chosen + 1, proposals.length - 1))
          else if (event.key === 'ArrowUp' && isOpen) setChosen(Math.max(chosen - 1, -1))
          else if (event.key === 'Enter' && proposal !== undefined) take(proposal)
          else if (event.key === 'Tab' && !event.shiftKey && proposal !== undefined) take(proposal)
          else if (event.key === 'Escape') isOpen ? setProposals([]) : event.currentTarget.blur()
          else return
          event.preventDefault()
        }}
      />
      {applied !== '' && (
        <button type="button" className="button quiet" onClick={() => apply('')}>
          Clear
        </button>
      )}
      <button type="submit" className="button">
        Filter
      </button>
      {isOpen && (
        <div className="suggestions" role="listbox" id={list} aria-label="Proposals">
          {proposals.map((proposal, index) => (
            <div
              key={proposal.insert}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault()
                take(proposal)
              }}
            >
              <span>{proposal.insert}</span>
              <span className="muted">{proposal.hint}</span>
            </div>
          ))}
        </div>
      )}
    </form>
  )
}
