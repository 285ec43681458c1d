import { expect, test } from 'vitest'
import { countReport, failuresOf } from './count-report.mjs'

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

test('what failed is named with its file and the first line of its error', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a' },
    { status: 'failed', fullName: 'b', failureMessages: ['\u001b[31mError: no broker\u001b[39m\n    at x'] },
  ]
  const testResults = [
    { name: '/p/one.test.ts', status: 'failed', message: '', assertionResults },
    { name: '/p/two.test.ts', status: 'failed', message: 'SyntaxError: no', assertionResults: [] },
  ]
  expect(failuresOf({ testResults })).toEqual(['/p/one.test.ts > b: Error: no broker', '/p/two.test.ts: SyntaxError: no'])
  const failed = { file: '../../c.test.ts', title: 'c', ok: false, tests: [{ results: [{ error: { message: 'late\nmore' } }] }] }
  const inner = { specs: [{ file: 'c.test.ts', title: 'd', ok: true, tests: [{ results: [{}] }] }, failed] }
  expect(failuresOf({ stats: {}, suites: [{ suites: [inner] }] })).toEqual(['c.test.ts > c: late'])
})
