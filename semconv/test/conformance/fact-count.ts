// Facts that hold of those expected, dialect by dialect, printed as one line each.

export class FactCount {
  private readonly byDialect = new Map<string, { right: number; expected: number }>()

  add(dialect: string, expected: number, wrong: number): void {
    const count = this.byDialect.get(dialect) ?? { right: 0, expected: 0 }
    this.byDialect.set(dialect, { right: count.right + expected - wrong, expected: count.expected + expected })
  }

  /** Writes `<title> <dialect>: <facts right> / <facts expected>` and the sum. */
  print(title: string): void {
    const counts = [...this.byDialect]
    const sum = counts.reduce(
      (all, [, one]) => ({ right: all.right + one.right, expected: all.expected + one.expected }),
      {
        right: 0,
        expected: 0,
      },
    )
    for (const [dialect, { right, expected }] of [...counts, ['all', sum] as const])
      process.stdout.write(`facts of ${title}, ${dialect}: ${right} / ${expected}\n`)
  }
}
