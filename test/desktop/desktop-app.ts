import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'

export { expect } from '@playwright/test'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** One run of the built app, with a user's folders of its own. */
export interface DesktopApp {
  readonly electron: ElectronApplication
  /** The first window's page. */
  readonly page: Page
  /** Resolves when the process is over, with its exit code. */
  readonly ended: Promise<number | null>
  /** What it said on the terminal. */
  said(): string
  /** Errors in the console that a test brings about on purpose. */
  expect(pattern: RegExp): void
  /** Ends it, whatever it would ask, and fails if a page complained. */
  end(): Promise<void>
}

export interface LaunchOptions {
  /** Documents, as a file manager passes them. */
  readonly files?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Run in the main process before the app. */
  readonly preload?: string
}

interface Fixtures {
  /** For documents and data of the test. */
  readonly folder: string
  readonly launch: (options?: LaunchOptions) => Promise<DesktopApp>
  readonly app: DesktopApp
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-desktop-'))
    mkdirSync(path.join(folder, 'documents'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  launch: async ({ folder }, use) => {
    const launched: DesktopApp[] = []
    await use(async (options) => {
      const app = await launchApp(folder, options)
      launched.push(app)
      return app
    })
    for (const app of launched) await app.end()
  },
  app: async ({ launch }, use) => {
    const app = await launch()
    await expectScreen(app.page)
    await use(app)
  },
})

/** The screen is there: not only the file, also its code ran and reached the main process. */
export async function expectScreen(page: Page): Promise<void> {
  await expect(page.locator('#root > :not(style)').first()).toBeVisible()
}

/** The switches with which tests start Electron. Root has no sandbox; the rest keeps the terminal quiet and the screen simple. */
export function switches(folder: string): readonly string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--log-level=3',
    `--user-data-dir=${path.join(folder, 'user')}`,
  ]
}

export function electronPath(): string {
  const executable = process.env.MILLRACE_ELECTRON
  if (executable === undefined) throw new Error('MILLRACE_ELECTRON does not say where Electron is. Run: npm run test:desktop')
  return executable
}

export async function launchApp(folder: string, { files = [], env = {}, preload }: LaunchOptions = {}): Promise<DesktopApp> {
  const electron = await _electron.launch({
    // Found by ELECTRON_OVERRIDE_DIST_PATH; with a path given here, Playwright would not hold the app back until it listens.
    args: [...(preload === undefined ? [] : ['-r', preload]), ...switches(folder), ROOT, ...files],
    env: { ...definedEnvironment(), MILLRACE_DATA_DIR: path.join(folder, 'data'), ...env },
  })
  // Asked for now: when the app is over, Playwright knows its process no more.
  const child = electron.process()
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(String(chunk)))
  const complaints: string[] = []
  const expected: RegExp[] = []
  const listened = new WeakSet<Page>()
  const listen = async (page: Page): Promise<void> => {
    if (listened.has(page)) return
    listened.add(page)
    await listenTo(page, complaints)
  }
  electron.on('window', (page) => void listen(page))
  const page = await electron.firstWindow()
  await listen(page)
  return {
    electron,
    page,
    ended,
    said: () => said.join(''),
    expect: (pattern) => void expected.push(pattern),
    async end() {
      await endApp(electron, child, ended)
      expect(complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))).toEqual([])
    },
  }
}

/** What must not happen: errors in the console, exceptions that nobody caught, violations of the page's policy. */
async function listenTo(page: Page, complaints: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`))
  // What came before this is in the console as well: a policy that is violated writes an error there.
  await page
    .evaluate(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        console.error(`policy: ${violatedDirective} ${blockedURI} ${sample}`)
      })
    })
    .catch(() => undefined)
}

/** A window with unsaved changes would ask; a test that is over has no answer. */
async function endApp(electron: ElectronApplication, child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const patience = setTimeout(() => child.kill('SIGKILL'), 5000)
  await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined)
  await ended
  clearTimeout(patience)
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** The process ids of the runtimes, as the main process sees them. */
export async function runtimePids(electron: ElectronApplication): Promise<readonly number[]> {
  const metrics = await electron.evaluate(({ app }) => app.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })))
  return metrics.filter(({ type, name }) => type === 'Utility' && name === 'Millrace engine').map(({ pid }) => pid)
}

/** Of the one window's runtime, which is none of `dead`: for a moment those are still listed. */
export async function oneRuntimePid(electron: ElectronApplication, dead: readonly number[] = []): Promise<number> {
  const living = async () => (await runtimePids(electron)).filter((pid) => !dead.includes(pid))
  await expect.poll(async () => (await living()).length).toBe(1)
  const [pid] = await living()
  if (pid === undefined) throw new Error('There is no runtime process.')
  return pid
}

export function titles({ electron }: DesktopApp): Promise<readonly string[]> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))
}

/** As Ctrl+Q. Resolves when the app is over. */
export async function quit({ electron, ended }: DesktopApp): Promise<void> {
  await electron.evaluate(({ app }) => app.quit()).catch(() => undefined)
  await ended
}

/** As a second `millrace FILE` of the same user. Resolves with its exit code. */
export function startOnceMore(folder: string, files: readonly string[]): Promise<number | null> {
  const env = { ...process.env, MILLRACE_DATA_DIR: path.join(folder, 'data') }
  const child = spawn(electronPath(), [...switches(folder), ROOT, ...files], { env, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
}
