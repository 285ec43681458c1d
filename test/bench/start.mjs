// How quickly the desktop app is there, and how quickly its engine is there again: parts of npm run bench:canvas.
import path from 'node:path'
import { launchApp, ROOT } from './launch-app.mjs'

const STARTS = 5
const EXAMPLE = path.join(ROOT, 'pipeline-runtime/examples/purchases-per-country.millrace.json')

/** Milliseconds from the start of the process to a drawn canvas of the first document of the gallery: the middle of five. */
export async function coldStart(folder) {
  const times = []
  for (let i = 0; i < STARTS; i++) {
    // With the path given here Playwright does not hold the app back until it listens.
    const app = await launchApp(folder, `start-${i}`, [EXAMPLE], process.env.MILLRACE_ELECTRON)
    const page = await app.firstWindow()
    await page.waitForFunction(() => performance.getEntriesByName('canvas-drawn').length > 0)
    const drawn = await page.evaluate(() => performance.timeOrigin + performance.getEntriesByName('canvas-drawn')[0].startTime)
    const created = await app.evaluate(() => process.getCreationTime())
    times.push(Math.round(drawn - created))
    await end(app)
  }
  return middle(times)
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
