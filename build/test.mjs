// npm test: brings the machine to the point where everything can run, then runs every check and every test. A step that fails
// does not keep the others from running. It ends with the runners' own closing lines and one line that sums them up.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { bootstrap, npm, root, runScript, say, seconds } from './bootstrap.mjs'
import { countReport, failuresOf } from './count-report.mjs'
import { prepareTestMachine } from './test-machine.mjs'

/** One after the other: they use all the processors there are. */
const FIRST = ['check:types', 'check:lint', 'check:layers', 'check:generated', 'test:unit']
/** Beside each other, since those of Kafka wait for it most of the time. Packages have a command of their own: npm run test:package. */
const LANES = [
  ['test:integration', 'test:browser'],
  ['test:desktop', 'test:newcomer'],
]

const results = path.join(root, '.cache', 'test-results')

await runScript(async () => {
  await bootstrap()
  await prepareTestMachine()
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const first = await runSteps(FIRST)
  const beside = await Promise.all(LANES.map((scripts) => runSteps(scripts, true)))
  return report([...first, ...beside.flat()])
})

async function runSteps(scripts, named = false) {
  const outcomes = []
  for (const script of scripts) outcomes.push(await runStep(script, named))
  return outcomes
}

/** Runs an npm script, shows its output as it comes, `named` each line with whose it is, and keeps it. */
function runStep(script, named) {
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
    const show = named ? lineWriter(to, `[${script.replace('test:', '')}] `) : to
    from.on('data', (chunk) => {
      chunks.push(chunk)
      show.write(chunk)
    })
    if (named) from.on('end', () => show.end())
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      say(`${script}: ${code === 0 ? 'done' : 'FAILED'} in ${seconds(started)}`)
      resolve({ script, code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

/** Writes whole lines only, each with `name` before it. */
function lineWriter(to, name) {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) to.write(lines.map((line) => `${name}${line}\n`).join(''))
  }
  return {
    write: (chunk) => take(decoder.write(chunk)),
    end() {
      const last = rest + decoder.end()
      if (last !== '') to.write(`${name}${last}\n`)
    },
  }
}

function report(outcomes) {
  let passed = 0
  let failed = 0
  say('')
  for (const { script, code, output } of outcomes) {
    const closing = closingLines(output)
    process.stdout.write(`${script}: ${code === 0 ? 'passed' : 'failed'}\n${closing.map((line) => `${line}\n`).join('')}`)
    const report = script.startsWith('test:') ? reportOf(script.replace('test:', '')) : undefined
    const counts = report === undefined ? { passed: 0, failed: 0 } : countReport(report)
    if (report !== undefined)
      for (const failure of failuresOf(report)) process.stdout.write(`  FAILED ${failure.replace(`${root}${path.sep}`, '')}\n`)
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

function reportOf(project) {
  const file = path.join(results, `${project}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
