// Messages of a span in; Markdown to paste elsewhere out.
import { type Content, type Message, type Part, readContent } from './messages.ts'

/** `## user` and what was said, a tool's call and answer in fences. */
export function markdownOf(parts: readonly (string | null | undefined)[]): string {
  return parts
    .flatMap((text) => (typeof text === 'string' && text !== '' ? [blocksOf(readContent(text))] : []))
    .join('\n\n')
}

function blocksOf(content: Content): string {
  if (content.form === 'text') return content.text
  if (content.form === 'json') return fenced(content.value)
  return content.messages.map(messageOf).join('\n\n')
}

const messageOf = ({ role, parts }: Message): string => [`## ${role}`, ...parts.map(partOf)].join('\n\n')

function partOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'reasoning':
      return part.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
    case 'tool':
      return [
        `**${part.name}**`,
        fenced(part.given),
        ...(part.result === undefined ? [] : ['Result:', fenced(part.result)]),
      ].join('\n\n')
    case 'result':
      return fenced(part.result)
    case 'media':
      return `[${part.mimeType}${part.uri === undefined ? '' : ` ${part.uri}`}]`
    case 'other':
      return fenced(part.value)
    default:
      return part satisfies never
  }
}

/** With a fence that is longer than any in it. */
function fenced(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${typeof value === 'string' ? '' : 'json'}\n${text}\n${fence}`
}
