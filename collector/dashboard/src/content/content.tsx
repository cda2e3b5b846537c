// The input or output of a span in; a chat, a JSON tree or a text out.
import { useMemo, useState } from 'react'
import type { Json } from '../api/rows.ts'
import { copyText } from '../ui/copy.ts'
import { JsonTree } from './json-tree.tsx'
import { LongText } from './long-text.tsx'
import { Media } from './media.tsx'
import { type Message, type Part, readContent } from './messages.ts'

interface ContentViewProps {
  title: string
  text: string
}

export function ContentView({ title, text }: ContentViewProps) {
  const content = useMemo(() => readContent(text), [text])
  const [isRaw, setRaw] = useState(false)
  return (
    <section className="content" aria-label={title}>
      <div className="content-head">
        <h3>{title}</h3>
        <div className="row">
          {content.form !== 'text' && (
            <button type="button" className="button quiet" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
              As sent<span className="sr-only">, {title}</span>
            </button>
          )}
          <button type="button" className="button quiet" onClick={() => void copyText(text)}>
            Copy<span className="sr-only"> {title}</span>
          </button>
        </div>
      </div>
      {isRaw ? (
        <LongText text={text} />
      ) : content.form === 'messages' ? (
        <Chat messages={content.messages} />
      ) : content.form === 'json' ? (
        <JsonTree value={content.value} />
      ) : (
        <LongText text={content.text} isMarkdown />
      )}
    </section>
  )
}

/** Beyond these the older ones are shown on demand. */
const MAX_MESSAGES = 30

export function Chat({ messages }: { messages: readonly Message[] }) {
  const [shown, setShown] = useState(MAX_MESSAGES)
  const hidden = Math.max(0, messages.length - shown)
  return (
    <div className="chat">
      {hidden > 0 && (
        <button type="button" className="button" onClick={() => setShown(shown + MAX_MESSAGES)}>
          {hidden} earlier messages
        </button>
      )}
      {messages.slice(hidden).map((message, index) => (
        <MessageView key={hidden + index} message={message} />
      ))}
    </div>
  )
}

/** Instructions are long and the same in every call. */
const LONG_SYSTEM_CHARS = 240
const SUMMARY_CHARS = 110

function MessageView({ message }: { message: Message }) {
  const { role, parts, finish } = message
  const [first] = parts
  const beginning = first?.kind === 'text' ? first.text : ''
  const isFolded = role === 'system' && beginning.length > LONG_SYSTEM_CHARS
  const inner = parts.map((part, index) => <PartView key={index} part={part} />)
  return (
    <article className={`message message-${/^(user|assistant|system|tool)$/.test(role) ? role : 'other'}`}>
      <p className="message-role">
        {role}
        {finish !== undefined && finish !== 'stop' && <span className="badge">{finish}</span>}
      </p>
      {parts.length === 0 && <p className="muted">(empty)</p>}
      {isFolded ? (
        <details className="folded">
          <summary>{beginning.slice(0, SUMMARY_CHARS)} …</summary>
          {inner}
        </details>
      ) : (
        inner
      )}
    </article>
  )
}

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return <LongText text={part.text} isMarkdown />
    case 'reasoning':
      return (
        <details className="reasoning">
          <summary>Reasoning</summary>
          <LongText text={part.text} isMarkdown />
        </details>
      )
    case 'tool':
      return (
        <div className="tool-call">
          <p>
            <span aria-hidden="true">⚙</span> <b>{part.name}</b> <span className="muted">tool call</span>
          </p>
          <Value value={part.given} />
          {part.result === undefined ? (
            <p className="muted">No result among these messages.</p>
          ) : (
            <>
              <p className="muted">result</p>
              <Value value={part.result} />
            </>
          )}
        </div>
      )
    case 'result':
      return <Value value={part.result} />
    case 'media':
      return <Media part={part} />
    case 'other':
      return <JsonTree value={part.value} />
    default:
      return part satisfies never
  }
}

/** Tools send JSON inside texts too. */
function Value({ value }: { value: Json }) {
  if (typeof value !== 'string') return <JsonTree value={value} />
  const content = readContent(value)
  return content.form === 'json' ? <JsonTree value={content.value} /> : <LongText text={value} isMarkdown />
}
