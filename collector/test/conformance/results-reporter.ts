// A run of the tests in; RESULTS.md out, written anew.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { findTests, itemsOf } from './find-tests.ts'
import { ITEMS } from './items.ts'
import { RESULTS, type Result, renderResults } from './results.ts'

export class ResultsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const results = new Map<number, Result>()
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const passed = test.result().state === 'passed'
        for (const item of test.fullName.split(' > ').flatMap(itemsOf))
          results.set(item, passed && results.get(item) !== 'fail' ? 'pass' : 'fail')
      }
    }
    writeFileSync(RESULTS, renderResults(findTests(), results))
    const passed = ITEMS.filter((_, i) => results.get(i + 1) === 'pass').length
    process.stdout.write(`${passed} of ${ITEMS.length} items pass: collector/test/conformance/RESULTS.md\n`)
    if (passed < ITEMS.length) process.exitCode = 1
  }
}
