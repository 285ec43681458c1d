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
