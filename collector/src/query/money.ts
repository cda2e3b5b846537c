// Exact amounts as the store writes them, to whole picodollars and back.

const DECIMALS = 12

/** '0.0125' -> 12500000000n; undefined for what is no amount. */
export function toPicodollars(text: string): bigint | undefined {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const value = BigInt(whole + part.padEnd(DECIMALS, '0'))
  return sign === '-' ? -value : value
}

/** Without zeros at its end, but never rounded. */
export function fromPicodollars(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0')
  const part = digits.slice(-DECIMALS).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}${part === '' ? '' : `.${part}`}`
}
