// Text in, about as many tokens as a current tokenizer makes of it.

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu
const ARABIC = /[\u0600-\u06ff]/gu

/** Latin text is about four letters a token, Arabic about two and a half, kanji and kana about one. */
export function countTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0
  const arabic = text.match(ARABIC)?.length ?? 0
  return Math.max(1, Math.ceil(wide * 0.9 + arabic / 2.5 + (text.length - wide - arabic) / 4))
}
