// npm run bench:canvas: how the canvas behaves with many steps while a run updates all of them four times a second, in the desktop app.
// --json prints the figures for programs; --nodes 100,1000 and --only pan,type choose; --serve measures in Debian's Chromium instead;
// --profile FOLDER writes a CPU profile of each activity (Chrome's and VS Code's profilers open it) and costs some of the speed.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { canvasDocument } from './canvas-document.mjs'
import { launchApp, ROOT } from './launch-app.mjs'
import { coldStarts, runtimeLoss } from './start.mjs'

const SECONDS = 5
const KEYS = 40
const CATCH_UP_MS = 17_000

const argument = (name) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
const asJson = process.argv.includes('--json')
const inBrowser = process.argv.includes('--serve')
const sizes = (argument('--nodes') ?? '100,300,1000').split(',').map(Number)
const only = argument('--only')?.split(',')
const profiles = argument('--profile')
const wanted = (activity) => only === undefined || only.includes(activity)

const GOALS = {
  watch: { fps: 58 },
  overview: { fps: 58 },
  pan: { fps: 55 },
  drag: { fps: 55 },
  type: { ms: 50 },
  rename: { ms: 50 },
  open: { ms: 1000 },
}
const P95_GOAL = 25

const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-bench-canvas-'))
mkdirSync(path.join(folder, 'documents'))
const say = (text) => process.stderr.write(`${text}\n`)

try {
  const rows = []
  const starts = inBrowser ? {} : await coldStarts(folder)
  const loss = inBrowser ? {} : await runtimeLoss(folder)
  for (const nodes of sizes) rows.push(...(await measureSize(nodes)))
  if (asJson) process.stdout.write(`${JSON.stringify({ ...starts, ...loss, rows })}\n`)
  else
    printTable(rows, {
      'cold start to a drawn canvas': [starts.coldStartMs, 1500],
      'the first start after an installation': [starts.firstStartMs],
      'a killed runtime is told of': [loss.runtimeLostMs, 1000],
      'a new runtime is there': [loss.runtimeBackMs, 2000],
    })
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function measureSize(nodes) {
  const name = `${nodes}-steps.millrace.json`
  const file = path.join(folder, 'documents', name)
  writeFileSync(file, JSON.stringify(canvasDocument(nodes)))
  const app = inBrowser ? await serve(nodes) : await desktop(nodes, file)
  const { page } = app
  const row = (activity, figures) => {
    say(`${nodes} ${activity}: ${JSON.stringify(figures)}`)
    return { nodes, activity, ...figures }
  }
  const rows = []
  try {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    if (profiles !== undefined) await cdp.send('Profiler.enable')
    rows.push(row('open', { ms: await open(page, name) }))
    await page.getByRole('application').focus()
    await page.keyboard.press('0')
    await page.keyboard.press('Home')
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction(() => /\d\/s/.test(document.querySelector('.react-flow__node')?.textContent ?? ''), undefined, {
      timeout: 60_000,
    })
    // Sample data begins a quarter of an hour ago and is played 60 times as fast until it meets the present.
    await page.waitForTimeout(CATCH_UP_MS)
    const measured = [
      ['watch', () => page.waitForTimeout(SECONDS * 1000)],
      ['pan', () => pan(page)],
      ['drag', () => drag(page)],
    ]
    for (const [activity, act] of measured)
      if (wanted(activity)) rows.push(row(activity, await framesDuring(page, cdp, act, `${nodes}-${activity}`)))
    if (wanted('type')) rows.push(row('type', await type(page, cdp, `${nodes}-type`, '.cm-content')))
    if (wanted('rename')) rows.push(row('rename', await type(page, cdp, `${nodes}-rename`, 'input')))
    if (wanted('watch')) {
      await page.getByRole('application').focus()
      await page.keyboard.press('f')
      await page.waitForTimeout(1000)
      rows.push(row('overview', await framesDuring(page, cdp, () => page.waitForTimeout(SECONDS * 1000), `${nodes}-overview`)))
    }
  } finally {
    await app.close()
  }
  return rows.filter(({ activity }) => activity === 'open' || activity === 'overview' || wanted(activity))
}

async function desktop(nodes, file) {
  // Opened once, so that it stands among the recent documents; then, in a new start, it is opened as a user does.
  const first = await launchApp(folder, `size-${nodes}`, [file])
  await (await first.firstWindow()).locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
  await first.evaluate(({ app }) => app.exit(0)).catch(() => undefined)
  const app = await launchApp(folder, `size-${nodes}`, [])
  const page = await app.firstWindow()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900))
  return { page, close: () => app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined) }
}

async function serve(nodes) {
  const server = spawn(process.execPath, [path.join(ROOT, 'build/millrace.mjs'), 'serve', path.join(folder, 'documents'), '--port', '0'], {
    env: { ...process.env, MILLRACE_DATA_DIR: path.join(folder, `serve-${nodes}`) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise((resolve) => {
    let text = ''
    server.stdout.on('data', (chunk) => {
      text += chunk
      const found = /http:\/\/\S+/.exec(text)
      if (found !== null) resolve(found[0])
    })
  })
  const browser = await chromium.launch({
    executablePath: process.env.MILLRACE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  return {
    page,
    async close() {
      await browser.close()
      server.kill()
    },
  }
}

/** From the press on the document in the gallery to the frame that shows its cards. */
async function open(page, name) {
  const entry = page.getByText(name.replace('.millrace.json', ''), { exact: false }).last()
  await entry.waitFor()
  const handle = await entry.elementHandle()
  return page.evaluate(
    (element) =>
      new Promise((resolve) => {
        const start = performance.now()
        element.click()
        const look = () => {
          if (document.querySelector('.react-flow__node') === null) return requestAnimationFrame(look)
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(Math.round(performance.now() - start))
          return requestAnimationFrame(() => channel.port2.postMessage(0))
        }
        look()
      }),
    handle,
  )
}

/** Frames and the work of the page's main thread while something is done. */
async function framesDuring(page, cdp, act, name) {
  await page.evaluate(() => {
    const times = []
    window.benchFrames = times
    const frame = (time) => {
      if (window.benchFrames !== times) return
      times.push(time)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  if (profiles !== undefined) await cdp.send('Profiler.start')
  const before = await taskSeconds(cdp)
  const started = Date.now()
  await act()
  const seconds = (Date.now() - started) / 1000
  const worked = (await taskSeconds(cdp)) - before
  if (profiles !== undefined) await writeProfile(cdp, name)
  const times = await page.evaluate(() => {
    const found = window.benchFrames
    window.benchFrames = undefined
    return found
  })
  const gaps = times.slice(1).map((time, i) => time - times[i])
  const took = (times.at(-1) - times[0]) / 1000
  return {
    fps: round((times.length - 1) / took),
    p95FrameMs: round(percentile(gaps, 0.95)),
    mainThreadMsPerSecond: Math.round((worked * 1000) / seconds),
  }
}

async function writeProfile(cdp, name) {
  const { profile } = await cdp.send('Profiler.stop')
  mkdirSync(profiles, { recursive: true })
  writeFileSync(path.join(profiles, `${name}.cpuprofile`), JSON.stringify(profile))
}

async function taskSeconds(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

/** To and fro across the drawing, as fast as a hand. */
async function pan(page) {
  const box = await page.locator('[data-canvas]').boundingBox()
  const y = box.y + box.height / 2
  // Between two rows of cards.
  const free = await page.evaluate(
    ([x, from, to]) => {
      for (let at = from; at < to; at += 4) if (document.elementFromPoint(x, at)?.classList.contains('react-flow__pane')) return at
      return from
    },
    [box.x + box.width / 2, y, box.y + box.height - 60],
  )
  await page.mouse.move(box.x + box.width / 2, free)
  await page.mouse.down()
  await sway(page, box.x + box.width / 2, free, { x: box.width / 2 - 40, y: 160 })
  await page.mouse.up()
}

async function drag(page) {
  await page.getByRole('application').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('0')
  await page.waitForTimeout(400)
  const card = await page.locator('.react-flow__node-step').first().boundingBox()
  const [x, y] = [card.x + 120, card.y + 16]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await sway(page, x, y, { x: 160, y: 80 })
  await page.mouse.up()
}

async function sway(page, x, y, by) {
  const end = Date.now() + SECONDS * 1000
  for (let step = 0; Date.now() < end; step++) {
    await page.mouse.move(x + Math.sin(step / 20) * by.x, y + Math.sin(step / 33) * by.y)
    await page.waitForTimeout(8)
  }
}

/** From a key to the frame that shows it, in the condition or the name of a filter. */
async function type(page, cdp, name, where) {
  await page.getByRole('application').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const field = page.locator(`[data-region="inspector"] ${where}`).first()
  await field.click()
  await page.evaluate(() => {
    window.benchKeys = []
    document.addEventListener(
      'keydown',
      (event) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => window.benchKeys.push(performance.now() - event.timeStamp)
        requestAnimationFrame(() => channel.port2.postMessage(0))
      },
      { capture: true },
    )
  })
  const figures = await framesDuring(
    page,
    cdp,
    async () => {
      for (let i = 0; i < KEYS; i++) {
        await page.keyboard.press('a')
        await page.waitForTimeout(120)
      }
    },
    name,
  )
  const times = await page.evaluate(() => window.benchKeys)
  return { ...figures, ms: Math.round(percentile(times, 0.95)) }
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function round(value) {
  return Math.round(value * 10) / 10
}

function printTable(rows, others) {
  const cells = rows.map(({ nodes, activity, fps, p95FrameMs, mainThreadMsPerSecond, ms }) => [
    String(nodes),
    activity,
    fps === undefined ? '' : String(fps),
    p95FrameMs === undefined ? '' : String(p95FrameMs),
    mainThreadMsPerSecond === undefined ? '' : String(mainThreadMsPerSecond),
    ms === undefined ? '' : String(ms),
    missed({ activity, fps, p95FrameMs, ms }),
  ])
  const table = [['steps', 'activity', 'fps', 'p95 frame ms', 'main thread ms/s', 'ms', ''], ...cells]
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)))
  for (const line of table)
    console.log(line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '))
  for (const [title, [ms, goalMs]] of Object.entries(others))
    if (ms !== undefined) console.log(`${title}: ${ms} ms${goalMs === undefined ? '' : ` (goal ${goalMs})`}`)
}

function missed({ activity, fps, p95FrameMs, ms }) {
  const goal = GOALS[activity]
  const late = p95FrameMs !== undefined && ms === undefined && p95FrameMs > P95_GOAL
  return (goal?.fps !== undefined && fps < goal.fps) || (goal?.ms !== undefined && ms > goal.ms) || late ? 'misses its goal' : ''
}
