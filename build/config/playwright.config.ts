import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type ReporterDescription } from '@playwright/test'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

// npm test asks for a JSON report per project beside what is shown, and sums them up.
const results = process.env.MILLRACE_TEST_RESULTS
const asked = process.argv.join(' ').match(/--project[= ](\S+)/)?.[1] ?? 'playwright'
const reporter: ReporterDescription[] = [['list']]
if (results !== undefined) reporter.push(['json', { outputFile: path.join(results, `${asked}.json`) }])

/** Debian's own; Playwright's builds are not downloaded. The flags keep it from talking to anybody, and root needs no sandbox. */
const chromium = {
  executablePath: process.env.MILLRACE_CHROMIUM || '/usr/bin/chromium',
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ],
}

export default defineConfig({
  testMatch: '*.test.ts',
  reporter,
  // Each test starts a whole program; two at once would fight for two cores.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A trace takes a fifth of the time. The whole gate goes without; a test that failed there is run again alone.
  use: {
    trace: results === undefined ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-US',
  },
  projects: [
    { name: 'desktop', testDir: path.join(root, 'test/desktop'), outputDir: path.join(root, '.cache/playwright/desktop') },
    {
      name: 'browser',
      testDir: path.join(root, 'test/browser'),
      outputDir: path.join(root, '.cache/playwright/browser'),
      use: { launchOptions: chromium },
    },
    {
      name: 'package',
      testDir: path.join(root, 'test/package'),
      outputDir: path.join(root, '.cache/playwright/package'),
      use: { actionTimeout: 30_000 },
    },
  ],
})
