import { expect, test } from 'vitest'
import { countReport } from './count-report.mjs'

test("Vitest's report: a file that could not be loaded is a failure", () => {
  const testResults = [
    { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    { status: 'failed', assertionResults: [] },
  ]
  expect(countReport({ numPassedTests: 3, numFailedTests: 1, testResults })).toEqual({ passed: 3, failed: 2 })
})

test("Playwright's report: what passed only when tried again is a failure, and so is an error outside of a test", () => {
  const stats = { expected: 7, unexpected: 2, flaky: 1, skipped: 4 }
  expect(countReport({ stats, errors: [{ message: 'SyntaxError' }], suites: [] })).toEqual({ passed: 7, failed: 4 })
})
