import { stripVTControlCharacters } from 'node:util'

/** The tests that failed, each as `file > test: first line of the error`. */
export function failuresOf(report) {
  return 'stats' in report ? report.suites.flatMap(failuresOfSuite) : report.testResults.flatMap(failuresOfFile)
}

function failuresOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [`${name}: ${firstLine(message)}`]
  return failed.map(({ fullName, failureMessages }) => `${name} > ${fullName}: ${firstLine(failureMessages?.[0])}`)
}

function failuresOfSuite({ suites = [], specs = [] }) {
  const failed = specs.filter(({ ok }) => !ok)
  const own = failed.map(({ file, title, tests }) => {
    const error = tests.flatMap(({ results }) => results).find((result) => result.error !== undefined)?.error
    // Playwright names files as seen from the folder of its configuration.
    return `${file.replace(/^(\.\.\/)+/, '')} > ${title}: ${firstLine(error?.message)}`
  })
  return [...own, ...suites.flatMap(failuresOfSuite)]
}

function firstLine(text = '') {
  return stripVTControlCharacters(text).trim().split('\n', 1)[0]
}

/** What a JSON report counts: Vitest's (`testResults`) or Playwright's (`stats`). */
export function countReport(report) {
  return 'stats' in report ? countPlaywright(report) : countVitest(report)
}

/** A file that could not be loaded counts as one failure. */
function countVitest({ testResults, numPassedTests, numFailedTests }) {
  const broken = testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.every((test) => test.status !== 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

/** What went wrong outside of a test, such as a file that could not be loaded, counts as one failure each. */
function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}
