import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { SOON } from '../screen/screen.ts'
import type { Installation } from './installation.ts'

export interface PackagedApp {
  readonly page: Page
  /** Asks it to end, as a system that shuts down does. Resolves with its exit code. */
  end(): Promise<number | null>
  /** Ends it, whatever it would ask. */
  kill(): Promise<void>
}

/**
 * Starts the app as it is released. Playwright's own way needs a switch for debugging that is off in it; the page is reached as the one
 * of any Chromium.
 */
export async function startPackagedApp(installation: Installation, program: string, args: readonly string[] = []): Promise<PackagedApp> {
  const child = installation.start(program, [...args, '--disable-gpu', '--remote-debugging-port=0'])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const address = (): string | undefined => /^DevTools listening on (ws:\S+)$/m.exec(said)?.[1]
  await expect.poll(() => address() ?? child.exitCode ?? child.signalCode ?? undefined, { ...SOON, timeout: 30_000 }).toBeDefined()
  const found = address()
  if (found === undefined) throw new Error(`The app ended (${child.exitCode ?? child.signalCode}): ${said}`)
  // Whoever connects while the window is being made waits forever.
  await expect.poll(() => shownPages(found), { ...SOON, timeout: 30_000 }).toContainEqual(expect.stringMatching(/^app:/))
  const browser = await chromium.connectOverCDP(found)
  return {
    page: await firstPage(browser),
    async end() {
      await browser.close()
      child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function shownPages(address: string): Promise<readonly string[]> {
  const answer = await fetch(`http://${new URL(address).host}/json/list`)
  const targets = (await answer.json()) as readonly { readonly type: string; readonly url: string }[] // as: Chromium's protocol says so.
  return targets.filter(({ type }) => type === 'page').map(({ url }) => url)
}

async function firstPage(browser: Browser): Promise<Page> {
  const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages())
  await expect.poll(() => pages().length, SOON).toBeGreaterThan(0)
  const [page] = pages()
  if (page === undefined) throw new Error('The app has no window.')
  return page
}
