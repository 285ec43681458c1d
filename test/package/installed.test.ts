import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { chooseAllThenStop, countsAt, finishedRows, runButton, stopButton } from '../screen/running.ts'
import { canvas, openQuestion, runBar, SOON, step } from '../screen/screen.ts'
import { CLEAN_DEBIAN, type Installation, install, purge, VERSION } from './installation.ts'
import { type PackagedApp, startPackagedApp } from './packaged-app.ts'

// One installation, as a user has it: tests of a file run in order, and the last one removes it.
test.describe.configure({ mode: 'serial' })
test.setTimeout(180_000)

const ROOT = path.resolve(import.meta.dirname, '../..')
const EXAMPLE = 'purchases-per-country.millrace.json'

let installed: Installation
let app: PackagedApp | undefined
let rowsOnKafka: number
let before: readonly string[]
const example = (): string => installed.inside(path.join(installed.folder, 'resources/examples', EXAMPLE))

test.beforeAll(() => {
  before = CLEAN_DEBIAN === undefined ? [] : filesOf(CLEAN_DEBIAN)
  installed = install()
})

test.afterEach(async () => {
  await app?.kill()
  app = undefined
})

test('there is neither Java nor Node beside it', async () => {
  for (const name of ['java', 'node', 'npm', 'mvn']) expect((await installed.run('sh', ['-c', `command -v ${name}`])).stdout).toBe('')
})

test('the command line gives the rows, the exit codes and the help that it gives in a checkout', async () => {
  expect(await installed.millrace(['--version'])).toEqual({ code: 0, stdout: `millrace ${VERSION}\n`, stderr: '' })
  const rows = await installed.millrace(['run', example(), '--until-end', '--json'])
  expect(rows.code).toBe(0)
  const args = ['build/millrace.mjs', 'run', `pipeline-runtime/examples/${EXAMPLE}`, '--until-end', '--json']
  expect(rows.stdout).toBe(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  expect((await installed.millrace(['run', '/nowhere.millrace.json'])).code).toBe(1)
  const withoutScreen = await installed.millrace([])
  expect(withoutScreen.code).toBe(64)
  expect(withoutScreen.stdout).toContain('millrace run')
})

test('the browser gets its page out of the package', async () => {
  const server = installed.start('millrace', ['serve', installed.inside(path.join(installed.folder, 'resources/examples')), '--port', '0'])
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      const found = /http:\S+/.exec(chunk.toString('utf8'))?.[0]
      if (found !== undefined) resolve(found)
    })
    server.once('exit', (code) => reject(new Error(`millrace serve ended with ${code}`)))
  })
  const answer = await fetch(address, { redirect: 'manual' })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = await fetch(new URL(answer.headers.get('location') ?? '/', address), { headers: { cookie } })
  expect(await page.text()).toContain('<title>Millrace</title>')
  server.kill('SIGINT')
  expect(await ended).toBe(0)
})

test('the app starts, a question of the gallery runs on sample data, and the page is in the sandbox', async () => {
  app = await startPackagedApp(installed, installed.inside(path.join(installed.folder, 'millrace-app')))
  await openQuestion(app.page, 'What does each country spend, minute by minute?')
  await runButton(app.page).click()
  await step(app.page, 'Spending').click()
  await expect(finishedRows(app.page).first()).toBeVisible({ timeout: 30_000 })
  expect(sandboxesOfPages(installed.folder)).toEqual([{ filtered: true, gainsNothing: true }])
  await stopButton(app.page).click()
  await expect(runButton(app.page)).toBeVisible()
  expect(await app.end()).toBe(0)
})

test('F1 opens the guide of the package in the browser, which the app does not wait for', async () => {
  app = await startPackagedApp(installed, installed.inside(path.join(installed.folder, 'millrace-app')))
  const { page } = app
  await openQuestion(page, 'What does each country spend, minute by minute?')
  await page.keyboard.press('F1')
  const guide = path.join(installed.folder, 'resources/docs/guide/first-run.html')
  await expect.poll(() => readIfThere(path.join(installed.home, 'opened')), SOON).toBe(`file://${installed.inside(guide)}\n`)
  expect(partsOfPage(guide).length).toBeGreaterThan(10)
  expect(partsOfPage(guide).filter((part) => !existsSync(part))).toEqual([])
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('F1', { exact: true })).toBeVisible()
  expect(await app.end()).toBe(0)
  writeFileSync(path.join(installed.home, 'closed'), '')
})

test('where nothing can open the guide, F1 says so and where it is', async () => {
  app = await startPackagedApp(installed, 'env', ['PATH=/nowhere', installed.inside(path.join(installed.folder, 'millrace-app'))])
  await openQuestion(app.page, 'What does each country spend, minute by minute?')
  await app.page.keyboard.press('F1')
  await expect(app.page.getByText(/there is no xdg-open.*first-run\.html/)).toBeVisible()
  expect(await app.end()).toBe(0)
})

test('the command line starts its own Kafka, fills it and runs on it', async () => {
  const started = await installed.millrace(['kafka', 'start'])
  expect(started, started.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/^127\.0\.0\.1:\d+$/m) })
  const status = JSON.parse((await installed.millrace(['kafka', 'status', '--json'])).stdout)
  expect(executableOf(status.pid)).toBe(path.join(installed.folder, 'resources/kafka/java/bin/java'))
  const fed = await installed.millrace(['feed', example(), '--target', 'local'])
  expect(fed, fed.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('36,000 records') })
  const ran = await installed.millrace(['run', example(), '--target', 'local', '--until-end', '--json'])
  expect(ran, ran.stderr).toMatchObject({ code: 0, stderr: expect.stringMatching(/purchases\s+36,000\s+36,000/) })
  rowsOnKafka = ran.stdout.split('\n').filter((line) => line !== '').length
  expect(rowsOnKafka).toBeGreaterThan(100)
  expect((await installed.millrace(['kafka', 'stop'])).code).toBe(0)
})

test('a document that is named opens in the app, moves to the local Kafka by its target, and Kafka ends with the app', async () => {
  const folder = path.join(installed.home, 'documents')
  mkdirSync(folder)
  const file = path.join(folder, EXAMPLE)
  writeFileSync(file, readFileSync(path.join(ROOT, 'pipeline-runtime/examples', EXAMPLE)))
  app = await startPackagedApp(installed, 'millrace', [installed.inside(file)])
  const { page } = app
  await expect(canvas(page)).toBeVisible()
  await expect(page).toHaveTitle('Purchases per country – Millrace')
  await runBar(page)
    .getByRole('button', { name: /^Runs on/ })
    .click()
  await page.getByRole('menuitemradio', { name: /^Local Kafka/ }).click()
  await chooseAllThenStop(page)
  await runButton(page).click()
  await expect(runBar(page).getByText(/^finished after/)).toBeVisible({ timeout: 90_000 })
  expect(await countsAt(page, 'Spending')).toMatchObject({ In: rowsOnKafka })
  expect(await app.end()).toBe(0)
  expect(await installed.millrace(['kafka', 'status'])).toMatchObject({ code: 1 })
})

// Only a system has a list of types, and only apt removes what apt installed.
const system = CLEAN_DEBIAN
if (system !== undefined) {
  test('the desktop knows a document by its name and by its content', async () => {
    const nameless = path.join(installed.home, 'nameless')
    writeFileSync(nameless, readFileSync(path.join(ROOT, 'pipeline-runtime/examples', EXAMPLE)))
    for (const file of [example(), installed.inside(nameless)]) {
      const { stdout } = await installed.run('gio', ['info', '-a', 'standard::content-type', file])
      expect(stdout).toContain('application/vnd.millrace+json')
    }
    expect((await installed.run('gio', ['mime', 'application/vnd.millrace+json'])).stdout).toContain('millrace.desktop')
  })

  test('removing it leaves nothing', () => {
    purge(system)
    expect(filesOf(system).filter((file) => /millrace/i.test(file) && !before.includes(file))).toEqual([])
  })
}

/** Of the system: neither users' homes nor what apt keeps of packages. dpkg removes /opt as well where it is empty then. */
function filesOf(root: string): readonly string[] {
  const folders = ['etc', 'opt', 'usr', 'var/lib'].filter((folder) => existsSync(path.join(root, folder)))
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
}

/** What a page of the guide shows and leads to, as files. */
function partsOfPage(file: string): readonly string[] {
  const links = readFileSync(file, 'utf8').matchAll(/(?:src|href)="([^":#?]+)/g)
  return [...links].map(([, link = '']) => path.resolve(path.dirname(file), decodeURI(link)))
}

/** Of the processes that show pages, as the kernel sees them. */
function sandboxesOfPages(folder: string): readonly { readonly filtered: boolean; readonly gainsNothing: boolean }[] {
  // Chromium writes its command line anew, as one word.
  const pages = readdirSync('/proc').filter(
    (name) =>
      /^\d+$/.test(name) && readIfThere(`/proc/${name}/cmdline`).includes('--type=renderer') && executableOf(name).startsWith(folder),
  )
  return pages.map((name) => {
    const status = readIfThere(`/proc/${name}/status`)
    return { filtered: /^Seccomp:\s+2$/m.test(status), gainsNothing: /^NoNewPrivs:\s+1$/m.test(status) }
  })
}

function executableOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return ''
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
