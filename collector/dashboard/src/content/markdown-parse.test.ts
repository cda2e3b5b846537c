import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Inline, parseInline, parseMarkdown, safeHref } from './markdown-parse.ts'

const textOf = (inner: readonly Inline[]): string =>
  inner.map((one) => ('inner' in one ? textOf(one.inner) : one.text)).join('')

describe('markdown', () => {
  it('knows headings, lists, fences, quotes, tables and rules', () => {
    const text =
      '# Head\n\nsome *text*\n- one\n- two\n  more\n\n```js\nlet x = "<b>"\n```\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---'
    expect(parseMarkdown(text).map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'code',
      'quote',
      'table',
      'rule',
    ])
    expect(parseMarkdown(text)[3]).toEqual({ kind: 'code', language: 'js', text: 'let x = "<b>"' })
  })

  it('leaves tags as the text that they are', () => {
    const text = '<img src=x onerror=alert(1)> **<script>**'
    expect(parseInline(text)).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)> ' },
      { kind: 'strong', inner: [{ kind: 'text', text: '<script>' }] },
    ])
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    ' https://x',
    '//evil.example',
    '/api/v1/keys',
    'https://[bad',
  ])('a link to %s stays text', (address) => {
    expect(safeHref(address)).toBeUndefined()
    expect(
      parseInline(`[x](${address.trim() === address ? address : 'javascript:1'})`).some(({ kind }) => kind === 'link'),
    ).toBe(false)
  })

  it('links lead to pages and mailboxes', () => {
    expect(parseInline('[x](https://example.com/a?b=1)')).toEqual([
      { kind: 'link', href: 'https://example.com/a?b=1', text: 'x' },
    ])
  })

  it('loses no letter of what was written, whatever it is', () => {
    const written = fc
      .array(fc.constantFrom('a', '*', '_', '`', '[', ']', '(', ')', '!', '<', ' ', 'https://x.y'))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(written, (text) => {
        const shown = textOf(parseInline(text))
        expect(shown.replace(/[^a<]/g, '').length).toBe(text.replace(/[^a<]/g, '').length)
      }),
    )
  })

  it('takes time in proportion to hostile text', () => {
    const began = performance.now()
    for (const piece of ['*', '[', '`', '![](', '**a', '[a](', '> ', '| a '])
      parseMarkdown(piece.repeat(16_000 / piece.length))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
