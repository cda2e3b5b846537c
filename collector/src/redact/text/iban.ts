// The first check digit of an IBAN -> its end, by country, length and checksum.
import { isAlnum, isDigit, isLetter } from './bytes.ts'

const COUNTRIES = `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18
  FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19
  MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22
  VG24 XK20 YE30`

const LENGTHS = new Map(COUNTRIES.split(/\s+/).map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]))

/** 0 when there is none. Blanks or hyphens may stand between groups. @param check place of the third character */
export function ibanEnd(text: Uint8Array, check: number): number {
  const [first, second] = [text[check - 2], text[check - 1]]
  if (!isLetter(first) || !isLetter(second) || !isDigit(text[check + 1]) || isAlnum(text[check - 3])) return 0
  const wanted = LENGTHS.get(String.fromCharCode((first ?? 0) & 0xdf, (second ?? 0) & 0xdf))
  if (wanted === undefined) return 0
  let seen = 4
  let rest = 0
  let i = check + 2
  while (seen < wanted) {
    const c = text[i] ?? 0
    if (isAlnum(c)) {
      rest = append(rest, c)
      seen += 1
    } else if (!((c === 0x20 || c === 0x2d) && isAlnum(text[i + 1]) && isAlnum(text[i - 1]))) return 0
    i += 1
  }
  for (const c of [first, second, text[check], text[check + 1]]) rest = append(rest, c ?? 0)
  return rest === 1 && !isAlnum(text[i]) ? i : 0
}

// The number that letters and digits make, modulo 97.
function append(rest: number, c: number): number {
  return isDigit(c) ? (rest * 10 + c - 0x30) % 97 : (rest * 100 + (c & 0xdf) - 0x37) % 97
}
