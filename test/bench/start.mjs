// How quickly the desktop app is there, and how quickly its engine is there again: parts of npm run bench:canvas.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { appStart, launchApp, ROOT } from './launch-app.mjs'

const STARTS = 5
const SETTLE_MS = 2500
const EXAMPLE = path.join(ROOT, 'pipeline-runtime/examples/purchases-per-country.millrace.json')

/**
 * Milliseconds from the start of the process until the window, with the canvas of a document drawn, has told the main process what it shows:
 * the middle of five. As a user starts it, without a debugger: Playwright's, measured on two cores, adds between half a second and a whole
 * one. `first`: each with a new profile, as after the installation; `next`: as on every other day.
 */
export async function coldStarts(folder) {
  const first = []
  const next = []
  for (let i = 0; i < STARTS; i++) {
    first.push(await startOnce(folder, `start-${i}`))
    next.push(await startOnce(folder, `start-${i}`))
  }
  return { firstStartMs: middle(first), coldStartMs: middle(next) }
}

async function startOnce(folder, name) {
  const { args, env } = appStart(folder, name, [EXAMPLE])
  const app = spawn(process.env.MILLRACE_ELECTRON, args, {
    env: { ...env, MILLRACE_TRACE_START: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = await new Promise((resolve, reject) => {
    let text = ''
    app.stderr.on('data', (chunk) => {
      text += chunk
      const found = /millrace-start (.*)\n/.exec(text)
      if (found !== null) resolve(found[1])
    })
    app.once('exit', () => reject(new Error(`The app ended before its canvas was drawn: ${text}`)))
  })
  // What is kept of a start for the next one is written a little later.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const ended = new Promise((resolve) => app.once('close', resolve))
  app.kill()
  await ended
  if (process.env.MILLRACE_TRACE_START !== undefined) process.stderr.write(`${name} ${said}\n`)
  return JSON.parse(said).described
}

/** Milliseconds from the SIGKILL of the runtime process until the page knows, and until it has the port of a new one. */
export async function runtimeLoss(folder) {
  const app = await launchApp(folder, 'loss', [EXAMPLE])
  const page = await app.firstWindow()
  await page.waitForFunction(() => performance.getEntriesByName('canvas-drawn').length > 0)
  await page.evaluate(() => {
    window.benchPorts = {}
    window.addEventListener('message', ({ data }) => {
      window.benchPorts[data.millracePort] ??= Date.now()
    })
  })
  const pid = await runtimePid(app)
  const killed = Date.now()
  process.kill(pid, 'SIGKILL')
  await page.waitForFunction(() => window.benchPorts.lost !== undefined && window.benchPorts.runtime !== undefined)
  const { lost, runtime } = await page.evaluate(() => window.benchPorts)
  await end(app)
  return { runtimeLostMs: lost - killed, runtimeBackMs: runtime - killed }
}

async function runtimePid(app) {
  for (;;) {
    const pid = await app.evaluate(
      ({ app: electron }) => electron.getAppMetrics().find(({ type, name }) => type === 'Utility' && name === 'Millrace engine')?.pid,
    )
    if (pid !== undefined) return pid
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const end = (app) => app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined)

const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
