// Text of a model in; elements out. Only elements are made, never HTML, so nothing in the text can run.
import { Fragment, type ReactNode } from 'react'
import { type Block, type Inline, parseMarkdown } from './markdown-parse.ts'

export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {parseMarkdown(text).map((block, index) => (
        <Fragment key={index}>{blockOf(block)}</Fragment>
      ))}
    </div>
  )
}

function blockOf(block: Block): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p>{inlineOf(block.inner)}</p>
    case 'heading':
      // not h1 … h6: the outline of the page is the page's own
      return <p className={`md-head md-head-${block.level}`}>{inlineOf(block.inner)}</p>
    case 'code':
      return (
        <pre tabIndex={0} role="region" aria-label={`Code ${block.language}`}>
          <code>{block.text}</code>
        </pre>
      )
    case 'list': {
      const items = block.items.map((item, index) => <li key={keyOf(index)}>{inlineOf(item)}</li>)
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'quote':
      return <blockquote>{inlineOf(block.inner)}</blockquote>
    case 'rule':
      return <hr />
    case 'table':
      return (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={keyOf(index)}>{inlineOf(cell)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={keyOf(index)}>
                  {row.map((cell, column) => (
                    <td key={keyOf(column)}>{inlineOf(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    default:
      return block satisfies never
  }
}

/** Whom a click would ask. */
const hostIn = (href: string): string => (URL.canParse(href) ? new URL(href).host : href)

const keyOf = (index: number): string => `at ${index}`

const inlineOf = (inner: readonly Inline[]): ReactNode =>
  inner.map((one, index) => <Fragment key={keyOf(index)}>{markOf(one)}</Fragment>)

function markOf(one: Inline): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text
    case 'code':
      return <code>{one.text}</code>
    case 'strong':
      return <strong>{inlineOf(one.inner)}</strong>
    case 'em':
      return <em>{inlineOf(one.inner)}</em>
    case 'link':
      return (
        <a href={one.href} target="_blank" rel="noreferrer noopener nofollow" title={one.href}>
          {one.text}
        </a>
      )
    case 'image':
      // an image of another server would tell it who reads this
      return (
        <a href={one.href} target="_blank" rel="noreferrer noopener nofollow" title={one.href}>
          [image{one.text === '' ? '' : `: ${one.text}`} at {hostIn(one.href)}]
        </a>
      )
    default:
      return one satisfies never
  }
}
