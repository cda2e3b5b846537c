// Nothing in, random trace and span ids out (W3C Trace Context: lower-case hex, never all zero).

export function newTraceId(): string {
  return hex8() + hex8() + hex8() + hex8Nonzero()
}

export function newSpanId(): string {
  return hex8() + hex8Nonzero()
}

function hex8(): string {
  return Math.floor(Math.random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0')
}

function hex8Nonzero(): string {
  return Math.floor(1 + Math.random() * 0xffff_ffff)
    .toString(16)
    .padStart(8, '0')
}
