import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

// npm test asks for a JSON report per project beside what is shown, and sums them up.
const results = process.env.MILLRACE_TEST_RESULTS
const asked = process.argv.join(' ').match(/--project[= ](\S+)/)?.[1] ?? 'vitest'
const reporters =
  results === undefined ? ['default'] : ['default', ['json', { outputFile: path.join(results, `${asked}.json`) }] as [string, object]]

const never = ['**/node_modules/**', '**/dist/**', '**/.cache/**', 'test/newcomer/fixture/**']

export default defineConfig({
  root,
  test: {
    reporters,
    // One more than processors: some tests wait for a clock.
    maxWorkers: 3,
    projects: [
      {
        root,
        test: {
          name: 'unit',
          // Half of the time was the same modules loaded anew for each file. So a test leaves nothing behind in what is global.
          isolate: false,
          include: ['**/*.test.ts'],
          exclude: [
            ...never,
            'test/browser/**',
            'test/desktop/**',
            'test/integration/**',
            'test/e2e/**',
            'test/bad-input/**',
            'test/newcomer/**',
            'test/bench/**',
            'test/package/**',
          ],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        root,
        // The whole program, and brokers of their own: one file after the other, since two at once would fight for two cores.
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/e2e/**/*.test.ts', 'test/bad-input/**/*.test.ts'],
          exclude: never,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        root,
        // Not part of the gate: figures, and input that takes a while.
        test: { name: 'bench', include: ['test/bench/*.test.ts'], exclude: never, fileParallelism: false },
      },
      {
        root,
        test: { name: 'newcomer', include: ['test/newcomer/*.test.ts'], exclude: never, testTimeout: 300_000, hookTimeout: 60_000 },
      },
    ],
  },
})
