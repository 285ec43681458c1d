import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'

export { expect } from '@playwright/test'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A `millrace serve` of its own, on a folder of its own. */
export interface Server {
  /** With the token. */
  readonly address: string
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly port: number
  /** Where the documents are. */
  readonly folder: string
  /** What it said to the person at the screen. */
  said(): string
  /** As Ctrl+C. Resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface PageErrors {
  /** Errors in the console that a test brings about on purpose. */
  expect(pattern: RegExp): void
}

interface Fixtures {
  readonly folder: string
  readonly server: Server
  readonly pageErrors: PageErrors
}

/** `page` is the screen, opened with the token. Whatever the page complains about fails the test. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-served-'))
    mkdirSync(path.join(folder, 'documents'))
    await use(path.join(folder, 'documents'))
    rmSync(folder, { recursive: true, force: true })
  },
  server: async ({ folder }, use) => {
    const server = await startServer(folder)
    await use(server)
    await server.stop()
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  pageErrors: async ({}, use) => {
    const expected: RegExp[] = []
    await use(Object.assign({ expect: (pattern: RegExp) => void expected.push(pattern) }, { expected }))
  },
  page: async ({ page, server, pageErrors }, use) => {
    const complaints = await listen(page)
    await page.goto(server.address)
    await use(page)
    const { expected } = pageErrors as PageErrors & { readonly expected: readonly RegExp[] } // Made above.
    expect(complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))).toEqual([])
  },
})

/** The screen is there: not only the file, also its code ran and reached the server. */
export async function expectScreen(page: Page): Promise<void> {
  await expect(page.locator('#root > :not(style)').first()).toBeVisible()
}

/** Collects what must not happen: errors in the console, exceptions that nobody caught, violations of the page's policy. */
export async function listen(page: Page): Promise<readonly string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`))
  await page.exposeFunction('millraceViolation', (directive: string, uri: string) => complaints.push(`policy: ${directive} ${uri}`))
  await page.addInitScript(() => {
    const report: unknown = Reflect.get(window, 'millraceViolation')
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      if (typeof report === 'function') report(violatedDirective, `${blockedURI} ${sample}`)
    })
  })
  return complaints
}

export async function startServer(folder: string, options: readonly string[] = ['--port', '0']): Promise<Server> {
  const dataDir = path.join(folder, '../data')
  const args = [path.join(ROOT, 'build/millrace.mjs'), 'serve', folder, '--data-dir', dataDir, ...options]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  const address = await firstLine(child, texts)
  const { origin, port } = new URL(address)
  return {
    address,
    origin,
    port: Number(port),
    folder,
    said: () => texts.err,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT')
        await once(child, 'close')
      }
      return child.exitCode
    },
  }
}

async function firstLine(child: ChildProcess, texts: { readonly out: string; readonly err: string }): Promise<string> {
  let over = false
  child.once('close', () => (over = true))
  for (const started = Date.now(); Date.now() - started < 20_000; ) {
    const line = /^(http\S+)\n/.exec(texts.out)?.[1]
    if (line !== undefined) return line
    if (over) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  if (!over) child.kill('SIGKILL')
  throw new Error(`millrace serve printed no address:\n${texts.out}${texts.err}`)
}
