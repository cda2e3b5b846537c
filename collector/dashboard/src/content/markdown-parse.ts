// Text that a model wrote in; blocks and marks out. There is no HTML in it: what looks like a tag stays text.

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'em'; inner: readonly Inline[] }
  | { kind: 'link'; href: string; text: string }
  | { kind: 'image'; href: string; text: string }

export type Block =
  | { kind: 'paragraph'; inner: readonly Inline[] }
  | { kind: 'heading'; level: number; inner: readonly Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'list'; isOrdered: boolean; items: readonly (readonly Inline[])[] }
  | { kind: 'quote'; inner: readonly Inline[] }
  | { kind: 'table'; head: readonly (readonly Inline[])[]; rows: readonly (readonly (readonly Inline[])[])[] }
  | { kind: 'rule' }

const FENCE = /^\s{0,3}(```+|~~~+)\s*([\w+#.-]*)/
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*$/
const ITEM = /^\s{0,8}(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/
const QUOTE = /^\s{0,3}>\s?(.*)$/
const RULE = /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/
const TABLE_LINE = /^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)+\|?\s*$/

export function parseMarkdown(text: string): Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at++
    else at = readBlock(lines, at, blocks)
  }
  return blocks
}

/** @returns the line after the block */
function readBlock(lines: readonly string[], at: number, blocks: Block[]): number {
  const line = lines[at] ?? ''
  const fence = FENCE.exec(line)
  if (fence !== null) return readFence(lines, at, fence, blocks)
  const heading = HEADING.exec(line)
  if (heading !== null) {
    blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, inner: parseInline(heading[2] ?? '') })
    return at + 1
  }
  if (RULE.test(line)) {
    blocks.push({ kind: 'rule' })
    return at + 1
  }
  if (ITEM.test(line)) return readList(lines, at, blocks)
  if (QUOTE.test(line)) {
    const end = endOf(lines, at, (next) => QUOTE.test(next))
    const inner = lines.slice(at, end).map((one) => QUOTE.exec(one)?.[1] ?? '')
    blocks.push({ kind: 'quote', inner: parseInline(inner.join('\n')) })
    return end
  }
  if (line.includes('|') && TABLE_LINE.test(lines[at + 1] ?? '')) return readTable(lines, at, blocks)
  const end = endOf(lines, at, (next, index) => index === at || (next.trim() !== '' && !startsBlock(next)))
  blocks.push({ kind: 'paragraph', inner: parseInline(lines.slice(at, end).join('\n')) })
  return end
}

const startsBlock = (line: string): boolean =>
  FENCE.test(line) || HEADING.test(line) || ITEM.test(line) || QUOTE.test(line)

function endOf(lines: readonly string[], from: number, goesOn: (line: string, index: number) => boolean): number {
  let at = from
  while (at < lines.length && goesOn(lines[at] ?? '', at)) at++
  return at
}

function readFence(lines: readonly string[], at: number, fence: RegExpExecArray, blocks: Block[]): number {
  const [, mark = '```', language = ''] = fence
  const end = endOf(lines, at + 1, (line) => !line.trim().startsWith(mark))
  blocks.push({ kind: 'code', language, text: lines.slice(at + 1, end).join('\n') })
  return end + 1
}

function readList(lines: readonly string[], at: number, blocks: Block[]): number {
  const isOrdered = ITEM.exec(lines[at] ?? '')?.[2] !== undefined
  const items: string[] = []
  const end = endOf(lines, at, (line) => {
    const item = ITEM.exec(line)
    if (item !== null) {
      items.push(item[3] ?? '')
      return true
    }
    // a line that is indented goes on with the item before
    if (!/^\s{2,}\S/.test(line)) return false
    items[items.length - 1] = `${items.at(-1) ?? ''}\n${line.trim()}`
    return true
  })
  blocks.push({ kind: 'list', isOrdered, items: items.map(parseInline) })
  return end
}

function readTable(lines: readonly string[], at: number, blocks: Block[]): number {
  const cells = (line: string): Inline[][] =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => parseInline(cell.trim()))
  const end = endOf(lines, at + 2, (line) => line.includes('|'))
  blocks.push({ kind: 'table', head: cells(lines[at] ?? ''), rows: lines.slice(at + 2, end).map(cells) })
  return end
}

/** Marks within a line. Each alternative is bounded, so hostile text costs no more than its length. */
const MARK =
  /(`+)([^`]{1,2000}?)\1(?!`)|\*\*([^*\n]{1,2000})\*\*|__([^_\n]{1,2000})__|\*([^*\s][^*\n]{0,2000})\*|(!?)\[([^\]\n]{0,1000})\]\(([^)\s]{1,2000})\)/

const MAX_DEPTH = 4

export function parseInline(text: string, depth = 0): Inline[] {
  const found: Inline[] = []
  let rest = text
  while (rest !== '') {
    const match = depth < MAX_DEPTH ? MARK.exec(rest) : null
    if (match === null) {
      found.push({ kind: 'text', text: rest })
      break
    }
    if (match.index > 0) found.push({ kind: 'text', text: rest.slice(0, match.index) })
    found.push(toInline(match, depth))
    rest = rest.slice(match.index + match[0].length)
  }
  return found
}

function toInline(match: RegExpExecArray, depth: number): Inline {
  const [whole, , code, strong, strong2, em, image, label, address] = match
  if (code !== undefined) return { kind: 'code', text: code }
  const bold = strong ?? strong2
  if (bold !== undefined) return { kind: 'strong', inner: parseInline(bold, depth + 1) }
  if (em !== undefined) return { kind: 'em', inner: parseInline(em, depth + 1) }
  const href = address === undefined ? undefined : safeHref(address)
  if (href === undefined) return { kind: 'text', text: whole }
  return { kind: image === '!' ? 'image' : 'link', href, text: label === '' || label === undefined ? href : label }
}

/** Only what leads to a page or a mailbox; everything else stays text. */
export function safeHref(address: string): string | undefined {
  if (!/^(?:https?:\/\/|mailto:)/i.test(address)) return undefined
  try {
    const url = new URL(address)
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
