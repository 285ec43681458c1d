import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { type Server, startServer } from './serve-process.ts'

export { expect } from '@playwright/test'
export { type Server, startServer } from './serve-process.ts'

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
