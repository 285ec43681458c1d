// npm run screenshots: the pictures of the README and of the guide, taken from the app itself, light and dark, into docs/img.
// --out DIR writes elsewhere, --size 1024x640 in another size, --only chart,data some of them. `local-kafka` wants Java 17 and Maven.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { root } from './bootstrap.mjs'

const QUESTION = 'What does each country spend, minute by minute?'
const CHROMIUM = process.env.MILLRACE_CHROMIUM || '/usr/bin/chromium'
const FLAGS = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/**
 * What is done before each picture. All but `running` and `local-kafka` show the same figures each time, since their run has a fixed beginning
 * and an end.
 */
const PICTURES = {
  gallery: () => Promise.resolve(),
  empty: (page) => page.getByRole('button', { name: /^Empty/ }).click(),
  async editing(page) {
    await openQuestion(page)
    const condition = await openCondition(page)
    await condition.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' AND am', { delay: 20 })
    await page.getByRole('option', { name: /^amount/ }).waitFor()
  },
  async problem(page) {
    await openQuestion(page)
    const condition = await openCondition(page)
    await condition.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('status = "paid"')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await tabOfDock(page, /^Problems/)
    await page.getByRole('region', { name: 'Dock' }).getByText(/paid/).first().waitFor()
  },
  async running(page) {
    await openQuestionWide(page)
    await choose(page, 'Spending', 3)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    // The picture without sales in NL: after five of fifteen minutes.
    await page.waitForTimeout(8000)
  },
  async data(page) {
    await openQuestionWide(page)
    await runToTheEnd(page)
    await choose(page, 'Only paid', 1)
    await page.getByRole('tab', { name: /^Removed/ }).click()
    await page.getByRole('region', { name: 'Dock' }).getByText('Table', { exact: true }).click()
  },
  async chart(page) {
    await openQuestionWide(page)
    await runToTheEnd(page)
    await choose(page, 'Spending', 3)
  },
  async 'local-kafka'(page) {
    await openQuestionWide(page)
    await page.getByRole('button', { name: /^Runs on/ }).click()
    await page.getByRole('menuitemradio', { name: /^Local Kafka/ }).click()
    await fillLocalKafka(page)
    await choose(page, 'Spending', 3)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('region', { name: 'Dock' }).getByRole('gridcell').first().waitFor({ timeout: 60_000 })
    await openLocalKafka(page)
  },
}

const { values: options } = parseArgs({ options: { out: { type: 'string' }, size: { type: 'string' }, only: { type: 'string' } } })
const out = path.resolve(options.out ?? path.join(root, 'docs/img'))
const [width, height] = (options.size ?? '1440x900').split('x').map(Number)
const names = options.only?.split(',') ?? Object.keys(PICTURES)

mkdirSync(out, { recursive: true })
const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-screenshots-'))
mkdirSync(path.join(folder, 'documents'))
const server = await serve()
const browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox', ...FLAGS] : FLAGS })
try {
  for (const name of names) for (const colorScheme of ['light', 'dark']) await takePicture(name, colorScheme)
} finally {
  await browser.close()
  await endServer()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function takePicture(name, colorScheme) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1,
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  try {
    const page = await context.newPage()
    await page.goto(server.address)
    await page.getByRole('main').waitFor()
    await PICTURES[name](page)
    await settle(page)
    const file = path.join(out, `${name}-${colorScheme}.png`)
    await page.screenshot({ path: file, caret: 'hide' })
    console.log(`${path.relative(process.cwd(), file)}  ${Math.round(statSync(file).size / 1024)} kB`)
  } finally {
    // Its run ends with it, so that the next one has the machine.
    await context.close()
  }
}

/** Fonts are there, nothing is hovered, and what was still to be drawn is drawn. */
async function settle(page) {
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(1000)
}

async function openQuestion(page) {
  await page.getByRole('button', { name: QUESTION }).click()
  await page.getByRole('application').waitFor()
}

/** With the palette folded the four steps are large enough to be read. */
async function openQuestionWide(page) {
  await openQuestion(page)
  const fold = page.getByRole('button', { name: 'Close the left panel' })
  if (await fold.isVisible()) await fold.click()
  await page.getByRole('application').focus()
  await page.keyboard.press('f')
}

/** The condition of the filter; in a small window its settings lie over the canvas. */
async function openCondition(page) {
  await choose(page, 'Only paid', 1)
  const condition = page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox', { name: 'Condition' })
  if (await condition.isHidden()) await page.keyboard.press('Enter')
  return condition
}

/** Makes the nth step after the first one active: with the mouse, and where something lies over it with the keys. */
async function choose(page, title, nth) {
  try {
    await step(page, title).click({ timeout: 2000 })
  } catch {
    await page.getByRole('application').focus()
    await page.keyboard.press('Home')
    for (let i = 0; i < nth; i++) await page.keyboard.press('ArrowRight')
  }
}

async function runToTheEnd(page) {
  await page.getByRole('button', { name: /^Reads:/ }).click()
  await page.getByRole('radio', { name: 'All, then stop' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/^finished after/).waitFor({ timeout: 60_000 })
}

/** Starts it and fills it, if an earlier picture has not. */
async function fillLocalKafka(page) {
  const dialog = await openLocalKafka(page)
  const start = dialog.getByRole('button', { name: 'Start', exact: true })
  await start
    .or(dialog.getByText(/^Running at/))
    .first()
    .waitFor()
  if (await start.isVisible()) await start.click()
  const filled = dialog.getByRole('row', { name: /^purchases/ })
  const fill = dialog.getByRole('button', { name: 'Fill with sample data' })
  await fill.or(filled).first().waitFor({ timeout: 90_000 })
  if (await fill.isVisible()) await fill.click()
  await filled.waitFor({ timeout: 60_000 })
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

async function openLocalKafka(page) {
  await page.getByRole('button', { name: /^Local Kafka: / }).click()
  return page.getByRole('dialog', { name: 'Local Kafka' })
}

function step(page, title) {
  return page.getByRole('application').getByRole('group', { name: new RegExp(`^\\d+ of \\d+\\. ${title},`) })
}

function tabOfDock(page, name) {
  return page.getByRole('region', { name: 'Dock' }).getByRole('tab', { name }).click()
}

async function serve() {
  const args = [path.join(root, 'build/millrace.mjs'), 'serve', path.join(folder, 'documents'), '--port', '0', '--data-dir', folder]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    const address = /http:\S+/.exec(said)?.[0]
    if (address !== undefined) return { process: child, address }
  }
  throw new Error(`millrace serve printed no address: ${said}`)
}

/** With the local Kafka, if it started one. */
function endServer() {
  const ended = new Promise((resolve) => server.process.once('exit', resolve))
  server.process.kill()
  return ended
}
