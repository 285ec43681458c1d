// npm test: brings the machine to the point where everything can run, then runs every check and every test. A step that fails
// does not keep the later ones from running. It ends with the runners' own closing lines and one line that sums them up.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bootstrap, npm, root, runScript, say, seconds } from './bootstrap.mjs'
import { countReport } from './count-report.mjs'
import { prepareTestMachine } from './test-machine.mjs'

const CHECKS = ['check:types', 'check:lint', 'check:layers', 'check:generated']
const RUNNERS = ['test:unit', 'test:integration', 'test:browser', 'test:desktop', 'test:newcomer']

const results = path.join(root, '.cache', 'test-results')

await runScript(async () => {
  await bootstrap()
  await prepareTestMachine()
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const outcomes = []
  for (const script of [...CHECKS, ...RUNNERS]) outcomes.push(await runStep(script))
  return report(outcomes)
})

/** Runs an npm script, shows its output as it comes and keeps it. */
function runStep(script) {
  const started = Date.now()
  say(`\n> ${script}`)
  const { command, before, shell } = npm()
  const env = { ...process.env, MILLRACE_TEST_RESULTS: results }
  const child = spawn(command, [...before, 'run', '-s', script], { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks = []
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.on('data', (chunk) => {
      chunks.push(chunk)
      to.write(chunk)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      say(`${script}: ${code === 0 ? 'done' : 'FAILED'} in ${seconds(started)}`)
      resolve({ script, code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

function report(outcomes) {
  let passed = 0
  let failed = 0
  say('')
  for (const { script, code, output } of outcomes) {
    const closing = closingLines(output)
    process.stdout.write(`${script}: ${code === 0 ? 'passed' : 'failed'}\n${closing.map((line) => `${line}\n`).join('')}`)
    const counts = RUNNERS.includes(script) ? counted(script.replace('test:', '')) : { passed: 0, failed: 0 }
    passed += counts.passed
    // A check, or a runner that broke down before it could count: one failure.
    failed += code !== 0 ? Math.max(counts.failed, 1) : counts.failed
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

/** Vitest's own: `Test Files  12 passed (12)`, `Tests  140 passed (140)`, `Duration  8.20s (...)`; Playwright's: `  12 passed (8.2s)`. */
function closingLines(output) {
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '')
  return plain
    .split('\n')
    .filter((line) => /^\s+((Test Files|Tests|Duration)\s{2}|\d+ (passed|failed|flaky|skipped|did not run)\b)/.test(line))
}

function counted(project) {
  const file = path.join(results, `${project}.json`)
  return existsSync(file) ? countReport(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 }
}
