import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyText, digestOf, formOf, shownPart } from './key-text.ts'

describe('a key', () => {
  it('has 256 random bits in base62, a prefix that tells its kind and a checksum', () => {
    expect(createKeyText('secret')).toMatch(/^hz_sec_[0-9A-Za-z]{49}$/)
    expect(createKeyText('public')).toMatch(/^hz_pub_[0-9A-Za-z]{49}$/)
    expect(createKeyText('operator')).toMatch(/^hz_opr_[0-9A-Za-z]{49}$/)
    const many = Array.from({ length: 2000 }, () => createKeyText('secret'))
    expect(new Set(many).size).toBe(2000)
    // Every digit occurs in every place but the first, which holds the top of 256 bits.
    for (let place = 8; place < 50; place += 1) expect(new Set(many.map((text) => text[place])).size).toBe(62)
  })

  it('shows too little to guess the rest from', () => {
    const text = createKeyText('secret')
    expect(shownPart(text)).toBe(text.slice(0, 13))
    expect(digestOf('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('a shown text', () => {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

  it('is a mistyped key when any one character differs, is missing, or two are swapped', () => {
    fc.assert(
      fc.property(fc.nat(48), fc.nat(61), fc.constantFrom('secret', 'public'), (place, digit, kind) => {
        const text = createKeyText(kind)
        const at = 7 + place
        const put = (from: number, length: number, by: string) => text.slice(0, from) + by + text.slice(from + length)
        const wrong = [
          put(at, 1, digits[digit]!),
          put(at, 1, ''),
          put(at, 1, `${text[at]}${text[at]}`),
          put(at - 1, 2, `${text[at]}${text[at - 1]}`),
          text.slice(0, at),
        ]
        expect(formOf(text)).toBe('whole')
        for (const one of wrong) if (one !== text) expect([one, formOf(one)]).toEqual([one, 'mistyped'])
      }),
    )
  })

  it('is mistyped when it has the prefix and another kind, and foreign without the prefix', () => {
    expect(formOf(createKeyText('secret').replace('hz_sec_', 'hz_pub_'))).toBe('mistyped')
    expect(formOf('hz_')).toBe('mistyped')
    expect(formOf(`${createKeyText('secret')}\n`)).toBe('mistyped')
    for (const text of ['', 'sk-123', 'HZ_sec_0', ` ${createKeyText('secret')}`]) expect(formOf(text)).toBe('foreign')
  })
})
