// npm run soak:page [-- --minutes N --rate N --nodes N]: the desktop app with a thousand steps and a source of 50,000 rows a second.
// Every 30 s: what the page holds after a collection of garbage, the memory of the engine, and how long a key takes to be seen.
// At the end it says whether memory is flat over the second half. Not part of the gate.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { canvasDocument } from './canvas-document.mjs'
import { launchApp } from './launch-app.mjs'

const EVERY_MS = 30_000
const KEYS = 40
/** A minute of growth at which a page of a day would still be usable. */
const FLAT = { heapMb: 0.5, elements: 50, engineMb: 3 }
const KEY_GOAL_MS = 50

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '50000' },
    nodes: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)

const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-soak-'))
mkdirSync(path.join(folder, 'documents'))
const file = path.join(folder, 'documents', 'soak.millrace.json')
writeFileSync(file, JSON.stringify(soakDocument(Number(values.nodes), Number(values.rate))))

const app = await launchApp(folder, 'soak', [file])
try {
  const page = await app.firstWindow()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900))
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await start(page)
  const rows = []
  print(['minute', 'page heap MB', 'elements', 'listeners', 'engine MB', 'rows/s', 'key p95 ms'])
  const started = Date.now()
  let before
  for (let tick = 1; tick * EVERY_MS <= minutes * 60_000; tick++) {
    await sleep(Math.max(0, started + tick * EVERY_MS - KEYS * 130 - Date.now()))
    const keyMs = await typeKeys(page)
    const now = await measure(cdp)
    const rate = before === undefined ? Number.NaN : (now.rows - before.rows) / ((now.at - before.at) / 1000)
    before = now
    const row = { minute: (now.at - started) / 60_000, ...now, rate, keyMs }
    rows.push(row)
    print([
      row.minute.toFixed(1),
      row.heapMb.toFixed(1),
      String(row.elements),
      String(row.listeners),
      row.engineMb.toFixed(0),
      Number.isNaN(rate) ? '' : Math.round(rate).toLocaleString('en-US'),
      String(keyMs),
    ])
  }
  report(rows)
} finally {
  await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Slow chains, and one chain with all the load. */
function soakDocument(nodes, rate) {
  const document = canvasDocument(nodes)
  const source = document.nodes[0]
  source.config.sample.ratePerSecond = rate
  return { ...document, name: 'Soak' }
}

/** Runs it, with the rows of the loaded filter as table and chart. */
async function start(page) {
  await page.getByRole('application').focus()
  await page.keyboard.press('0')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Control+Enter')
  await page.waitForFunction(() => /\d\/s/.test(document.querySelector('.react-flow__node')?.textContent ?? ''), undefined, {
    timeout: 120_000,
  })
  await page.keyboard.press('Enter')
  await page.evaluate(() => {
    window.soakKeys = []
    document.addEventListener(
      'keydown',
      (event) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => {
          window.soakKeys.push(performance.now() - event.timeStamp)
          channel.port1.close()
        }
        requestAnimationFrame(() => channel.port2.postMessage(0))
      },
      { capture: true },
    )
  })
}

/** A name is typed and taken away again, so that the document stays as it is. */
async function typeKeys(page) {
  await page.evaluate(() => void window.soakKeys.splice(0))
  const name = page.locator('[data-region="inspector"] input').first()
  await name.focus()
  await page.keyboard.press('End')
  for (let i = 0; i < KEYS / 2; i++) {
    await page.keyboard.press('a')
    await page.waitForTimeout(100)
  }
  for (let i = 0; i < KEYS / 2; i++) {
    await page.keyboard.press('Backspace')
    await page.waitForTimeout(100)
  }
  const times = (await page.evaluate(() => window.soakKeys)).sort((a, b) => a - b)
  return Math.round(times[Math.floor(times.length * 0.95)] ?? Number.NaN)
}

async function measure(cdp) {
  // Twice: what the first one lets go of may hold more.
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return {
    at: Date.now(),
    heapMb: of('JSHeapUsedSize') / 2 ** 20,
    elements: of('Nodes'),
    listeners: of('JSEventListeners'),
    engineMb: await engineMegabytes(),
    rows: await rowsRead(cdp),
  }
}

async function engineMegabytes() {
  const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })))
  const engine = metrics.find(({ type, name }) => type === 'Utility' && name === 'Millrace engine')
  if (engine === undefined) throw new Error('The engine is gone.')
  if (process.platform !== 'linux') return Number.NaN
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${engine.pid}/status`, 'utf8'))?.[1]) / 1024
}

/** What came into the selected step: the count on the first tab of the Data panel. */
async function rowsRead(cdp) {
  const expression = `document.querySelector('[role="tablist"][aria-label^="Rows of"] [role="tab"]')?.textContent ?? ''`
  const { result } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true })
  return Number(String(result.value).replaceAll(/\D/g, ''))
}

function report(rows) {
  const half = rows.slice(Math.floor(rows.length / 2))
  const slopes = { heapMb: slope(half, 'heapMb'), elements: slope(half, 'elements'), engineMb: slope(half, 'engineMb') }
  const keys = Math.max(...rows.map(({ keyMs }) => keyMs))
  if (values.json) console.log(JSON.stringify({ rows, slopes }))
  const tell = (title, name, unit, digits) => {
    const { perMinute, error } = slopes[name]
    // Memory goes up and down with each collection of garbage: only what is more than this noise is growth.
    const verdict = !Number.isFinite(error) ? 'too short to tell' : perMinute - 2 * error <= FLAT[name] ? 'flat' : 'grows'
    console.log(`${title}: ${perMinute.toFixed(digits)} ± ${(2 * error).toFixed(digits)} ${unit} a minute over the second half: ${verdict}`)
  }
  tell('page heap', 'heapMb', 'MB', 2)
  tell('page elements', 'elements', 'elements', 1)
  tell('engine', 'engineMb', 'MB', 1)
  console.log(`keys: at worst ${keys} ms at p95 (goal ${KEY_GOAL_MS})`)
}

/** Growth per minute by least squares, and its standard error. */
function slope(rows, name) {
  const mean = (of) => rows.reduce((sum, row) => sum + row[of], 0) / rows.length
  const [x, y] = [mean('minute'), mean(name)]
  const above = rows.reduce((sum, row) => sum + (row.minute - x) * (row[name] - y), 0)
  const below = rows.reduce((sum, row) => sum + (row.minute - x) ** 2, 0)
  if (below === 0 || rows.length < 3) return { perMinute: 0, error: Number.POSITIVE_INFINITY }
  const perMinute = above / below
  const rest = rows.reduce((sum, row) => sum + (row[name] - y - perMinute * (row.minute - x)) ** 2, 0)
  return { perMinute, error: Math.sqrt(rest / (rows.length - 2) / below) }
}

function print(cells) {
  console.log(cells.map((cell) => cell.padStart(13)).join(''))
}
